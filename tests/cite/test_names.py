"""Names: lists, orders, particles, bodies."""

from __future__ import annotations

import pytest

from citecheck.cite.names import parse
from standins.short_form import short_form


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Smith, J. A., & Jones, B.", "J. A. Smith; B. Jones"),
        ("Smith, John, and Mary Jones", "John Smith; Mary Jones"),
        ("Waltz, Keohane, and Nye", "Waltz; Keohane; Nye"),
        ("Müller, Hans / Meier, Eva", "Hans Müller; Eva Meier"),
        ("Ludwig van Beethoven", "Ludwig (van) Beethoven"),
        ("García Márquez, Gabriel", "Gabriel García Márquez"),
        ("Dr. Jane Roe", "Jane Roe"),
        ("J. R. R. Tolkien", "J. R. R. Tolkien"),
        ("WATANABE Takeshi", "!Watanabe Takeshi"),
        ("Takeshi WATANABE", "Takeshi Watanabe"),
        ("LI Wei", "!Li Wei"),
        ("Kim Song-ho", "!Kim Song-ho"),
        ("Donggil Kim", "Donggil Kim"),
        ("Park Chung Hee", "!Park Chung Hee"),
        ("Ban Ki-moon", "!Ban Ki-moon"),
        ("Xi Jinping", "!Xi Jinping"),
        ("Wei Wang", "Wei Wang"),
        ("Ha Young Choi", "Ha Young Choi"),
        ("Lee Smolin", "Lee Smolin"),
        ("Kim Philby", "Kim Philby"),
        ("Sue Mi Terry", "Sue Mi Terry"),
        ("Nguyen Van An", "!Nguyen Van An"),
        ("蒋福伟", "!蒋 福伟"),
        ("欧阳修文", "!欧阳 修文"),
        ("김성호", "!김 성호"),
        ("Иванов И. И.", "И. И. Иванов"),
        ("Ministry of Trade and Industry", "=Ministry of Trade and Industry"),
        ("United States Forces Korea", "=United States Forces Korea"),
        ("The Kremlin", "=The Kremlin"),
        ("UNESCO", "=UNESCO"),
    ],
)
def test_names(text: str, expected: str) -> None:
    row = short_form({"type": "book", "author": list(parse(text).people)})
    assert row == f"book | author={expected}"
