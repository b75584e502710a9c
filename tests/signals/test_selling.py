# ruff: noqa: E501 - pages are read best on one line
"""Works on a trade are no advertising of it, and advertising is told by how it speaks."""

from __future__ import annotations

import pytest

from citecheck.records.finding import State
from standins.judged import cited, observed, said, verdict_on

# Language, title, first heading, text; cited under a title in another language.
WORKS = (
    ('en', 'Online Casinos, Money Laundering and Bitcoin Casino Fraud', 'Online Casinos and Money Laundering', 'Criminal groups deposit cash in online casinos, play low-risk bets on roulette and baccarat, and withdraw the balance as winnings. The report of the ombudsman describes 40 such cases between 2011 and 2017. A crypto casino accepts deposits without identification. Investigators could sign up in two minutes and play at once.'),
    ('en', 'Bitcoin Casino Fraud: Report of the Ombudsman', 'Bitcoin casino fraud', 'In 2019 the office received 412 complaints on bitcoin casinos that did not pay out winnings. Most players had claimed a welcome bonus and could not withdraw. We recommend that crypto casino operators be licensed.'),
    ('en', 'Payday Loans and the Poor: Cash Advance Lending in Ohio', 'Payday loans and the poor', 'Payday loans are used by twelve million households a year. A cash advance of 300 dollars costs 45 dollars in fees for two weeks. Borrowers with bad credit have few other lenders to turn to. We interviewed 62 borrowers who were promised instant approval and no credit check by lenders in strip malls.'),
    ('de', 'Glücksspiel und Recht: Online-Casinos und Sportwetten ohne Lizenz', 'Online-Casinos: Glücksspiel und Recht', 'Der Glücksspielstaatsvertrag erlaubt Online-Casinos und Sportwetten seit dem Jahr 2021 nur mit einer Erlaubnis. Online Casinos ohne Lizenz bleiben verboten, ihr Bonus darf nicht beworben werden. Die Gerichte haben in mehreren Verfahren entschieden, dass Spieler ihre Einzahlung zurückfordern können.'),
    ('en', 'Viagra Patents and Generic Viagra: Sildenafil and Tadalafil before the Courts', 'Generic Viagra and the patent courts', 'The patent on sildenafil was held invalid in 2000 in the United Kingdom and in 2012 in Canada. Generic Viagra reached pharmacies within weeks, and prices fell from 12 to 2 dollars a pill. Patients who buy Viagra online without prescription receive counterfeit pills in half of the cases.'),
    ('fr', "Escort service et travail du sexe : sociologie d'une industrie", "L'escort service en ligne, enquête sociologique", 'Cette enquête repose sur soixante entretiens avec des personnes qui travaillent comme escort dans trois villes. Les tarifs et les conditions de travail sont décrits par les enquêtées elles-mêmes. Le secteur de la vidéo porno est étudié comme une économie de plateforme.'),
    ('es', 'Opciones binarias y forex: la regulación de binary options en España', 'Forex, trading y opciones binarias', 'La comisión prohibió en 2019 la venta de opciones binarias a los clientes minoristas. El trading de forex está sujeto a límites de apalancamiento en toda la Unión. Los anuncios que prometen ganancias rápidas son perseguidos por la comisión.'),
    ('en', 'Essay Mills and Essay Writing Services: Who Buys Essays Online?', 'Essay writing services and who buys essays', 'A survey of 4,000 students found that 6 per cent had used an essay writing service at least once. Sites invite students to order an essay in three clicks and promise that it is free of plagiarism. Homework help sites and paper mills use the same writers. Cheap essays cost 10 dollars a page.'),
    ('en', 'Weight Loss Pills: A Randomised Trial of Cheap Diet Pills from Online Pharmacy Sites', 'Diet pills from online pharmacies', 'In this trial 240 adults took diet pills or a placebo for twelve weeks. Pills bought at an online pharmacy contained sibutramine in a third of the samples. Weight loss was two kilograms in both groups.'),
    ('ru', 'Онлайн-казино и букмекеры: правовое регулирование азартных игр', 'Казино, ставки и игровые автоматы в праве', 'Федеральный закон 2006 года запретил казино и игровые автоматы вне игорных зон. Букмекерские конторы принимают ставки на основании лицензии. В статье рассматривается практика судов по делам о выплате выигрышей и бонусов.'),
    ('zh', '澳门博彩业与百家乐：彩票、赌场和税收的经济分析', '博彩、赌场与百家乐的经济学', '本文根据澳门统计局的资料，研究博彩业税收与百家乐收入之间的关系。结果表明，贵宾厅的收入占总收入的六成。 赌场的数目从二零零二年起迅速增加，居民对此意见不一。'),
    ('ja', 'オンラインカジノとギャンブル依存：カジノ・スロットの実態調査', 'オンラインカジノの実態調査', '本報告は、オンラインカジノの利用者三千人に対する調査の結果をまとめたものである。スロットとバカラが最も多く利用されている。 入金の限度額を設ける国が増えているが、日本では違法である。'),
    ('en', 'Replica Handbags and Fake Rolex Watches: Customs Law', 'Replica watches, replica handbags and customs', 'Customs seized 24,000 replica watches in 2016. The court held that a fake Rolex bought for private use may be kept. Replica handbags and cheap jerseys make up most parcels.'),
    ('id', 'Judi Online dan Slot: Kajian Hukum Pidana tentang Situs Judi', 'Judi online dan slot dalam hukum pidana', 'Tulisan ini mengkaji penegakan hukum terhadap situs judi online dan togel di tiga provinsi. Polisi memblokir ribuan situs judi setiap bulan. Pasal 27 melarang penyebaran muatan perjudian, termasuk slot gacor dan togel.'),
    ('en', 'Free Spins and No Deposit Bonuses: Advertising of Online Casinos', 'Free spins, no deposit bonuses and online casinos', "We coded 1,200 advertisements of betting firms. Offers such as 'up to £50 free' or 'sign up now and get 100 free spins' were found in 61 per cent; 24/7 support was named in a tenth. Players who used bonuses lost more than others."),
    ('en', 'The House Always Wins: Inside the Online Casino Boom - The Ledger', 'Inside the online casino boom', "It began with an app. 'Play now,' it said, and Mr Reyes did. Within a year he had lost his house to slots and blackjack. Subscribe now for full access. Sign up for our newsletter. Lawmakers want limits on deposits."),
    ('fr', 'Casino en ligne et paris sportifs : le droit français des jeux', 'Casino en ligne : état du droit', "Le casino en ligne demeure interdit en France, à la différence des paris sportifs et du poker. L'autorité peut ordonner le blocage des sites, et le bonus de bienvenue est encadré. La doctrine est partagée sur la question."),
    ('zh', '网络博彩平台与六合彩犯罪研究', '博彩与六合彩犯罪的实证分析', '本文收集了三百份判决书，分析网络博彩平台的运作方式。平台以注册送彩金、首存优惠吸引参赌人员。 司法机关应加强打击。'),
    ('ru', 'Казино Вулкан и нелегальные игровые автоматы: расследование', 'Как работает казино «Вулкан»', 'Корреспонденты узнали, кто стоит за сетью казино. Игроков заманивают бонусом за регистрацию и быстрыми выплатами. Роскомнадзор блокирует зеркала ежедневно.'),
    ('en', 'Binary Options and Forex Fraud: Lessons from Trading Platforms', 'Forex and binary options fraud', 'Victims were told they could earn up to $500 a day, and that profits were guaranteed. Boiler rooms called them daily. Regulators closed 300 platforms.'),
)  # fmt: skip
SELLERS = (
    ('id', 'Situs Slot Gacor Hari Ini Link Slot88 Resmi', 'SLOT88 Situs Slot Online', 'Daftar sekarang dan nikmati bonus new member 100% di situs slot terpercaya dengan RTP tinggi. Deposit pulsa tanpa potongan, layanan 24 jam.'),
    ('en', 'Lucky Duck Casino Review - Bonus Codes & Slots', 'Lucky Duck Casino', 'Lucky Duck Casino welcomes new players with a 150% bonus on the first deposit. Use our promo code to get 50 free spins. Register in two minutes and start playing.'),
    ('fr', 'Casino en ligne fiable 2026 : top des meilleurs casinos', 'Meilleurs casinos en ligne', "Inscrivez-vous et profitez d'un bonus de bienvenue de 500 € et de 100 tours gratuits. Retraits rapides. Jouez maintenant aux machines à sous."),
    ('de', 'Beste Online Casinos 2026: Slots mit Echtgeld', 'Die besten Online Casinos', 'Jetzt registrieren und bis zu 500 € Willkommensbonus sichern. Hier spielen Sie Slots mit schneller Auszahlung. Jetzt spielen und 100 Freispiele erhalten.'),
    ('es', 'Mejores casinos online 2026 - Tragamonedas y apuestas', 'Casino online y apuestas', 'Regístrate ahora y obtén tu bono de bienvenida de 300 € y 50 tiradas gratis. Juega ahora en el mejor casino. Retiros rápidos y soporte las 24 horas.'),
    ('ru', 'Казино онлайн на деньги — слоты с бонусом за регистрацию', 'Лучшее казино и слоты', 'Зарегистрируйтесь и получите бонус за регистрацию 5000 рублей. Играйте онлайн в лучшие слоты. Быстрый вывод и зеркало сайта.'),
    ('zh', '澳门百家乐官网 - 博彩平台首页', '百家乐博彩', '立即注册即送88元彩金，存款优惠天天有，24小时客服在线。 手机APP下载，提款快速到账。'),
    ('ja', 'オンラインカジノおすすめランキング2026', 'おすすめオンラインカジノ', '今すぐ登録して入金不要ボーナスをもらおう。フリースピン100回プレゼント。 出金も早く安心です。'),
    ('ko', '토토사이트 추천 안전한 카지노사이트 순위', '카지노사이트 토토', '지금 가입하시면 첫충 보너스를 드립니다. 가입코드를 입력하세요. 24시간 상담. 안전놀이터를 추천합니다.'),
    ('en', 'Viagra Online | Cheap Cialis - Order Generic Pills', 'Buy Cialis and Viagra', 'Order now and get free pills with every order. Worldwide delivery, free shipping, no prescription. Add to cart. We accept Visa and bitcoin. 24/7 support.'),
    ('en', 'Payday Loans Near Me | Fast Cash Advance', 'Payday loans up to $5,000', 'Apply now and get your money as soon as tomorrow. No credit check, instant decision, 100% online. Apply online in two minutes.'),
    ('en', 'EssayHero - Essay Writing Service for Students', 'Pay for an essay writer', 'Order now and get 15% off your first order. Our writers are available 24/7. Money-back guarantee. Place your order in three steps.'),
    ('tr', 'Casino Siteleri ve Bahis - Bonus Veren Siteler 2026', 'Bahis ve casino siteleri', 'Hemen üye ol ve 500 TL hoşgeldin bonusu kazan. Hızlı para çekme. Güncel giriş adresi için tıklayın.'),
    ('en', 'Forex Robot & Crypto Signals - Trade Like a Pro', 'Forex robot and trading signals', 'Start trading today and earn up to $500 a day. Join now, get your free trial. Risk-free, 95% accuracy guaranteed.'),
    ('vi', 'Nhà cái uy tín - Casino, Slot, Cá cược bóng đá', 'Nhà cái casino', 'Đăng ký ngay nhận khuyến mãi 100% nạp lần đầu. Nạp rút nhanh chóng, hỗ trợ 24/7. Tải app ngay.'),
    ('pl', 'Kasyno online - najlepsze polskie kasyna internetowe 2026', 'Najlepsze kasyna online', 'Zarejestruj się teraz i odbierz bonus powitalny do 2000 zł oraz 200 darmowych spinów. Graj teraz!'),
    ('nl', "Beste online casino's van Nederland: slots en roulette", 'Online casino vergelijken', 'Meld je nu aan en krijg 100 gratis spins. Speel nu bij het beste online casino.'),
    ('en', 'Casino Not On GamStop - Slots & Betting Sites', 'Casinos not on GamStop', 'Looking for casinos outside of GamStop? We list every trusted brand with great bonuses, huge jackpots and payment by card or crypto. Visit casino. T&Cs apply. 18+. Gamble responsibly.'),
    ('ja', 'スーパーコピー時計 ロレックスコピー 激安専門店', 'ブランドコピー激安通販', '当店は最高品質の商品を激安価格で販売しております。全国送料無料、二年保証。 カートに入れる'),
    ('en', 'XXX Tube - Porn Videos & Sex Movies', 'Free porn tube', 'Click here to enter. Thousands of HD clips from amateurs and stars. New scenes every hour.'),
)  # fmt: skip


def shown(language: str, title: str, heading: str, text: str) -> str:
    return (
        f'<!doctype html><html lang="{language}"><head><title>{title}</title>'
        f'<meta name="description" content="{heading}"></head><body>'
        '<nav><a href="/">Home</a> <a href="/join">Sign up</a></nav>'
        f"<main><h1>{heading}</h1>{f'<p>{text}</p>' * 3}</main><footer>Contact</footer></body></html>"
    )


@pytest.mark.parametrize("page", WORKS, ids=lambda page: page[1][:30])
@pytest.mark.parametrize(
    "title", ["Die Chronik der Seefahrt an der Küste", "The annals of a far coast and its people"]
)
def test_a_work_on_a_trade_is_well_under_another_title(
    page: tuple[str, str, str, str], title: str
) -> None:
    link = cited(title=title)
    finding = verdict_on(observed(shown(*page), link=link), link=link)
    assert finding.state in (State.OK, State.MISMATCH), finding
    assert page[0] == "en" or finding.state is State.OK


@pytest.mark.parametrize("page", SELLERS, ids=lambda page: page[1][:30])
def test_who_sells_has_taken_the_name_over(page: tuple[str, str, str, str]) -> None:
    link = cited(title="Die Chronik der Seefahrt an der Küste")
    assert said(verdict_on(observed(shown(*page), link=link), link=link)) == "changed/usurped"


def test_a_published_work_must_sell_more_plainly() -> None:
    link = cited(title="Die Chronik der Seefahrt an der Küste")
    seller = shown(
        "en", "Casino, slots and poker", "Slots, poker, roulette", "Play now. 24/7 support."
    )
    marked = seller.replace("</head>", '<meta name="citation_author" content="Ait"></head>')
    assert said(verdict_on(observed(seller, link=link), link=link)) == "changed/usurped"
    assert verdict_on(observed(marked, link=link), link=link).state == "ok"
