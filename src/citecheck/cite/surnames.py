"""Family names that stand first in East Asian usage, romanised (a table of facts).

Korean names by their usual romanisations, Chinese ones in pinyin and the common Wade-Giles and
Cantonese forms, Vietnamese ones without diacritics. `TOP` are the few borne by a large share of
people: they decide where both ends of a name could be the family.
"""

# ruff: noqa: SIM905
from __future__ import annotations

KOREAN = frozenset(
    "ahn an bae baek bahk ban bang bong byun byeon cha chae chang cheon cheong chi cho choe choi"
    " chon"
    " chong choo chu chun chung dong doh eom eun eum gang geum gil go gong goo gu gwak gwon ha hahm"
    " ham han heo hong huh hur hwang hwangbo hyeon hyun im in jang jeon jeong ji jin jo joo ju jun"
    " jung kam kang keum ki kil kim ko kong koo ku kwak kwon lee lim ma maeng min moon mun myung"
    " na nah nam namgung no noh oh ok pae paek paik pak park pyo rhee rhie rho ri rim ro roh ryang"
    " ryoo ryu seo seok seol seon seong shim shin sim sin so sohn son song suh suk sun sung"
    " tak uhm um wang wi won woo yang ye yeo yeom yi yim yoo yook yoon you yu yun".split()
)
CHINESE = frozenset(
    "ai an ao bai ban bao bi bian bo bu cai cao cen chai chang chao che chen cheng chi chu cui dai"
    " deng di ding dong dou du duan fan fang fei feng fu gan gao ge geng gong gou gu guan guo hai"
    " han hao he hong hou hu hua huang huo ji jia jian jiang jiao jin jing ju kang ke kong kuang"
    " lai"
    " lan lei li lian liang liao lin ling liu long lou lu luo lv ma mao mei meng mi miao mo mu"
    " ni nie"
    " ning niu ouyang pan pang pei peng pi pu qi qian qiao qin qiu qu quan ran rao ren rong ruan"
    " shan shang shao she shen sheng shi shu si sima situ song su sui sun tan tang tao teng tian"
    " tong"
    " tu wan wang wei wen weng wu xi xia xiang xiao xie xin xing xiong xu xue yan yang yao ye yi"
    " yin"
    " ying you yu yuan yue yun zang zeng zha zhai zhan zhang zhao zhen zheng zhong zhou zhu zhuang"
    " zhuge zhuo zong zou zu zuo chiang chou chow chu hsu hsieh kuo kwok lau leung tsai tsang tseng"
    " wong yeung cheung chan ng".split()
)
VIETNAMESE = frozenset(
    "bui cao chu dang dao dinh do doan duong ha ho hoang huynh khuat lam le luong luu ly mai ngo"
    " nguyen pham phan phung ta thai to tong tran trinh truong vo vu vuong".split()
)
TOP = frozenset(
    "kim lee park choi jung jeong kang cho yoon jang lim shin moon kwon hwang"
    " wang li zhang liu chen yang huang zhao wu zhou xu sun zhu jiang guo nguyen tran pham".split()
)

_INITIALS = "b p m f d t n l g k h j q x zh ch sh r z c s y w".split()
_FINALS = (
    "a o e ai ei ao ou an en ang eng ong i ia ie iao iu ian in iang ing iong u ua uo uai ui uan un"
    " uang v ve ue er"
).split()
PINYIN = frozenset([i + f for i in _INITIALS for f in _FINALS] + ["a", "ai", "an", "ang", "ao"]
                   + ["e", "en", "er", "o", "ou"])  # fmt: skip

# Han and hangul family names of more than one character.
COMPOUND = frozenset(
    "欧阳 歐陽 司马 司馬 诸葛 諸葛 上官 夏侯 东方 皇甫 尉迟 公孙 令狐 慕容 司徒"
    " 남궁 황보 제갈 사공 선우".split()
)
# The most frequent Chinese family names of one character, as written.
HAN = frozenset(
    "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何林罗羅高郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾"
    "肖萧蕭田董潘袁蔡蒋蔣余于杜叶葉程魏苏蘇吕呂丁任卢盧姚沈钟鍾姜崔谭譚陆陸范汪廖石金韦韋贾賈夏付方"
    "邹鄒熊白孟秦邱江尹薛闫阎閻段雷侯龙龍史陶黎贺賀顾顧毛郝龚龔邵万萬钱錢严嚴覃武戴莫孔向汤湯耿"
)


def is_pinyin(word: str) -> bool:
    """Whether a word can be read as one to three pinyin syllables."""
    return bool(_syllables(word.lower().replace("'", "").replace("’", ""), 3))


def syllable_count(word: str) -> int:
    """The least number of pinyin syllables that make the word, 0 where none do (at most 3)."""
    return _syllables(word.lower().replace("'", "").replace("’", ""), 3)


def _syllables(word: str, limit: int) -> int:
    if not word or len(word) > 18 or not limit:
        return 0
    if word in PINYIN:
        return 1
    best = 0
    for cut in range(1, min(6, len(word) - 1) + 1):
        if word[:cut] in PINYIN and (rest := _syllables(word[cut:], limit - 1)):
            best = min(best or 9, rest + 1)
    return best
