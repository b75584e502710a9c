"""Where sentences end: to find the words that a callout stands for.

A full stop ends a sentence unless it belongs to an abbreviation, an initial or a number; quotes and
brackets that close after it belong to the sentence. An acronym with points (`U.S.`) ends one only
before a word that habitually begins one. Scripts with their own full stop (。) need no space.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection

_END = re.compile(r"[.!?…‥]+[\"'”’»›)\]]*|[。！？｡]+[」』”’）〉》】]*")
_ABBREVIATION = re.compile(
    r"(?i)(?:^|[\s(\[“\"‘'—–-])(?:mr|mrs|ms|dr|prof|rev|hon|gen|lt|col|maj|capt|sgt|adm|cmdr|gov|sen|rep|"
    r"pres|amb|st|mt|ft|jr|sr|messrs|mme|mlle|vs|v|cf|viz|etc|al|ca|c|approx|vol|vols|"
    r"para|paras|ch|chap|sec|figs|eq|ed|eds|trans|repr|rev|ser|app|inc|ltd|co|corp|"
    r"dept|univ|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|e\.g|i\.e|a\.m|p\.m|ibid|op|"
    r"bzw|z\.b|d\.h|vgl|hrsg|nr|bd|г|гг|стр|см|т\.е|им)\.$"
)
# These are words as well: abbreviations only before a number.
_NUMBERED = re.compile(r"(?i)(?:^|[\s(\[])(?:nos?|pp?|arts?|fig|app|s|m|n|nn|l|ll)\.$")
_ACRONYM = re.compile(r"(?:^|[^\w.])(?:[^\W\d_]\.){2,}$")
_INITIAL = re.compile(r"(?:^|[^\w.])[A-ZА-ЯÀ-Þ]\.$")
_STARTER = re.compile(
    r"[\"“‘'(\[]*(?:The|A|An|In|It|Its|This|That|These|Those|There|Then|Thus|However|But|And|Yet|So|He|She|"
    r"They|We|You|I|His|Her|Their|Our|As|At|For|From|If|When|While|With|Although|Since|After|Before|"
    r"Moreover|Furthermore|Meanwhile|On|One|Some|Many|Most|What|Why|How|Who|Now|Today|To|By|Not|No|"
    r"Even|Besides|Instead|Indeed|Finally|First|Second|Beijing|Moscow|Both|Each|Such|Other|Another)\b"
)
_LONGEST = 2000


class Sentences:
    """The sentences of a paragraph, as ranges of its text; `seams` are offsets at which a callout
    was taken out, where a sentence may end although no space follows."""

    def __init__(self, text: str, seams: Collection[int] = ()) -> None:
        self._text = text
        self._starts = [0]
        for end in _END.finditer(text):
            if self._ends(end, seams):
                after = end.end()
                while after < len(text) and text[after] == " ":
                    after += 1
                if after < len(text):
                    self._starts.append(after)

    def at(self, offset: int) -> str:
        """The sentence that a callout at `offset` stands for: the one just ended or going on."""
        text = self._text
        last = min(offset, len(text)) - 1
        while last > 0 and text[last].isspace():
            last -= 1
        i = bisect_right(self._starts, max(last, 0)) - 1
        start = self._starts[i]
        end = self._starts[i + 1] if i + 1 < len(self._starts) else len(text)
        if end - start > _LONGEST:
            start = max(start, offset - _LONGEST * 3 // 4)
            end = min(end, start + _LONGEST)
        # A callout taken out before a full stop leaves a space there.
        return re.sub(r" (?=[.,](?:\s|$))", "", text[start:end].strip())

    def _ends(self, end: re.Match[str], seams: Collection[int]) -> bool:
        text, after = self._text, end.end()
        if end[0][0] in "。！？｡":
            return True
        if after >= len(text):
            return True
        if not text[after].isspace() and after not in seams:
            return False
        following = text[after : after + 40].lstrip()
        bare = following.lstrip("\"'“”‘’«»([")
        if bare[:1].islower():
            return False
        if end[0] != ".":
            return True
        before = text[max(0, end.start() - 24) : end.start() + 1]
        if _ACRONYM.search(before) or _INITIAL.search(before):
            return bool(_STARTER.match(following))
        if _NUMBERED.search(before) and following[:1].isdigit():
            return False
        return not _ABBREVIATION.search(before)
