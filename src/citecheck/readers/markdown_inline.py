"""Inline Markdown with places: markdown-it's rules, each noting where it began and ended.

markdown-it keeps lines for blocks but no places inside them. Its rules are plain functions over a
state with a position, so each is wrapped to note the range it consumed; text is pending from the
position at which it first was collected. Inline notes (`^[...]`) are a rule of our own.
"""

from __future__ import annotations

from collections.abc import Callable

from markdown_it import MarkdownIt, rules_inline
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote.index import footnote_def, footnote_ref

Rule = Callable[[StateInline, bool], bool]

# Brackets are tried anew from each opening one, and each failure may have read all that follows: a
# block with more failures, or with more characters read in vain, is bait.
_FAILURES = 400
_IN_VAIN = 600_000
_LABEL = 300  # characters of the longest label of a note
_NESTING = 40


class _State(StateInline):
    """A state that knows where its pending text began."""

    pending_from = 0
    failures = 0
    in_vain = 0

    def pushPending(self) -> Token:
        token = super().pushPending()
        token.meta = {"from": self.pending_from}
        return token


class _Literal(MarkdownIt):
    """Link targets stay as they are written: what an address is, is decided elsewhere."""

    def normalizeLink(self, url: str) -> str:
        return url

    def normalizeLinkText(self, link: str) -> str:
        return link

    def validateLink(self, url: str) -> bool:
        return True


def _placed(rule: Rule, *, single: bool = False) -> Rule:
    """The rule, noting on the tokens it pushes which range it consumed; with `single` each token is
    its own piece of that range (runs of `*`)."""

    def placed(state: StateInline, silent: bool) -> bool:
        start, first = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if not silent:
            at = start
            for token in state.tokens[first:]:
                if "from" in token.meta:
                    continue
                if single:
                    token.meta["from"] = at
                    at += len(token.content)
                else:
                    token.meta["from"] = start
                token.meta["to"] = at if single else state.pos
        return True

    return placed


def _text(state: StateInline, silent: bool) -> bool:
    # The first rule to be tried at each position, so it sees where pending text begins.
    if not silent and isinstance(state, _State) and not state.pending:
        state.pending_from = state.pos
    return rules_inline.text(state, silent)


def _bounded(rule: Rule, opening: str) -> Rule:
    def bounded(state: StateInline, silent: bool) -> bool:
        if not state.src.startswith(opening, state.pos) or not isinstance(state, _State):
            return False
        if state.failures > _FAILURES or state.in_vain > _IN_VAIN:
            return False
        start = state.pos
        done = rule(state, silent)
        if not done:
            # What was read in vain: the label, or all that follows where it never closes.
            state.failures += 1
            end = state.md.helpers.parseLinkLabel(state, start + opening.index("["))
            state.in_vain += (end if end >= 0 else state.posMax) - start
        return done

    return bounded


def _inline_note(state: StateInline, silent: bool) -> bool:
    """`^[A note that stands where it is called out.]`"""
    start, maximum = state.pos, state.posMax
    end = state.md.helpers.parseLinkLabel(state, start + 1)
    if end < 0:
        return False
    if not silent:
        state.pos, state.posMax = start + 2, end
        state.push("note_open", "", 1)
        state.md.inline.tokenize(state)
        state.push("note_close", "", -1)
    state.pos, state.posMax = end + 1, maximum
    return True


def _note_ref(state: StateInline, silent: bool) -> bool:
    """`[^label]`; the plugin's rule looks for the end of a label as far as the text goes."""
    near = state.src.find("]", state.pos, min(state.pos + _LABEL, state.posMax))
    return near > 0 and bool(footnote_ref(state, silent))


def parser() -> MarkdownIt:
    """CommonMark with GFM's tables and strikethrough, and footnotes; bare addresses are left alone
    (`urls/extract.py` finds them, without the CJK punctuation that GFM takes in)."""
    md = _Literal("commonmark", {"maxNesting": _NESTING}).enable(["table", "strikethrough"])
    md.block.ruler.before(
        "reference", "footnote_def", footnote_def, {"alt": ["paragraph", "reference"]}
    )
    ruler = md.inline.ruler
    ruler.at("text", _text)
    rules: tuple[tuple[str, Rule], ...] = (
        ("newline", rules_inline.newline),
        ("escape", rules_inline.escape),
        ("backticks", rules_inline.backtick),
        ("link", _bounded(rules_inline.link, "[")),
        ("image", _bounded(rules_inline.image, "![")),
        ("autolink", rules_inline.autolink),
        ("html_inline", rules_inline.html_inline),
        ("entity", rules_inline.entity),
    )
    for rule_name, rule in rules:
        ruler.at(rule_name, _placed(rule))
    ruler.at("emphasis", _placed(rules_inline.emphasis.tokenize, single=True))
    ruler.at("strikethrough", _placed(rules_inline.strikethrough.tokenize, single=True))
    ruler.before("link", "footnote_ref", _placed(_note_ref))
    ruler.after("image", "inline_note", _placed(_bounded(_inline_note, "^[")))
    return md


def blocks(md: MarkdownIt, text: str, env: dict[str, object]) -> list[Token]:
    """The block tokens of a text; their inline content is still to be parsed by `inline`."""
    tokens: list[Token] = []
    md.block.parse(text, md, env, tokens)
    return tokens


def inline(md: MarkdownIt, content: str, env: dict[str, object]) -> list[Token]:
    """The inline tokens of a block's content; `meta["from"]` and `["to"]` are offsets into it."""
    tokens: list[Token] = []
    state = _State(content, md, env, tokens)
    md.inline.tokenize(state)
    for rule in md.inline.ruler2.getRules(""):
        if rule is not rules_inline.fragments_join:
            rule(state)
    return tokens
