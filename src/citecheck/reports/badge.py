"""An SVG badge, "citations | 24 of 26 fine", with the same words as its text alternative.

Red where a state of `fail_on` or other rot is among the links, amber where something could not be
judged, green otherwise; the words carry the meaning alone. Links not visited do not count.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from citecheck.records.finding import WELL, State
from citecheck.records.report import Report
from citecheck.reports.options import DEFAULT, RenderOptions
from citecheck.reports.words import UNCLEAR, needs_attention
from citecheck.reports.xml_text import child, document

_GREY, _GREEN, _AMBER, _RED = "#5f6670", "#2b6e43", "#8a5a00", "#a3282f"
_LABEL = "#3a4048"


def render(report: Report, options: RenderOptions = DEFAULT) -> str:
    words, color = _message(report, options)
    label = "demo citations" if report.demo else "citations"
    left, right = _width(label), _width(words)
    whole = left + right
    root = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "width": str(whole),
            "height": "20",
            "viewBox": f"0 0 {whole} 20",
            "role": "img",
            "aria-label": f"{label}: {words}",
        },
    )
    child(root, "title", f"{label}: {words}")
    clip = child(root, "clipPath", id="round")
    child(clip, "rect", width=str(whole), height="20", rx="3")
    group = child(root, "g")
    group.set("clip-path", "url(#round)")
    child(group, "rect", width=str(left), height="20", fill=_LABEL)
    child(group, "rect", x=str(left), width=str(right), height="20", fill=color)
    for text, start, width in ((label, 0, left), (words, left, right)):
        shown = child(root, "text", text, x=str(start + width / 2), y="14", fill="#fff")
        shown.set("text-anchor", "middle")
        shown.set("font-family", "Verdana,DejaVu Sans,Geneva,sans-serif")
        shown.set("font-size", "11")
        shown.set("textLength", str(width - 12))
        shown.set("aria-hidden", "true")
    return document(root)


def _message(report: Report, options: RenderOptions) -> tuple[str, str]:
    rows = [row for row in report.links if row.finding.state is not State.UNCHECKED]
    if report.network_down or (report.links and not rows):
        return "not checked", _GREY
    if not rows:
        return "no links", _GREY
    fine = sum(row.finding.state in WELL for row in rows)
    words = f"all {fine} fine" if fine == len(rows) else f"{fine} of {len(rows)} fine"
    if any(needs_attention(row, options) for row in rows):
        return words, _RED
    return words, _AMBER if any(row.finding.state in UNCLEAR for row in rows) else _GREEN


def _width(text: str) -> int:
    """Pixels that the text takes in Verdana 11 with six on each side, near enough."""
    narrow = sum(c in "ilj1.,:;|! tfr" for c in text)
    return 12 + 4 * narrow + 7 * (len(text) - narrow)
