"""What a browser adds to a finding: that the page was seen with one, or that it came no further."""

from __future__ import annotations

from dataclasses import replace

from citecheck.judging.case import Case
from citecheck.records.finding import WELL, Evidence, Finding
from citecheck.text.fold import plain
from citecheck.text.main import seen_by_browser


def with_browser(case: Case, finding: Finding) -> Finding:
    """The finding as it is, or with the browser's part in it as evidence and in the detail."""
    seen, refused = case.signals.get("browser"), case.signals.get("browser-refused")
    if seen is not None:
        said = "Seen with a browser, since without one it shows nothing to read."
        if finding.state in WELL and _other_way(case):
            said = f"{said} The text first seen was read without, so the two are not compared."
        sign = Evidence("browser", plain(seen.value))
    elif refused is not None:
        why = refused.value.replace("net::ERR_", "ERR_")  # as Chromium's own error page has it
        said = f"A browser did not get through either ({plain(why, 200)})."
        sign = Evidence("browser-refused", plain(why))
    else:
        return finding
    detail = plain(f"{finding.detail} {said}", 800)
    return replace(finding, detail=detail, evidence=(*finding.evidence, sign))


def _other_way(case: Case) -> bool:
    record, page = case.record, case.observation.page
    if record is None or record.baseline is None or page is None or not record.text_sha256:
        return False
    return seen_by_browser(page.extractor) and not seen_by_browser(record.extractor)
