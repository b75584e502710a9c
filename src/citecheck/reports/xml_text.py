"""XML as text: characters that XML 1.0 forbids never reach it, `visible` has made them readable."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from citecheck.reports.visible import visible

__all__ = ["Element", "child", "document"]


def child(parent: Element, tag: str, text: str = "", **attributes: str) -> Element:
    """A new element in `parent`, its text and attributes made visible."""
    made = SubElement(parent, tag, {k: visible(v) for k, v in attributes.items()})
    if text:
        made.text = visible(text)
    return made


def document(root: Element) -> str:
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"
