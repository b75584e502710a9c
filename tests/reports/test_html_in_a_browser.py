"""The HTML report in a real browser: its policy lets its own script run, and the filter filters."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from citecheck.reports import html
from standins.hostile_report import HOSTILE, hostile_report
from standins.sample_report import sample_report

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("chrome")
pytestmark = [
    pytest.mark.whole,
    pytest.mark.skipif(BROWSER is None, reason="there is no Chromium on this computer"),
]


def opened(page: str, folder: Path) -> BeautifulSoup:
    """The document after its scripts have run."""
    (folder / "report.html").write_text(page, encoding="utf-8")
    assert BROWSER is not None
    done = subprocess.run(
        [
            BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            f"--user-data-dir={folder / 'profile'}", "--virtual-time-budget=3000", "--dump-dom",
            (folder / "report.html").as_uri(),
        ],
        capture_output=True,
        timeout=120,
        check=True,
    )  # fmt: skip
    return BeautifulSoup(done.stdout.decode(), "lxml")


def test_the_script_may_run_and_shows_the_filter(tmp_path: Path) -> None:
    soup = opened(html.render(sample_report()), tmp_path)
    assert len(soup.select("form#filter")) == 1
    assert soup.select("form#filter[hidden]") == []


def test_a_script_that_is_not_ours_may_not_run(tmp_path: Path) -> None:
    page = html.render(sample_report())
    foreign = "<script>document.title = 'taken'</script></body>"
    soup = opened(page.replace("</body>", foreign), tmp_path)
    assert soup.title is not None
    assert soup.title.string == "Link health of cited sources"


@pytest.mark.parametrize("text", [HOSTILE[3], HOSTILE[4], HOSTILE[5]])
def test_foreign_text_stays_text(text: str, tmp_path: Path) -> None:
    soup = opened(html.render(replace(hostile_report(text), demo=True)), tmp_path)
    assert len(soup.find_all("script")) == 1
    assert not soup.find_all(["img", "iframe"])
    assert not soup.select("[onmouseover], [onerror]")


def test_the_filter_filters(tmp_path: Path) -> None:
    page = html.render(sample_report())
    policy = page.index("<meta http-equiv")
    page = page[:policy] + page[page.index(">", policy) + 1 :]  # lets the test's own script in
    drive = """<script>
      document.getElementById("filter-text").value = "Magazine.example";
      document.getElementById("filter").dispatchEvent(new Event("submit", {cancelable: true}));
    </script></body>"""
    soup = opened(page.replace("</body>", drive), tmp_path)
    cards = {str(c["data-state"]): c.has_attr("hidden") for c in soup.select("article.card")}
    assert cards.pop("changed") is False
    assert all(cards.values())
    count = soup.find(id="filter-count")
    assert count is not None
    assert count.get_text() == "1 link fits"
