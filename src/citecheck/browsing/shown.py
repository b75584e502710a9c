"""What a page shows, read out of the browser within bounds: the document as it stands, as markup.

Read in a world of its own (Chrome DevTools Protocol, `Page.createIsolatedWorld`): scripts of the
page can change what stands in the document, but not the functions by which it is read here. The
texts for readers without scripts (`noscript`) are left out, open shadow trees are put in their
places. Frames are not read: they are other pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.async_api import CDPSession

_READ = """
(most) => {
  const root = document.documentElement;
  const open = (from, found) => {
    for (const node of from.querySelectorAll('*')) {
      if (node.shadowRoot && found.length < 2000) {
        found.push(node.shadowRoot);
        open(node.shadowRoot, found);
      }
    }
    return found;
  };
  let markup = '';
  if (root) {
    const copy = root.cloneNode(true);
    const trees = open(root, []);
    let body = null;
    if (trees.length && root.getHTML) {
      try {
        const held = new DOMParser().parseFromString(
          '<html>' + root.getHTML({serializableShadowRoots: true, shadowRoots: trees}) + '</html>',
          'text/html');
        const flatten = (from) => {
          for (const tree of from.querySelectorAll('template[shadowrootmode]')) {
            const place = held.createElement('div');
            place.append(tree.content);
            tree.replaceWith(place);
            flatten(place);
          }
        };
        flatten(held);
        for (const attribute of root.attributes) {
          held.documentElement.setAttribute(attribute.name, attribute.value);
        }
        body = held.documentElement;
      } catch (error) { body = null; }
    }
    const whole = body || copy;
    for (const node of whole.querySelectorAll('noscript')) node.remove();
    markup = whole.outerHTML;
  }
  return {
    href: location.href.slice(0, 8000),
    type: String(document.contentType).slice(0, 100),
    ready: document.readyState,
    size: markup.length,
    markup: markup.slice(0, most).toWellFormed(),
  };
}
"""
_PATIENCE = 8000  # milliseconds that the reading itself may take


@dataclass(frozen=True, slots=True)
class Shown:
    """One look at the page: its address now, the document's type, and its markup, perhaps cut."""

    href: str
    media_type: str
    loading: bool
    markup: str
    cut: bool


async def read_page(session: CDPSession, most: int) -> Shown | None:
    """The page as it stands now; None where it could not be read just then (it is moving on).

    `most` bounds the characters. Raises what Playwright raises when the page is gone.
    """
    tree = await session.send("Page.getFrameTree")
    frame = tree["frameTree"]["frame"]["id"]
    world = await session.send("Page.createIsolatedWorld", {"frameId": frame, "worldName": "read"})
    answer = await session.send(
        "Runtime.evaluate",
        {
            "expression": f"({_READ})({most})",
            "contextId": world["executionContextId"],
            "returnByValue": True,
            "timeout": _PATIENCE,
        },
    )
    value: dict[str, Any] | None = answer.get("result", {}).get("value")
    if "exceptionDetails" in answer or not isinstance(value, dict):
        return None
    markup = str(value["markup"])
    return Shown(
        href=str(value["href"]),
        media_type=str(value["type"]),
        loading=value["ready"] == "loading",
        markup=markup,
        cut=int(value["size"]) > len(markup),
    )
