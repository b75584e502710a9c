"""Reports whose every foreign text and address tries to break out of its output."""

from __future__ import annotations

from dataclasses import replace

from citecheck.records.archive import Lookup, LookupState, SaveOutcome, SaveState, Snapshot
from citecheck.records.finding import Evidence, Match, Suggestion
from citecheck.records.link import Cited
from citecheck.records.observation import Hop
from citecheck.records.report import DocumentRow, LinkRow, Report, Skipped, UnlinkedRow
from citecheck.records.work import Difference, Notice, Work, WorkRow, WorkState
from standins.sample_report import NOW, sample_report

HOSTILE = (
    "\x1b]8;;https://evil.example\x07click\x1b]8;;\x07",
    "\x1b]52;c;aGk=\x07\x1b[2J",
    "\u202eexe.txt\u2066 safe",
    "]]>--><script>alert(1)</script>",
    "</title></style></details><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "=cmd|'/c calc'!A1",
    "@SUM(1+1)",
    "-2+3",
    "\t=1+1",
    "::error::boom",
    "ok\n::set-output name=x::y",
    "##[add-mask]secret",
    "a\ud800b\udfff",
    "nul\x00nul",
    "\ufffe\uffff",
    "[click](javascript:alert(1)) ![x](http://evil.example/x.png)",
    "| a | b |\n|---|---|",
    "`code` ``` ~~~ <!-- ",
    "@octocat fixes #1 and owner/repo#2",
    "{{ 7*7 }} {% raw %}",
    "[bold red]rich[/bold red] :smile: [link=https://evil.example]x[/link]",
    "www.evil.example https://evil.example/x",
    "# heading\n\n---\n* item",
)
"""Texts as a page, a header or a document may carry them."""

HOSTILE_URLS = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert('`1`')",
    "data:text/html,<script>alert(1)</script>",
    "https://example.org/\"onmouseover=alert(1)'><script>alert(1)</script>",
    "https://example.org/)](javascript:alert(1))",
    "https://example.org/`|`{{x}}<b>",
    "https://example.org/\x1b]8;;evil\x07",
    "https://example.org/\u202egpj.exe",
    "https://example.org/\ud800",
    "https://example.org/a b\nc",
    "https://ok@[::1/",
    "=HYPERLINK(1)",
    "##[error]x",
)


def hostile_report(text: str) -> Report:
    """A report in which every text that foreign hands can reach is `text`, and the addresses are
    as bad as they come."""
    base = sample_report()
    place = Cited(text, text, 3, text)

    def row(url: str, old: LinkRow) -> LinkRow:
        taken = Snapshot(text, url, NOW, "cited", 200)
        return replace(
            old,
            url=url,
            finding=replace(
                old.finding,
                detail=f"Sentence: {text}",
                evidence=(Evidence(text, text),),
                suggestion=Suggestion("snapshot", url, ""),
                match=Match("mismatch", text),
            ),
            news=True,
            final_url=url,
            hops=(Hop(url, 301), Hop(text, 302, text)),
            title=text,
            media_type=text,
            lookup=Lookup(LookupState.UNAVAILABLE, NOW, detail=text),
            snapshots=(taken, replace(taken, url=text, role=text)),
            save=SaveOutcome(SaveState.FAILED, text, text, NOW, taken),
            citations=(place, Cited("paper.md", text, 4, "x")),
        )

    urls = (*HOSTILE_URLS, text, "https://example.org/" + text)
    rows = tuple(row(u, base.links[i % len(base.links)]) for i, u in enumerate(dict.fromkeys(urls)))
    return replace(
        base,
        version=text,
        vantage=text,
        documents=(DocumentRow(text, "", 1, 1, 1, 1),),
        links=tuple(sorted(rows, key=lambda r: r.url)),
        unlinked=(UnlinkedRow(text, text, (place,)),),
        skipped=(Skipped(text, text),),
        works=tuple(WorkRow(work, text, (place,)) for work in _works(text)),
    )


def _works(text: str) -> list[Work]:
    differs = (Difference(text, text, text),)
    notices = (Notice(text, text, text), Notice("retraction", f"10.1/{text}"))
    return [
        Work(text, state, text, text, text, said, differs, notices, text, offered, checked=NOW)
        for state in WorkState
        for said, offered in ((text, ""), (f"10.1/{text}", text))
    ]
