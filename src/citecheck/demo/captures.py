"""What the small archive of the demonstration holds before the first run, and who may add to it.

The pages were kept around the days on which the paper's notes cite them, with the words that stood
there then. Of the essay in the almanac there is a later capture as well: of the error page that
took its place. Of the Japanese page one was taken nearer to the citation, while its site told
everybody that there was no such page, with status 200: only who looks at it knows. Neither is
evidence for anybody.
"""

from __future__ import annotations

from citecheck.demo.archive_index import Capture
from citecheck.demo.site import Answer, page
from citecheck.demo.texts import text

# Made up, and good at the small archive alone.
ACCESS_KEY = "DEMOACCESSKEY00"
SECRET_KEY = "demosecretkey00"  # noqa: S105


def captures() -> tuple[Capture, ...]:
    """Everything that the archive holds, by address and time."""
    gone = page("404 Not Found", "<h1>Not Found</h1><p>The page was not found.</p>", status=404)
    bell = text("gazette").answer()
    history = text("harbour-board").answer()
    return (
        _kept(
            "https://harbour-board.example/history/tide-tables-1861-1934",
            "20180530091200",
            history,
        ),
        _kept(
            "https://harbour-board.example/history/tide-tables-1861-1934",
            "20180611174501",
            history,
        ),
        _kept(
            "https://islander-gazette.example/2019/03/14/the-bell-that-told-the-tide",
            "20190316080455",
            bell,
        ),
        _kept(
            "https://islander-gazette.example/2019/03/14/the-bell-that-told-the-tide",
            "20210702221030",
            bell,
        ),
        _kept(
            "https://kaiyo-shiryo.example/toudai/kiri-shingo.html",
            "20110307194420",
            _no_such_page(),
        ),
        _kept(
            "https://kaiyo-shiryo.example/toudai/kiri-shingo.html",
            "20110319023117",
            text("kiri-shingo").answer(),
        ),
        _kept(
            "https://maritime-museum.example/collections/ormsay-tide-machine",
            "20200820133000",
            text("museum").answer(),
        ),
        _kept(
            "https://northern-almanac.example/essays/harmonic-analysis-by-hand",
            "20171204065910",
            text("almanac").answer(),
        ),
        _kept(
            "https://northern-almanac.example/essays/harmonic-analysis-by-hand",
            "20210819110722",
            gone,
        ),
        _kept(
            "https://regional-records.example/item/4471",
            "20160711150036",
            text("wages").answer(),
        ),
    )


def _no_such_page() -> Answer:
    """An error page that is sent with status 200."""
    title = "ページが見つかりません"
    words = "お探しのページは移動または削除された可能性があります。"
    return page(title, f"<h1>{title}</h1><p>{words}</p>", lang="ja")


def _kept(url: str, taken: str, answer: Answer) -> Capture:
    return Capture(url, taken, answer.status, "text/html", answer.body)
