"""Bytes to text: which encoding a page is in, decided as browsers do, from a fixed list.

Order: byte order mark, the header's `charset`, the page's own declaration in its first 4096 bytes,
UTF-8 if it decodes, a guess. Labels follow the WHATWG Encoding Standard where pages lie about them
(`gb2312` is GB 18030, `iso-8859-1` is Windows-1252). Only encodings of the table are ever used, so
that a hostile label cannot reach codecs that unpack or interpret.
"""

from __future__ import annotations

import codecs
import re

_LABELS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "windows-1252": "cp1252",
    "cp1252": "cp1252",
    "iso-8859-2": "iso8859_2",
    "iso-8859-3": "iso8859_3",
    "iso-8859-4": "iso8859_4",
    "iso-8859-5": "iso8859_5",
    "iso-8859-6": "iso8859_6",
    "iso-8859-7": "iso8859_7",
    "iso-8859-8": "iso8859_8",
    "iso-8859-8-i": "iso8859_8",
    "iso-8859-9": "cp1254",
    "iso-8859-10": "iso8859_10",
    "iso-8859-13": "iso8859_13",
    "iso-8859-14": "iso8859_14",
    "iso-8859-15": "iso8859_15",
    "iso-8859-16": "iso8859_16",
    "windows-874": "cp874",
    "tis-620": "cp874",
    "windows-1250": "cp1250",
    "windows-1251": "cp1251",
    "cp1251": "cp1251",
    "windows-1253": "cp1253",
    "windows-1254": "cp1254",
    "windows-1255": "cp1255",
    "windows-1256": "cp1256",
    "windows-1257": "cp1257",
    "windows-1258": "cp1258",
    "koi8-r": "koi8_r",
    "koi8-u": "koi8_u",
    "ibm866": "cp866",
    "macintosh": "mac_roman",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "x-gbk": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "euc-jp": "euc_jp",
    "x-euc-jp": "euc_jp",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "iso-2022-jp": "iso2022_jp",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "cp949": "cp949",
    "utf-16": "utf-16-le",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META = re.compile(
    rb"(?i)<(?:meta[^>]{0,300}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*[\"']?([\w-]{2,30})"
)
_HEADER = re.compile(r"(?i)charset\s*=\s*[\"']?\s*([\w:.-]{2,40})")
_PROBE = 65_536
_TOO_BROKEN = 0.01


def decode(content: bytes, content_type: str = "") -> str:
    """The text of a body; never raises. What cannot be decoded becomes U+FFFD."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    for encoding in _declared(content, content_type):
        sample = content[:_PROBE].decode(encoding, "replace")
        if sample.count("\ufffd") <= max(1, len(sample) * _TOO_BROKEN):
            return content.decode(encoding, "replace")
    return content.decode(_guess(content), "replace")


def _declared(content: bytes, content_type: str) -> list[str]:
    labels = []
    header = _HEADER.search(content_type)
    if header:
        labels.append(header[1])
    meta = _META.search(content[:4096])
    if meta:
        # A page whose bytes could be searched for this is not in UTF-16, whatever it says.
        label = meta[1].decode("ascii", "replace")
        labels.append("utf-8" if label.lower().startswith("utf-16") else label)
    return [_LABELS[label.lower()] for label in labels if label.lower() in _LABELS]


def _guess(content: bytes) -> str:
    sample = content[:_PROBE]
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        pass
    else:
        return "utf-8"
    from charset_normalizer import from_bytes

    best = from_bytes(sample[:16_384]).best()
    encoding = best.encoding if best else ""
    known = set(_LABELS.values())
    return encoding if encoding in known else _LABELS.get(encoding.replace("_", "-"), "cp1252")
