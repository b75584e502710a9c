# ruff: noqa: E501 - pages are read best on one line
"""Trades on lapsed names at first sight and with a baseline; works about the trade are none."""

from __future__ import annotations

from datetime import timedelta

import pytest

from citecheck.records.memory import Memory
from standins.clock import START
from standins.judged import OTHER, STORY, cited, observed, page, said, verdict_on, visited


@pytest.mark.parametrize(
    ("title", "h1"),
    [
        ("SLOT88: Daftar Situs Judi Slot Online Gacor Maxwin", "Situs Slot Gacor Terbaru"),
        ("Best Online Casino Bonuses - Slots, Poker & Betting", "Top online casino sites"),
        ("Казино Вулкан - игровые автоматы и слоты", "Казино Вулкан"),
        ("澳门新葡京娱乐城_百家乐官网_博彩平台", "澳门百家乐"),
        ("먹튀검증 토토사이트 추천 | 카지노 바카라", "토토사이트 순위"),
        ("Deneme Bonusu Veren Bahis Siteleri", "Bahis ve casino siteleri"),
        ("Buy Viagra Online Without Prescription", "Generic Viagra and cheap Cialis"),
        ("Payday Loans Online - Instant Approval", "Payday loans with bad credit"),
        ("Cheap Essay Writing Service | Buy Essays Online", "Buy essay"),
    ],
)
def test_a_trade_in_title_and_heading_without_the_cited_title(title: str, h1: str) -> None:
    finding = verdict_on(observed(page(title, OTHER, h1=h1)))
    assert (said(finding), finding.confidence) == ("changed/usurped", "medium")
    assert finding.evidence[0].signal == "foreign-trade"


@pytest.mark.parametrize(
    ("title", "h1", "expected"),
    [
        ("Casino proximity, poker and slots in Nevada", "Casinos and betting", "Problem gambling near casinos"),
        ("Sildenafil (Viagra) and tadalafil (Cialis)", "Viagra or Cialis?", "Drugs for erectile dysfunction"),
        ("Payday loans and credit", "Payday loans", "Household debt in 2009"),
        ("Best Online Casino - Slots, Poker & Betting", "Top online casino", ""),
        ("Slots and signals", "A jackpot of design", "Callbacks in toolkits"),
    ],
    ids=["gambling", "pills", "loans", "nothing cited", "too few words"],
)  # fmt: skip
def test_works_on_the_trade_and_links_without_a_title(title: str, h1: str, expected: str) -> None:
    link = cited(title=expected)
    seen = observed(page(title, STORY, h1=h1), link=link)
    assert verdict_on(seen, link=link).reason != "usurped"


def test_with_a_baseline_the_text_and_the_title_are_gone() -> None:
    link = cited(title="")
    memory = visited(Memory(), observed(page(text=STORY * 2), link=link), link=link)[1]
    spam = page("Bandar Togel Toto Macau", OTHER * 2)
    seen = observed(spam, link=link, at=START + timedelta(days=1))
    finding = verdict_on(seen, link=link, memory=memory)
    assert (said(finding), finding.confidence) == ("changed/usurped", "high")
    kept = observed(page(text=STORY * 2), link=link, at=START + timedelta(days=1))
    assert said(verdict_on(kept, link=link, memory=memory)) == "ok/ok"
