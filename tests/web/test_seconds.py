"""Second tries are few, and none without a network."""

from __future__ import annotations

import asyncio

from citecheck.records.exchange import Exchange
from citecheck.records.observation import Fault, FaultKind
from citecheck.web.seconds import SecondTries
from standins.exchanges import answered

DOWN = Fault(FaultKind.CONNECTION_REFUSED)


class Asked:
    def __init__(self, answer: Exchange | Fault) -> None:
        self.count, self._answer = 0, answer

    async def __call__(self) -> Exchange | Fault:
        self.count += 1
        await asyncio.sleep(0)
        return self._answer


def together(tries: SecondTries, ask: Asked, *urls: str) -> list[Exchange | Fault | None]:
    async def main() -> list[Exchange | Fault | None]:
        return list(await asyncio.gather(*(tries.answer(url, ask) for url in urls)))

    return asyncio.run(main())


def test_a_host_that_is_down_is_tried_once_a_run() -> None:
    ask = Asked(DOWN)
    urls = [f"https://a.example/{n}" for n in range(20)]
    assert together(SecondTries(), ask, *urls) == [DOWN] * 20
    assert ask.count == 1


def test_a_host_that_answers_is_asked_for_each_link() -> None:
    ask = Asked(answered("https://a.example/"))
    answers = together(SecondTries(), ask, "https://a.example/1", "https://a.example/2#x")
    assert (len(answers), ask.count) == (2, 2)
    assert all(isinstance(answer, Exchange) for answer in answers)


def test_schemes_and_hosts_are_places_of_their_own() -> None:
    ask = Asked(DOWN)
    together(SecondTries(), ask, "https://a.example/", "http://a.example/", "https://b.example/")
    assert ask.count == 3


def test_none_while_nothing_answers() -> None:
    tries, ask = SecondTries(), Asked(DOWN)
    for name in ("a", "b", "b", "c"):
        tries.heard(f"https://www.{name}.example/", DOWN)
    assert together(tries, ask, "https://a.example/") == [None]
    tries.heard("https://d.example/", answered("https://d.example/"))
    for name in "efgh":
        tries.heard(f"https://{name}.example/", DOWN)
    assert together(tries, ask, "https://a.example/") == [DOWN]
    for number in range(20):
        tries.heard(f"https://n{number}.example/", DOWN)
    assert together(tries, ask, "https://z.example/") == [None]


def test_faults_of_a_page_say_nothing_of_the_network() -> None:
    tries, ask = SecondTries(), Asked(DOWN)
    for name in "abcd":
        tries.heard(f"https://{name}.example/", Fault(FaultKind.TLS_EXPIRED))
    assert together(tries, ask, "https://a.example/") == [DOWN]
