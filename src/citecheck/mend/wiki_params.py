"""Parameters of a cite template: new ones written as its own are, values put in their places."""

from __future__ import annotations

import re

from citecheck.mend.edits import Change, Unmendable
from citecheck.readers.wiki_templates import Parameter, Template

_LEAD = 80  # characters of white space before a pipe that are copied


def added(text: str, template: Template, pairs: list[tuple[str, str]]) -> tuple[Change, ...]:
    """The parameters with their values: into empty ones of the name, else after the last one, with
    the white space that this has around its `|` and `=`."""
    changes: list[Change] = []
    rest: list[tuple[str, str]] = []
    for name, value in pairs:
        empty = template.get(name)
        if empty is None:
            rest.append((name, value))
        else:
            changes.append(filled(text, empty, value))
    if not rest:
        return tuple(changes)
    named = [p for p in template.parameters if p.printed]
    if not named:
        raise Unmendable("the template has no parameter to write beside")
    model = named[-1]
    last = template.parameters[-1]
    head = text[max(0, model.pipe - _LEAD) : model.pipe]
    lead = head[len(head.rstrip()) :]
    after = text[model.pipe + 1 : model.name_at]
    equals = text[model.name_at + len(model.printed) : model.start] if model.value else "="
    named_before = [p for p in named if p.value]
    if not model.value and named_before:
        shown = named_before[-1]
        equals = text[shown.name_at + len(shown.printed) : shown.start]
    equals = re.sub(r"<!--.*?-->", "", equals, flags=re.DOTALL)
    width = _column(named)
    said = ""
    for name, value in rest:
        pad = " " * max(width - len(name), 1 if equals[:1] == " " else 0)
        said += f"{lead}|{after}{name}{pad + equals.lstrip() if width else equals}{value}"
    end = max(last.end, last.pipe + 1)
    if last.start == last.end and last.equals >= 0:
        end = _empty_at(text, last)
    return (*changes, Change(end, end, said))


def filled(text: str, parameter: Parameter, value: str) -> Change:
    """A value in the place of another, or of none."""
    if parameter.start < parameter.end:
        return Change(parameter.start, parameter.end, value)
    at = _empty_at(text, parameter)
    spaced = text[parameter.equals - 1] == " " and at == parameter.equals + 1
    return Change(at, at, " " + value if spaced else value)


def _empty_at(text: str, parameter: Parameter) -> int:
    """Where the value of an empty parameter goes: behind its sign, before the end of the line."""
    at = parameter.equals + 1
    return at + 1 if text[at : at + 1] == " " else at


def _column(named: list[Parameter]) -> int:
    """The width of names with the space behind them where all equal signs stand in one column,
    else 0."""
    columns = {p.equals - p.name_at for p in named}
    names = {len(p.printed) for p in named}
    return columns.pop() if len(columns) == 1 and len(names) > 1 else 0
