# ruff: noqa: E501 - patterns are facts, read best on one line
"""How a page speaks that sells: to its reader, of offers, and at once (a table of facts).

A work about a trade has the trade's words too, and describes its offers ("welcome bonuses are
restricted"); only who sells says "claim your bonus". Each pattern counts once. A page with the
marks of a published work (an author in `citation_*`, a DOI, a scholarly article in JSON-LD), or one
whose title or description says what kind of work it is ("a study", "before the courts"), must sell
a great deal more plainly. What stands between quotation marks is somebody else's offer.
"""

from __future__ import annotations

import re

from citecheck.signals.page import PageView

_READ = 20_000
OFFERS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern)
    for pattern in (
        # titles that boast
        r"\bbest (?:new |real money |crypto |bitcoin |uk |us |usa |online ){0,3}(?:casinos?|slots?|betting sites|poker sites|bookmakers?)\b|\bbest (?:payday )?loans?\b",
        r"\btop (?:\d{1,3} )?(?:online |crypto |bitcoin ){0,2}(?:casinos?|slots?|betting|bookmakers?)\b",
        r"\b(?:cheap|buy|order|generic) (?:cheap |generic |online )?(?:viagra|cialis|levitra|kamagra|xanax|tramadol|essays?|rolex|jerseys?|ray bans?)\b(?! patents?)",
        r"\b(?:payday|cash|quick|personal) loans? (?:online|near me)\b|\bloans? online\b",
        r"\b(?:casinos?|slots?|bonus(?:es)?|sportwetten|bahis|kasino|nettikasino) 20[2-3]\d\b|\b20[2-3]\d (?:casino|slot|bonus)",
        r"\bmeilleurs? casinos?\b|\bbeste(?:n|s)? (?:online[ -])?(?:casinos?|wettanbieter)\b|\bmejor(?:es)? casinos?\b|\bmelhores cassinos?\b|\bmigliori casin[oò]\b|\bbeste (?:nett)?casinoer?\b|\bnajlepsze kasyna?\b|\bлучш(?:ее|ие) (?:онлайн[ -])?казино\b|\bkasino terbaik\b",
        r"おすすめ.{0,8}カジノ|カジノ.{0,8}(?:おすすめ|ランキング)|(?:카지노|토토|바카라)(?:사이트)? (?:추천|순위)|(?:百家乐|博彩|彩票|娱乐城|棋牌).{0,6}(?:官网|官方|首页|平台|登录|注册|下载)",
        # what the reader is to do
        r"\b(?:sign up|join|register|enrol|subscribe) (?:now|today|and (?:get|claim|receive|start))\b|\bregister in (?:two|\w+) minutes\b|\bcreate (?:your|an) account (?:now|today)\b",
        r"\b(?:play|bet|spin|shop|order|buy|apply|call|book|trade) (?:now|today)\b|\bstart (?:playing|trading|betting|winning) (?:now|today)?|\border (?:essays?|cheap \w+|generic \w+) online\b|\bapply (?:online|in minutes)\b",
        r"\b(?:claim|get|grab|enjoy|use|receive) (?:your|our|a|the|up to)\b.{0,30}\b(?:bonus|spins|discount|off|promo code|coupon|cash|funds|loan|free trial)\b|\bget (?:your |a )?(?:money|cash|loan)\b",
        r"\badd to (?:cart|basket)\b|\bplace your order\b|\bour (?:online (?:pharmacy|store|shop)|casino|writers|experts have|models|girls|professional writers)\b",
        # what it is offered
        r"\b(?:\d{2,3}\s?% )(?:welcome |match |deposit |first deposit )?bonus\b|\bbonus (?:of |up to )?(?:up to )?[$€£]\s?\d|\bup to [$€£]\s?[\d,.]+",
        r"\b\d{1,3} (?:free spins|tours gratuits|freispiele|tiradas gratis|giri gratis|rodadas gr[aá]tis|фриспинов|free plays)\b|\bfree spins no deposit\b|フリースピン\s?\d|\bplus \d+ free\b",
        r"\b(?:fast|instant|quick|same[- ]day) (?:payouts?|withdrawals?|cash|funding|decision|approval|cash advance)\b|\bhuge welcome bonus\b|\bwin (?:a|the|big|real) (?:jackpot|money)\b|\bspin the slots\b|\breal money (?:slots|casino|games)\b",
        r"\bfree (?:shipping|worldwide delivery|worldwide shipping|delivery on|pills)\b|\b(?:fast |free )?worldwide (?:delivery|shipping)\b|\bshipping worldwide\b",
        r"\b(?:money[- ]back|satisfaction) guarantee|\bguaranteed (?:approval|results|by our)\b|\b\d{2}% (?:off|accuracy|guaranteed)\b|\brisk[- ]free\b|\bno plagiarism guaranteed\b",
        r"\b24/7\b|\b7/24\b|\b24 (?:hours? a day|jam|saat|часа в сутки)\b|\blas 24 horas\b|24小时(?:客服|在线)|全天候客服|24時間(?:サポート|対応)|24시간",
        r"\bno credit check\b.{0,40}\b(?:apply|online|instant)\b|\b100% online\b|\bbad credit ok\b|\beven with bad credit\b|\bearn (?:up to [$€£]|passive income)",
        r"\bwe accept (?:visa|bitcoin|paypal)\b|\bwhatsapp\b.{0,40}\b(?:iletişim|hubungi|contact|book|order)|\bwith your first order\b|\bper page\b.{0,30}\border now\b",
        # the same in other languages
        r"\binscrivez[- ]vous (?:et|dès|maintenant)\b|\bjouez (?:maintenant|dès|gratuitement|en ligne|aux)\b|\bprofitez d(?:e|u|'un)\b|\bdécouvrez (?:les|nos|le) (?:meilleurs?|offres|bonus)\b",
        r"\bbonus de bienvenue de\b|\bbonus sans dépôt\b|\bretraits? (?:rapides?|instantanés?)\b|\bcommandez (?:maintenant|en ligne)\b|\blivraison gratuite\b",
        r"\bjetzt (?:spielen|registrieren|anmelden|wetten|sichern|bestellen|beantragen|kaufen)\b|\b(?:bonus|euro|€) sichern\b|\bwillkommensbonus\b.{0,20}\b(?:sichern|bis)|\bfinden sie (?:die|das) beste[ns]?\b|\bschnelle[nr]? auszahlung(?:en)?\b|\bohne (?:oasis|limit|schufa)\b",
        r"\bregístrate\b|\b(?:juega|apuesta|compra|solicita) (?:ahora|ya)\b|\bobt[eé]n (?:tu|un|el) (?:bono|préstamo)\b|\bbono de bienvenida de\b|\bretiros rápidos\b|\benvío gratis\b|\bcadastre-se\b|\bjogue agora\b|\bregistrati (?:ora|subito)\b|\bgioca (?:ora|subito)\b",
        r"\bзарегистрируйтесь\b|\bиграйте (?:на|в|онлайн|бесплатно)|\bиграть (?:на деньги|бесплатно|онлайн)|\b(?:получите|получай(?:те)?|заберите) (?:бонус|приз|кредит|займ)|\bделайте ставки\b",
        r"\bбонус(?:ы|ом|ами)? за регистрацию\b|\bбыстр(?:ый|ым|ые) (?:вывод|выплат)|\b(?:рабочее )?зеркало (?:сайта|казино)|\bбез отказа\b|\bсмотреть (?:онлайн|бесплатно)\b",
        r"\bdaftar (?:sekarang|segera|situs|slot|akun|di)\b|\b(?:situs|bandar|agen) .{0,20}(?:terpercaya|resmi|terbaik|gacor)\b",
        r"\bbonus (?:new member|deposit|cashback)\b|\bdeposit (?:pulsa|dana|tanpa)\b|\bhadiah ter(?:besar|tinggi)\b|\bmember setia\b|\brtp (?:live|ter?tinggi|tinggi)\b",
        r"\b(?:hemen|şimdi) (?:üye|ara|kayıt|oyna|giriş|tıkla)|\b(?:deneme|hoş ?geldin) bonusu\b.{0,20}\b(?:veren|kazan|al)|\bbonus(?:u)? veren\b|\bgüvenilir (?:bahis|casino)\b|\bgüncel (?:giriş|ilan)",
        r"\bhızlı para çekme\b|\byüksek (?:oran|bonus)|\bvip escort\b|\b(?:onaylı|gerçek resimli) (?:bayan|escort|ilan)|\btüm ilanlar onaylı|\brandevu al\b",
        r"đăng ký (?:ngay|nhận)|khuyến mãi (?:lớn|\d|khủng|hấp dẫn)|nạp (?:lần đầu|rút)|tải app|nhà cái (?:uy tín|hàng đầu|số 1)",
        r"注册(?:即|就)?送|立即(?:注册|投注|开户|下载|游戏)|开户送|存款(?:优惠|送)|首存|送(?:\d+元)?彩金",
        r"提款(?:快|秒)|秒到账|快速到账|手机app下载|欢迎来到(?:本|我们)|信誉(?:平台|网站)|最新(?:网址|地址)",
        r"今すぐ(?:登録|プレイ|入金|申し込)|(?:入金不要|初回入金|入金)ボーナス.{0,12}(?:もら|豪華|進呈|獲得|円|\$|\d)|ボーナス(?:比較|をもらおう|進呈)",
        r"登録(?:は|するだけ|で)\S{0,6}(?:無料|簡単)|出金(?:も|が)?(?:早|速|スピード)|を紹介します|激安(?:通販|販売)|送料無料|n級品",
        r"(?:지금|바로) (?:가입|이용|시작)|가입\s?(?:코드|하시면|첫충|쿠폰)|첫충|꽁머니|보너스를? (?:드립|지급|받)",
        r"(?:안전한?|검증된?|먹튀 ?없는) ?(?:놀이터|토토|카지노|사이트)|추천(?:합니다|드립니다)|즐기세요|먹튀검증",
        r"สมัคร(?:วันนี้|เลย|สมาชิก|ฟรี)|ฝาก[- ]?ถอน|เครดิตฟรี|โบนัส\s?\d|แจก(?:โบนัส|เครดิต)|อันดับ\s?1|เว็บตรง",
        # in any language: so much of a bonus, so many spins, up to so much; terms; a form to fill in
        r"\d{2,4}\s?%\s?(?:[^\W\d]{2,12} ){0,2}(?:bonus|bônus|bono|бонус|match|korting|rabat|ボーナス|보너스)|(?:bonus|bônus|bono|бонус\w{0,2}|보너스|ボーナス)\s?(?:[^\W\d]{1,14} ){0,3}[$€£]?\s?\d{2,}",
        r"\b(?:up to|bis zu|jusqu'à|hasta|fino a|até|tot|upp till|opp til|op til|do|až|до) (?:r?[$€£] ?\d[\d.,]*|\d[\d.,]* ?(?:€|euro|eur|zł|kr|kč|лв|руб\w{0,3}|₽|tl|btc|usdt|gratis|free))\b",
        r"\d{1,4} ?(?:free|gratis|darmowych|kostenlose|gratuits|giros|giri|ilmaiskierr|фрише|freispiele|zatočen|ingyenes|δωρεάν)\w* ?(?:spins?|spinów|grátis|gratis|tours)?\b",
        r"\bt&cs apply\b|\bgamble responsibly\b|\bplay responsibly\b|\b18\+|\bterms apply\b|\bbegambleaware\b",
        r"\b(?:click here|get started|fill in the form|chat with us|contact us now|need (?:cash|money|a loan) (?:fast|now|today)|visit (?:casino|site)|tell us your|enter (?:site|here))\b",
        r"\b(?:meld je (?:nu )?aan|speel nu|graj teraz|zarejestruj się|registrera dig|spela nu|spill nå|spil nu|pelaa heti|rekisteröidy|регистрирай се|играй сега|hrajte|játsszon|παίξε|înregistrează|joacă acum|jogue (?:agora|já)|cadastre-se|ganhe|daftarkan|main sekarang)\b",
        r"\b(?:bästa|beste|najlepsze|parhaat|legjobb|nejlepší|cele mai bune|най-добрите?) (?:\w+ ){0,2}(?:ca[sz]ino\w{0,4}|ka[sz]ino\w{0,4}|kasyna|nettikasinot|казина?)\b|\b(?:utan|uden|uten) (?:svensk |dansk |norsk )?(?:licens|lisens|rofus|spelpaus)\b|\bilman rekisteröitymistä\b|\bnot on gamstop\b",
        r"\b(?:snabba uttag|snelle uitbetaling\w*|szybkie wypłaty|nopeat kotiutukset|raske udbetalinger|бързи тегления|saques rápidos|prelievi (?:veloci|rapidi)|pay-?outs? within|rychlé výplaty|gyors kifizetés)\b|\b(?:no kyc|discreet packaging|no prescription needed|price per pill|free revisions|save up to)\b",
        r"\b(?:in den warenkorb|ajouter au panier|añadir al carrito|aggiungi al carrello|in winkelwagen|dodaj do koszyka|sepete ekle|(?:добавить )?в корзину)\b|加入购物车|立即购买|장바구니|\ball major cards\b|\bbulk discounts?\b|\b(?:precio|prix|preis|prezzo|cena|цена)(?: desde| ab| à partir de| od| от)? [$€£]?\d",
        r"\bdiscreet (?:shipping|delivery)\b|\bovernight (?:shipping|delivery)\b|\benvío (?:discreto|gratuito)\b|\bdiskreter? versand\b|\blivraison (?:discrète|rapide|24h)\b|\bsin receta\b|\bohne rezept\b|\bsans ordonnance\b|\bбез рецепта\b",
        r"\b(?:use|enter) (?:the |our )?(?:promo |bonus )?code [a-z]*\d|\bopen an account\b|\bbonus codes?\b|\bpromo codes?\b|\b(?:cliquez ici|klicken sie hier|haga clic aquí|clicca qui|klik hier|нажмите здесь|tıklayın)\b|\bzum anbieter\b|\bcommencer? à jouer\b",
        r"\bmiễn phí hôm nay\b|\bchốt số\b|\bsoi cầu miễn phí\b|\bdownload (?:the |our )?app\b|\bскачайте приложение\b|\bindir\b.{0,12}\buygulama|下载app|\breal money\b|\bargent réel\b|\bechtgeld\b|\bdinero real\b|\bsoldi veri\b|\bна реальные деньги\b",
        r"\bin hd\b|\bhd (?:clips|porn|videos|movies)\b|\bporn tube\b|\bsex tube\b|\bnew (?:scenes|videos) (?:every|daily|added)\b|カートに入れる|新会员|每日返水|無料体験|激安専門店|메이저 (?:업체|토토|놀이터)",
        r"\bfree (?:adult|porn|sex|xxx) (?:videos|movies|tube|cams?)\b.{0,60}\b(?:hd|high quality|daily|updated|watch|xxx)\b|\bwatch (?:free|thousands|hot)\b|\bupdated daily\b|\bhottest (?:models|girls)\b|смотри(?:те)? бесплатно|免费观看|在线播放|高清无码",
        r"\bour (?:site|trading bot|bot|signals|robot)\b|\btrading bot and\b|\btrade like a pro\b|\bprofit(?:s)? guaranteed\b|\bbest prices?\b|\boutlet prices\b|\bcheap prices?\b|\blowest prices?\b",
    )
)  # fmt: skip
_PUBLISHED = (
    "citation_author", "citation_doi", "citation_journal_title", "citation_title", "dc.identifier",
    "prism.doi", "eprints.title", "bepress_citation_doi",
)  # fmt: skip
_SCHOLARLY = ("ScholarlyArticle", "Thesis", "Report", "Book", "Legislation")
# What works on a trade say that they are, or are about: kinds of works, and the law.
_WORKS = re.compile(
    r"\b(?:(?<!case )stud(?:y|ies)|surveys?|reports? (?:of|on|by)|ombudsman|(?<!free )(?:trials?)\b|evidence|analys[ei]s|ethnograph|sociolog|econom(?:y|ics)|regulat(?:ion|ing|ors?)|legislat|laws?|courts?|criminal|crimes?|fraud|launder|patents?|trade marks?|customs|complaints?|lessons (?:from|of)"
    r"|history of|rise of|limits of|inside the|boom\b|crisis|scandal|investigat|lawmakers|minister|police|addict|adolescents?|students? who|the poor\b|stigma|prices? (?:effects|and)|advertising of|who buys|do they work|research(?! papers?)\b|essays? on (?:the|a)\b|journal of)"
    r"|\b(?:studien?\b|untersuchung|bericht|rechtlich|recht\b|gesetz|staatsvertrag|gericht|forschung|étude|enquête|rapport\b|droit|juridique|loi\b|sociologie|estudio|informe|derecho|regulación|ley\b|jóvenes|studio su|diritto|legge|normativa|direito|relatório|onderzoek|wetgeving|badani[ea]|ustaw|prawo|utredning|forskning|tutkimus|kajian|hukum|pidana|penelitian|araştırma|hukuk|yasa\b|nghiên cứu|pháp luật)"
    r"|исследован|расследован|закон|право|регулирован|обзор|ловушк|доклад|研究|调查|調査|分析|实证|犯罪|法律|刑法|判例|违法|違法|賭博罪|依存|立法|经济学|税收|연구|규제|실태|조사|법률|범죄"
)
_QUOTED = re.compile(
    r"[\"“„«「『‘][^\"”“»」』’]{1,200}[\"”“»」』’]|(?<=\s)'[^']{3,200}'(?=[\s,.;])"
)
ENOUGH, PLAINLY = 2, 5


def offers_in(view: PageView) -> int:
    """How many kinds of offers a page makes, in its title, headings, description and text."""
    text = _QUOTED.sub(" ", f"{_titles(view)}\n{view.visible[:_READ]}".casefold())
    return sum(bool(pattern.search(text)) for pattern in OFFERS)


def _titles(view: PageView) -> str:
    """What a page says of itself, a line each: nothing is said across the end of a title."""
    described = view.named("description", "og:title", "og:description")
    return "\n".join((view.title, *view.h1[:3], *(text[:500] for text in described)))


def enough_offers(view: PageView) -> int:
    """How many offers it takes to say that this page sells."""
    if view.named(*_PUBLISHED) or _WORKS.search(_titles(view).casefold()):
        return PLAINLY
    kinds = " ".join(str(thing.get("@type")) for thing in view.linked_data)
    return PLAINLY if any(kind in kinds for kind in _SCHOLARLY) else ENOUGH
