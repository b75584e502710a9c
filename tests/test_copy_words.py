"""The words on copies can be looked up."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from citecheck.cli import app
from citecheck.copy_words import COPY_WORDS, explain
from citecheck.records.archive import Grade, SaveState


@pytest.mark.parametrize(
    "word",
    [g.value for g in Grade if g is not Grade.NONE]
    + [s.value for s in SaveState if s is not SaveState.NONE]
    + ["looked at", "Local", "copy/exact"],
)
def test_every_word_that_reports_use_is_explained(word: str) -> None:
    told = CliRunner().invoke(app, ["explain", word])
    assert told.exit_code == 0
    assert told.output.startswith("copy/")


def test_another_word_is_not_one_of_them() -> None:
    assert explain("dead") is None
    assert all(text.endswith(".") for text in COPY_WORDS.values())


def test_the_list_of_commands_is_not_cut_at_eighty_columns() -> None:
    told = CliRunner().invoke(app, ["--help"], terminal_width=80)
    _, heading, commands = told.output.partition("Commands:")
    assert heading
    assert "..." not in commands
