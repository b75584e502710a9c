"""Which part of a romanised Japanese name looks like the family name (a table of facts).

Used only where the original script stands beside the name, which says that it is a name of East
Asia but not in which order it is printed.
"""

# ruff: noqa: SIM905
from __future__ import annotations

import re
import unicodedata

_FAMILIES = frozenset(
    "abe aoki ando arai aida akiyama baba chiba doi endo fujii fujita fujiwara fukuda goto hara"
    " harada hasegawa hashimoto hattori hayashi hirano honda ikeda imai inoue ishida ishihara"
    " ishii ishikawa ito iwasaki kaneko kato kawaguchi kawai kikuchi kimura kinoshita kobayashi"
    " kojima kondo kono kudo kubo maeda maruyama masuda matsuda matsui matsumoto matsuo miura"
    " miyamoto miyazaki mori morita murakami murata nagai nakagawa nakajima nakamura nakano"
    " nakayama nishimura noguchi nomura oda ogawa ohno okada okamoto okazaki ono ota otsuka oyama"
    " saito sakai sakamoto sakurai sano sasaki sato shibata shimada shimizu sugawara sugimoto"
    " sugiyama suzuki takada takagi takahashi takeda takeuchi tamura tanaka taniguchi toyoda"
    " uchida ueda ueno wada watanabe yamada yamaguchi yamamoto yamane yamashita yamazaki yano"
    " yokoyama yoshida yoshimura".split()
)
_ENDING = re.compile(
    r".{2,}(?:zawa|sawa|moto|yama|mura|gawa|kawa|shima|jima|saki|zaki|tani|guchi|hashi|bayashi"
    r"|uchi|naka|kura|matsu|hara|wara|hata|shita|mizu|saka|zaka|numa|oka|ishi)$"
)


def family_likely(word: str) -> bool:
    """Whether a romanised word looks like a Japanese family name; length marks do not matter."""
    plain = unicodedata.normalize("NFD", word.lower())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return plain in _FAMILIES or bool(_ENDING.match(plain))
