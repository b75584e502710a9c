"""What a work is, said in brackets after its title: `[Tweet]`, `[Data set]`, `(Version 2)`.

APA and Vancouver styles; what stands in such a bracket is no translation and nobody's name.
"""

from __future__ import annotations

import re

from citecheck.cite.piece import GAP, Piece

_TYPES = {
    "tweet": "post", "post": "post", "facebook post": "post", "status update": "post",
    "thread": "post", "video": "motion_picture", "film": "motion_picture", "video file":
    "motion_picture", "dvd": "motion_picture", "data set": "dataset", "dataset": "dataset",
    "computer software": "software", "software": "software", "source code": "software",
    "podcast": "broadcast", "audio podcast": "broadcast", "audio podcast episode": "broadcast",
    "tv series episode": "broadcast", "radio broadcast": "broadcast", "blog post": "post-weblog",
    "preprint": "article", "speech": "speech", "map": "map", "painting": "graphic",
    "photograph": "graphic", "interview": "interview", "doctoral dissertation": "thesis",
    "unpublished doctoral dissertation": "thesis", "master’s thesis": "thesis", "press release": "",
    "master's thesis": "thesis", "phd thesis": "thesis", "fact sheet": "", "internet": "",
    "online": "", "pdf": "", "infographic": "", "conference presentation": "speech", "brochure": "",
}  # fmt: skip
_VERSION = re.compile(r"(?i)(?:version|v\.?)\s?(\d[\w.]*)")
_REPORT = re.compile(r"(?i)(?:report|publication|paper)\s+no\.?\s?([\w/.-]*\d[\w/.-]*)")


def read_descriptors(piece: Piece) -> None:
    """Takes the brackets right after the title that name the kind, a version or a number."""
    if piece.title is None:
        return
    at = piece.tail
    for pair in piece.brackets:
        if pair.start < at:
            continue
        if piece.text[at : pair.start].strip(f" .,{GAP}"):
            break
        inside = piece.segment.text[pair.start + 1 : pair.end - 1].strip()
        words, _, more = inside.partition(", ")
        kind = _TYPES.get(words.lower())
        if kind is not None and pair.mark == "[":
            _kind(piece, words, kind, more)
        elif version := _VERSION.fullmatch(inside):
            piece.set("version", version[1])
        elif number := _REPORT.fullmatch(inside):
            piece.set("number", number[1])
            piece.csl.setdefault("type", "report")
            piece.confidence.setdefault("type", "high")
        else:
            break
        piece.take(pair.start, pair.end)
        at = pair.end


def _kind(piece: Piece, words: str, kind: str, more: str) -> None:
    if words.lower() not in ("internet", "online", "pdf"):
        piece.set("genre", words)
    elif piece.urls:
        kind = "webpage"
    if kind:
        piece.csl.setdefault("type", kind)
        piece.confidence.setdefault("type", "high")
    if kind == "thesis" and more:
        piece.set("publisher", more)
