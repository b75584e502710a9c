# ruff: noqa: E501 - patterns and phrases are facts, read best on one line
"""What refusals say in words, in many languages (a table of facts).

Each pattern speaks of the visitor, the request or its address, as only a refusal does; words such as
"access denied", "captcha" or "security" alone are on genuine pages too and are no part of it.
"""

from __future__ import annotations

import re
from functools import cache

from citecheck.signals.wall_table import CAPTCHAS

_YOU = r"(?:you|your (?:ip(?: address)?|request|access|connection|browser|computer|session|visit|client)(?: \S{3,45})?|(?:the |this )?(?:ip(?: address)?|request|connection|access)(?: you are using)?)"
_DONE = r"(?:blocked|banned|blacklisted|denied|refused|restricted|rejected|limited|throttled|intercepted|forbidden)"

# Kind of refusal, patterns. The order is that of telling: the first kind that fits is the reason.
REFUSALS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("rate-limited", (
        r"\btoo many (?:requests|attempts|visits|connections|queries)\b", r"\brate[- ]limit(?:s|ed)?\b(?:.{0,12}(?:exceeded|reached))?", r"\brequest rate threshold exceeded\b",
        r"\bexceeded (?:the |a |an |your |our )?.{0,40}(?:number of (?:page )?requests|rate limit|requests per|quota)", r"\bsending (?:large amounts|too many|a high (?:number|amount))\b",
        r"\blarge (?:amount|number) of (?:web )?requests\b", r"\bbandwidth limit exceeded\b", r"\byou are accessing .{1,60} too (?:much|often|fast)\b", r"\btoo fast, you are\b",
        r"\bserver too busy for (?:web )?crawlers\b", r"\bzu viele (?:anfragen|zugriffe)\b", r"\btrop de (?:requêtes|demandes)\b", r"\bdemasiad[ao]s (?:solicitudes|peticiones|consultas)\b",
        r"\bmuitas (?:solicitações|requisições)\b", r"\btroppe richieste\b", r"\bte veel (?:verzoeken|aanvragen)\b", r"\bzbyt wiele (?:zapytań|żądań)\b", r"\bçok fazla istek\b",
        r"слишком (?:много|часто).{0,20}(?:запрос|обращ)", r"забагато запитів", r"(?:请求|訪問|访问|操作|查询)(?:过于|過於|太过?|的?频率过)(?:频繁|頻繁|快|多)?", r"リクエストが多すぎ|アクセス回数の?(?:上限|制限)", r"요청이 너무 많",
    )),
    ("captcha", (
        r"\b(?:verif\w+|confirm|prove|demonstrate|make sure|show|tell|know)\b.{0,40}\b(?:you(?:'|’|&#39;| a)?(?:re)?|i(?:'|’)?m|it(?:'|’)?s)\b.{0,30}\b(?:human|robot|bot)\b",
        r"\bare you (?:a )?(?:human|robot|bot)\b", r"\b(?:robot|bot) or (?:human|not)\b", r"\bhuman or (?:a )?(?:robot|bot)\b", r"\bnot a robot\b", r"\bprove your humanity\b", r"\bhuman (?:verification|validation)\b", r"\bbot verification\b",
        r"\bsolv(?:e|ing) (?:a |the |this )?(?:re)?captcha\b", r"\bcomplete (?:the|this|a) (?:re)?(?:captcha|challenge|security check)\b", r"\bcomplete (?:the|this) \S{0,20} ?(?:captcha|challenge|test) (?:below|to)\b", r"\bsecurity check (?:required|to access)\b",
        r"\benter the (?:characters|letters|text|numbers|code) (?:you see|shown|below|in the (?:image|picture))\b", r"\b(?:press|click|activate|tap) (?:and|&) hold\b.{0,60}\b(?:human|robot|bot|confirm|account|person)\b", r"\bcaptcha (?:verification )?(?:is )?required\b",
        r"\b(?:no|kein|ist ein) (?:ro)?bot(?:er)?\b.{0,20}(?:bist|sind|best[aä]tig)", r"\bkein(?:e)? (?:ro)?bot(?:er)? (?:bist|sind)\b", r"\bich bin kein roboter\b", r"\bals roboter (?:identifiziert|erkannt)\b", r"\bbist du ein (?:mensch|roboter)\b", r"\bsind sie ein (?:mensch|roboter)\b",
        r"pas (?:un|une) robot", r"êtes[- ]vous (?:un |une )?(?:humain|robot)", r"\bno (?:eres|soy|es) un(?:a)? (?:robot|bot|máquina)\b", r"\beres (?:un )?(?:humano|robot)\b", r"\bnon (?:sei|sono) un robot\b", r"\bnão (?:é|sou) um rob[ôo]\b", r"\bgeen robot\b",
        r"\bnie jeste(?:ś|m) robotem\b", r"\bnie ste robot\b", r"\bnejste robot\b", r"\brobot olmad[ıi]ğ", r"\bnem (?:vagy )?robot\b", r"\bnu (?:sunteți|ești|sunt) (?:un )?robot\b", r"\b(?:inte|ikke) (?:är )?en robot\b", r"\bet ole robotti\b", r"\bkhông phải (?:là )?(?:robot|người máy)\b", r"\bbukan robot\b",
        r"вы не робот|не являетесь роботом|что вы (?:человек|не робот)|я не робот|похожи на автоматические", r"ви не робот", r"δεν είστε ρομπότ", r"לא רובוט|אינך רובוט", r"لست (?:روبوت|برنامج)", r"ロボットではない|人間であること|画像に(?:表示|書)", r"로봇이 아닙|로봇이 아님|자동입력 방지",
        r"(?:完成|通过|进行|請完成|请完成|需要).{0,10}(?:安全|人机|人機|滑动|滑块)?(?:验证|驗證)", r"^(?:.{0,12})(?:安全验证|访问验证|人机验证|身份验证|滑动验证|安全检测|访问异常|安全檢查|人機驗證|環境异常|环境异常)", r"输入验证码|輸入驗證碼|验证码(?:用于|以)|环境异常|请求存在异常|异常请求|您的访问出现异常",
    )),
    ("challenge", (
        r"\bchecking (?:your|the|if the|if your) (?:browser|site connection|connection)\b", r"\bverif(?:y|ying) (?:your browser|(?:if )?your connection|your request)\b", r"\brequest is being (?:verified|checked)\b", r"\bplease wait while we (?:verify|check)\b",
        r"\babout your browser made us think\b", r"\bmade us think (?:that )?you (?:were|might be|are) a (?:ro)?bot\b", r"\bpardon our interruption\b", r"\bredirect(?:ed)? to (?:your|the) requested (?:content|page)\b", r"\banti-?crawler protection\b", r"\b(?:checking|making sure|ensure) (?:that )?you(?:'|’)?(?:re| are) not a bot\b",
        r"\benable javascript and cookies to continue\b", r"\bplease (?:enable|turn on) (?:js|javascript) and (?:disable any ad blocker|reload)\b", r"\bplease,? turn javascript on\b.{0,40}\breload\b", r"\b(?:client|robot|browser) challenge\b", r"\bwait(?:ing)? for verification\b", r"\bddos protection by\b", r"\bestablishing a secure connection\b",
        r"vérification de (?:la )?sécurité", r"vérifie votre navigateur", r"verificaci[oó]n de seguridad|verifica[cç][aã]o de segurança|verifica di sicurezza", r"pensar que eres un bot|parece que (?:eres|es) un (?:ro)?bot", r"browser wird (?:über|ge)prüft|überprüfung (?:ihres|deines) browsers|kein bot bist|sicherheitsüberprüfung", r"g[üu]venlik do[ğg]rulamas[ıi]",
        r"проверка (?:вашего )?браузера|проверяем ваш браузер|проверка безопасности соединения", r"보안 확인|브라우저를? (?:확인|검사)", r"ブラウザを?(?:確認|チェック)しています|セキュリティ(?:確認|検証)を?(?:実行|行)", r"(?:浏览器|瀏覽器).{0,8}(?:安全检查|检查|驗證|检测)|正在(?:进行)?(?:安全)?(?:检查|验证).{0,6}(?:浏览器|连接)", r"sprawdzanie (?:połączenia|przeglądarki)",
    )),
    ("forbidden", (
        rf"\b{_YOU} (?:have|has|had|was|were|is|are)(?: been)?(?: \w+)? {_DONE}\b(?! (?:to|by a vote))", r"\b(?:security|protection|firewall|defen[cs]e) (?:system|service|solution|plugin|software|rule|policy|layer)s?\b.{0,60}\b(?:blocked|flagged|denied|triggered|restrict)", r"\b(?:blocked|flagged|restricted|stopped|denied|dropped) (?:by|due to|because of|for) (?:\w+ ){0,4}(?:security|firewall|waf|malicious|suspicious|suspected|spam|abuse|protection|unusual|automated|defen[cs]e)",
        r"\b(?:has )?triggered a web application firewall\b", r"\b(?:website|web application|web server|webserver|system|seo) firewall\b.{0,80}\b(?:block\w*|denied|geblockt)", r"\b(?:detected|identified|reporting|noticed) (?:an? )?(?:suspicious|unusual|malicious|abnormal) (?:traffic|activity|behaviou?r|requests?)\b", r"\b(?:suspicious|unusual|malicious) (?:traffic |network )?(?:activity|traffic|behaviou?r)\b.{0,60}\b(?:from|your|blocked|detected|ip|network)\b",
        r"\b(?:ip|country|request|access|spider|website|user|traffic|site) (?:address )?(?:is )?blocked\b", r"\b(?:has|been|are|is) (?:temporarily |permanently )?banned\b", r"\b(?:undeclared )?automated (?:tool|request|queries|requests)s?\b.{0,60}(?:detected|outside|from|may be|your|looks|policy|denied|blocked|$)", r"\bsending automated queries\b", r"\bsimilar to automated requests\b",
        r"\bcrawler (?:bot|traffic)\b|\bblocked as a (?:crawler|bot)\b|\bblocked spider\b", r"\byou are (?:a spammer|not (?:allowed|permitted|authori[sz]ed) to (?:access|proceed|view|visit|browse))\b", r"\b(?:proxy|vpn)\b.{0,60}\b(?:blocked|disable|not allowed|forbidden)\b", r"\b(?:potentially|possibl\w+) (?:unsafe|harmful|malicious) (?:operation|request|activity)\b", r"\billegal (?:parameter|request)\b.{0,40}\bblocked\b",
        r"\bunable to (?:access|visit) (?:the (?:web ?)?(?:site|page)|this (?:web ?)?(?:site|page))\b.{0,80}\b(?:block|crowdsec|security|whoops)", r"\bmalicious activity blocked\b", r"\bcurrent session has been terminated\b", r"\baccess (?:to this page )?(?:has been |is )(?:denied|blocked) (?:because|due)", r"\byour client does not supply a proper user-agent\b", r"\bextract information from this website\b|\bwant to crawl\b",
        r"\b(?:request|security) (?:dropped|alert|incident detected|block!)", r"\bthere was a problem providing the content you requested\b", r"\battention required!? \|", r"\bonline threat protection\b", r"\bblocked your ip\b", r"\bbot protection\b", r"\bnot allowed\b.{0,120}\b(?:protection system|ip address)\b", r"\bddos protection message\b",
        r"\b(?:ihre|deine) (?:ip(?:-adresse)?|anfrage|zugriff)\b.{0,40}\b(?:gesperrt|blockiert|abgelehnt|geblockt)\b", r"\banfrage wurde .{0,40}(?:geblockt|blockiert|abgelehnt)\b", r"\bsicherheitssystem .{0,30}blockiert\b", r"\bungewöhnlichen datenverkehr\b", r"\bblockiert durch\b", r"votre (?:adresse )?ip .{0,30}(?:bloquée|bannie)|avez été bloqué|requête a été bloquée|activité inhabituelle",
        r"\b(?:su|tu) (?:direcci[oó]n )?ip .{0,30}(?:bloquead|denegad)|\bha sido bloquead[oa]\b|actividad (?:poco habitual|inusual|sospechosa)|(?:la )?url solicitada ha sido rechazada", r"\bfoi bloquead[oa]\b|\bacesso bloqueado\b|bloqueou sua conex|protege contra ataques|atividade (?:incomum|suspeita)", r"\b(?:indirizzo ip|accesso|richiesta) .{0,30}(?:bloccat[oa])|attività (?:sospetta|insolita)", r"\buw (?:ip-adres|verzoek|toegang) .{0,30}geblokkeerd\b",
        r"доступ (?:к сайту |с вашего ip )?(?:ограничен|заблокирован|запрещ[её]н)|ваш ip.{0,40}(?:заблокирован|забанен)|вы заблокированы|с вашего ip-адреса", r"(?:访问|请求|訪問|請求|ip).{0,24}(?:被|已被|已)(?:阻断|拦截|拒绝|禁止|攔截|阻擋|封禁|屏蔽)|(?:被|已被)(?:管理员|系统|网站).{0,16}(?:阻断|拦截|禁止)|可能对网站造成(?:安全)?威胁|禁止访问", r"(?:アクセス|リクエスト).{0,16}(?:遮断|ブロック|拒否|制限され)|不審なアクセス", r"(?:접근|접속|요청|ip).{0,16}차단|비정상적인 (?:접근|접속|요청)", r"\berişim(?:iniz)? .{0,20}engellen", r"\bdostęp .{0,30}(?:zablokowan|zabronion)\w+|\bżądanie .{0,30}zablokowan", r"\b(?:tua|vostra|sua) richiesta .{0,30}bloccat", r"\bbelieve (?:that )?you are using automation tools\b", r"\b(?:rated|flagged|classified|identified) as (?:suspicious|malicious|harmful|a threat|spam|a bot)\b", r"\bsecurity firewall is activated\b", r"\bif you are not a (?:ro)?bot\b", r"\baccess forbidden\b.{0,4}\d{1,3}\.\d", r"\byou do not have access to \S{3,60}\.[a-z]{2,12}\b", r"\b(?:u bent|je bent) geblokkeerd\b", r"\banti-crawler-schutz\b", r"\berror(?: code)?:? ?10(?:06|07|08|09|10|12|20)\b", r"\bunusual traffic from your\b", r"por razones de seguridad se ha (?:restringido|bloqueado)", r"siz bloklangansiz", r"تم حظر", r"נחסמה|נחסם",
    )),
)  # fmt: skip


# A captcha, and the words with which one is asked for.
CAPTCHA = re.compile(CAPTCHAS, re.IGNORECASE)
# What a visitor shall report: an address, a number of the refusal.
DETAILS = re.compile(
    r"(?i)\b\d{1,3}(?:\.\d{1,3}){3}\b|\b(?:[0-9a-f]{1,4}:){4}|\b(?:ray|incident|reference|request|"
    r"block|event|support|transaction|case|session) ?(?:id|number|code|reason|#)\b|\buser[- ]agent\b"
)
# What stands in the other blocks of a refusal.
BESIDE = re.compile(
    r"(?i)javascript|cookies|browser|\bvpn|proxy|ad ?block|\bip(?:[- ]address)?\b|\b(?:ray|incident|reference|"
    r"request|block|event|support|case) ?(?:id|number|code)\b|\bwhy (?:did|have|am|was)\b|\bwhat (?:happened|"
    r"can i do|does (?:this|that) mean)\b|\bsecurity\b|\bif you (?:think|believe|feel)\b|\bplease (?:wait|contact|try)|"
    r"\bapologi[sz]e\b|\bsorry\b|\bloading\b|\bunlock|\bprotected by\b|\bscrap(?:ing|ers?)\b|\bneed help\b|\bunable to access\b|\bto protect our\b|\bserver ?:|\btime ?:|\bid ?:"
)
# A page that says no more than this.
BARE = re.compile(
    r"(?i)^\W*(?:(?:error |http )?(?:403|406)\W*)?(?:access (?:is )?(?:denied|forbidden|restricted|not allowed)|forbidden|not authori[sz]ed|"
    r"unauthori[sz]ed|request (?:blocked|rejected|denied)|blocked|zugriff verweigert|accès (?:refusé|interdit)|acceso denegado|"
    r"acesso negado|accesso negato|toegang geweigerd|доступ (?:запрещ[её]н|закрыт)|拒绝访问|禁止访问|アクセスが拒否されました|접근이 거부되었습니다)\W*$"
)
ASKS = re.compile(r"(?i)captcha|robot|human|verif|security check|验证|驗證|проверк|認証|보안")


@cache
def refusal_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The kinds with all their patterns as one, in their order."""
    return tuple((kind, re.compile("|".join(f"(?:{p})" for p in patterns), re.IGNORECASE)) for kind, patterns in REFUSALS)  # fmt: skip
