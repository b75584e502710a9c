from __future__ import annotations

from citecheck.records.memory import Memory, Visit, Visits
from standins.clock import START

SEEN, UNSEEN = "https://a.example/", "https://b.example/"


def test_visits_are_looked_up_as_they_are_asked_for() -> None:
    visit = Visit(SEEN, START)
    visits = Visits({SEEN: Memory(visit=visit), UNSEEN: Memory()})
    assert visits.get(SEEN) is visit
    assert visits.get(UNSEEN) is None
    assert visits.get("https://c.example/") is None
    assert dict(visits) == {SEEN: visit}
    assert len(visits) == 1
