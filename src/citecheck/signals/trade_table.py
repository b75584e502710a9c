# ruff: noqa: E501 - patterns and word lists are facts, read best on one line
"""Trades that take over lapsed names (a table of facts): their words, and what their topic is called.

`telling` words name the trade, `common` ones stand in ordinary titles as well; both are folded, "_"
a space. Of the telling ones those in `SUBJECTS` are in titles of works on the trade too, the others
on its advertising alone. `topic` finds a cited title that is about the trade itself, in any language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from citecheck.text.fold import fold


@dataclass(frozen=True, slots=True)
class Trade:
    """`telling` and `common` are folded, and between spaces where their script writes spaces."""

    name: str
    telling: tuple[str, ...]
    common: tuple[str, ...]
    topic: re.Pattern[str]


def _words(text: str) -> tuple[str, ...]:
    folded = sorted({fold(w) for w in text.split()})
    return tuple(f" {w} " if w < "\u0e00" else w for w in folded)


SUBJECTS = frozenset(
    _words(
        "online_casino online_casinos casino_en_ligne casino_online casino_ohne bitcoin_casino crypto_casino sportwetten_ohne slot_online judi_online situs_judi situs_slot togel gacor slot_gacor pin_up free_spins no_deposit xoso soicau nha_cai "
        "игровые_автоматы букмекерская букмекер 博彩 六合彩 百家乐 彩票平台 먹튀 オンラインカジノ 入金ボーナス เว็บพนัน บาคาร่า "
        "generic_viagra generic_cialis viagra_online cialis_online online_pharmacy without_prescription no_prescription canadian_pharmacy "
        "porn_videos free_porn porn_tube sex_videos xnxx xvideos pornhub hentai_porn escort_service call_girls cam_girls порно_видео порно_онлайн 成人视频 야동 "
        "payday_loan payday_loans cash_advance bad_credit no_credit_check instant_approval микрозайм kredit_ohne_schufa quick_loans pinjaman_online "
        "essay_writing_service buy_essay buy_essays essay_writer paper_writing_service assignment_help dissertation_help essay_online "
        "replica_watches replica_rolex rolex_replica replica_handbags fake_rolex スーパーコピー "
        "crypto_trading_bot trading_signals forex_signals binary_options crypto_signals bitcoin_doubler cloud_mining forex_robot"
    )
)  # fmt: skip

TRADES: tuple[Trade, ...] = (
    Trade(
        "gambling",
        _words(
            "gacor togel slot88 slot777 slot_online slot_gacor slot_deposit judi_online situs_judi situs_slot sbobet bandarq maxwin rtp_live rtp_slot pragmatic_play scatter_hitam link_alternatif daftar_slot 1xbet 1win mostbet melbet pin_up vavada "
            "free_spins no_deposit bonus_sans_depot deneme_bonusu bahis_siteleri canli_bahis kacak_bahis xoso soicau kubet fun88 ufabet ku777 w88 m88 fb88 nha_cai казино_вулкан вулкан игровые_автоматы букмекерская букмекер "
            "博彩 娱乐城 六合彩 百家乐 葡京 真人视讯 彩票平台 먹튀 먹튀검증 토토사이트 바카라사이트 카지노사이트 파워볼 オンラインカジノ 入金ボーナス เว็บพนัน บาคาร่า สล็อตเว็บตรง แทงบอล online_casino online_casinos casino_en_ligne casino_online casino_ohne bitcoin_casino crypto_casino sportwetten_ohne"
        ),
        _words(
            "casino casinos slot slots judi bandar situs toto bet bets betting bookmaker roulette jackpot poker baccarat togel bahis paris_sportifs sportwetten apuestas tragamonedas scommesse казино ставки слоты рулетка 赌场 彩票 澳门 카지노 토토 바카라 슬롯 カジノ スロット バカラ bonus_veren สล็อต คาสิโน พนัน kasyno kasyna kasino kasinot kasina casinon cassino cassinos casinoer kaszinó καζίνο казина казината казино kazino nettikasino nettikasinot spilleautomater"
        ),
        re.compile(r"(?i)gambl|casino|\bbet(?:ting|s)?\b|lotter|poker|slot|jackpot|wager|bookmak|gl[uü]cksspiel|wett|spielbank|\bjeux?\b.{0,12}(?:argent|hasard)|juegos? de azar|apuesta|azzardo|азарт|казино|ставк|博彩|赌|賭|彩票|ギャンブル|カジノ|도박|카지노|judi|togel|kumar|bahis"),
    ),
    Trade(
        "pills",
        _words("buy_viagra cheap_viagra generic_viagra viagra_online buy_cialis cheap_cialis generic_cialis cialis_online online_pharmacy without_prescription no_prescription canadian_pharmacy buy_levitra buy_kamagra купить_виагру acheter_viagra viagra_kaufen comprar_viagra"),
        _words("viagra cialis levitra kamagra sildenafil tadalafil xanax tramadol ivermectin pills pharmacy cheap"),
        re.compile(r"(?i)viagra|cialis|levitra|kamagra|sildenafil|tadalafil|pharma|drug|medic|prescri|erectile|xanax|tramadol|ivermectin|pill"),
    ),
    Trade(
        "sex",
        _words("porn_videos free_porn porn_tube xxx_videos sex_tube sex_videos xnxx xvideos pornhub porno_izle javhd hentai_porn escort_bayan escort_service call_girls cam_girls порно_видео порно_онлайн 成人视频 av在线 色情 야동 無修正"),
        _words("porn porno xxx sex escort escorts milf hentai nude порно 에스코트 eskort"),
        re.compile(r"(?i)porn|sex|escort|prostitut|nud(?:e|ity)|hentai|erotic|порно|секс|色情|性|성|ポルノ"),
    ),
    Trade(
        "loans",
        _words("payday_loan payday_loans cash_advance instant_approval bad_credit no_credit_check займ_на_карту микрозайм займы_онлайн kredit_ohne_schufa quick_loans pinjaman_online"),
        _words("loan loans payday lender lenders займ займы кредит pinjaman"),
        re.compile(r"(?i)loan|payday|credit|lend|debt|usur|займ|кредит|darlehen|pr[eê]t|pr[eé]stamo|贷|ローン|대출|pinjaman"),
    ),
    Trade(
        "essays",
        _words("essay_writing_service buy_essay buy_essays essay_writer write_my_essay do_my_homework paper_writing_service assignment_help dissertation_help essay_online buy_essays_online"),
        _words("essay essays homework assignment cheap"),
        re.compile(r"(?i)essay|homework|ghostwrit|contract cheating|plagiar|assignment|academic integrity"),
    ),
    Trade(
        "counterfeits",
        _words("replica_watches replica_rolex rolex_replica replica_handbags fake_rolex louis_vuitton_outlet cheap_jerseys nfl_jerseys michael_kors_outlet cheap_ray_ban スーパーコピー ブランドコピー"),
        _words("replica outlet cheap rolex handbags jerseys コピー 激安"),
        re.compile(r"(?i)replica|counterfeit|forger|fake|luxury|watch|handbag|brand|コピー|偽"),
    ),
    Trade(
        "coins",
        _words("crypto_trading_bot trading_signals forex_signals binary_options crypto_signals bitcoin_casino bitcoin_doubler cloud_mining forex_robot"),
        _words("crypto bitcoin forex trading airdrop"),
        re.compile(r"(?i)crypto|bitcoin|blockchain|forex|currenc|trading|binary option|token|coin"),
    ),
)  # fmt: skip
