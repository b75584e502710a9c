"""A site that is closed or lives elsewhere says so on every one of its addresses."""

from __future__ import annotations

from dataclasses import replace

import pytest

from citecheck.records.finding import State
from citecheck.records.observation import Signal, Strength
from citecheck.signals.look import look
from standins.exchanges import answered
from standins.judged import HTML, STORY, URL, cited, observed, page, verdict_on

SAME = Signal("sibling-same-page", "for all", Strength.DECISIVE)
CLOSED = "All maps have been deleted. Thank you for nine years with us."


def kinds(markup: str) -> set[str]:
    return {s.kind for s in look(answered(URL, 200, markup.encode(), HTML), cited(), ()).signals}


@pytest.mark.parametrize(
    "heading",
    [
        "MapShare has shut down",
        "We have moved to a new site",
        "Our website has a new home",
        "Dieser Dienst wurde zum Jahresende eingestellt",
        "Le service a définitivement cessé",
        "El servicio ha sido cerrado",
        "Il servizio è stato chiuso",
        "Usługa została zamknięta",
        "Сервис прекратил свою работу",
        "サービスは終了いたしました",
        "本网站已关闭",
        "서비스가 종료되었습니다",
        "У нас новый сайт",
    ],
)
def test_a_farewell_for_every_address_is_rot(heading: str) -> None:
    seen = observed(page(heading, CLOSED))
    alone = verdict_on(seen)
    both = verdict_on(replace(seen, signals=(*seen.signals, SAME)))
    assert "farewell" in kinds(page(heading, CLOSED))
    assert alone.state is State.OK
    assert (both.state, both.reason) == (State.DEAD, "soft-404")


def test_news_of_a_farewell_is_news() -> None:
    title = "MapShare has shut down"
    seen = observed(page(title, CLOSED), link=cited(title=title))
    found = verdict_on(replace(seen, signals=(*seen.signals, SAME)), link=cited(title=title))
    assert found.state is State.OK


def test_a_long_page_is_no_farewell() -> None:
    assert "farewell" not in kinds(page("The pier has closed", STORY * 3))


def test_a_notice_on_a_page_of_its_own_name_is_no_farewell() -> None:
    assert "farewell" not in kinds(
        page("Town archive: holdings", "We have moved! See Harbour Street 4.")
    )
