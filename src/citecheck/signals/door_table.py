# ruff: noqa: E501, SIM905 - patterns and phrases are facts, read best on one line
"""Doors by address and by words, in many languages (a table of facts): logins, consent, countries,
links that have run out.

"Sign in" is in the text of four genuine pages of ten and "cookie" in a quarter, so such words count
only in an address, in a title, or where they are all that a page says.
"""

from __future__ import annotations

import re

LOGIN_HOST = re.compile(
    r"^(?:accounts\.google\.com|login\.microsoftonline\.com|login\.live\.com|login\.yahoo\.com|nid\.naver\.com|"
    r"(?:login|signin|sign-in|sso|auth|idp|accounts?|passport|cas|shibboleth|wayf|adfs|sts|identity|oauth|secure-login)\.[^/]+|"
    r"[^/]*\.(?:auth0|okta|onelogin|oktapreview|pingone|b2clogin)\.com|[^/]*\.(?:openathens\.net|seamlessaccess\.org))$"
)
LOGIN_PATH = re.compile(
    r"(?i)/(?:login|log-in|log_in|signin|sign-in|sign_in|logon|log-on|sso|cas/login|oauth2?/authorize|authorize|oauth2?|authwall|"
    r"shibboleth\.sso|idp/profile|idp/startsso\.ping|adfs/ls|saml2?|openathens|wp-login\.php|users/sign_in|account/login|accounts/login|auth/login|user/login|"
    r"protocol/openid-connect/auth|nidlogin\.login|ssostart|wayf|ds|acceso|iniciar-sesion|anmelden|anmeldung|connexion|se-connecter|accedi|inloggen|logga-in|logowanie|vhod|giris|visitor|visitors?/login)(?:[/.;]|$)"
)
# Paths and hosts that are nothing but a login, whatever follows the question mark.
LOGIN_ONLY = re.compile(
    r"(?i)^https?://(?:[^/]*\.(?:openathens\.net|seamlessaccess\.org)/|accounts\.google\.com/|login\.microsoftonline\.com/|wayf\.[^/]+/|[^/]*/(?:wp-login\.php|shibboleth\.sso/|idp/profile/|simplesaml/|cas/login|adfs/ls))"
)
RETURN = frozenset(
    "returnurl return_url return returnto return_to redirect redirect_uri redirecturi redirecturl redirect_url next service returl "
    "relaystate goto target continue url referer referrer dest destination back backurl samlrequest sessionredirect fromuri "
    "client_id retpath from ru origin original_url originalurl target_url targeturl entityid camefrom came_from qurl".split()
)
# The hidden fields by which one site hands a visitor on to another's login.
SSO_FIELDS = re.compile(
    r"(?i)<input\b[^>]{0,300}\bname\s*=\s*[\"']?(?:saml(?:request|response|art)|wresult|wctx|relaystate|id_token|shib_idp_ls_\w{1,40})\b"
)

_LOG_IN = (
    r"(?:please )?(?:log ?-?in|sign ?-?in|log ?on)|anmelden|anmeldung|einloggen|login erforderlich|connexion|se connecter|connectez-vous|identification|iniciar sesi[oó]n|inicio de sesi[oó]n|"
    r"acceder|acceso|accedi|accesso|entrar|iniciar sess[aã]o|inloggen|aanmelden|logga in|log ind|logg inn|kirjaudu(?: sis[aä][aä]n)?|zaloguj si[eę]|logowanie|p[rř]ihl[aá](?:sit se|[sš]en[ií])|bejelentkez[eé]s|"
    r"autentificare|conectare|prijava|giri[sş](?: yap)?|oturum a[cç]|σύνδεση|вход(?: в систему)?|войти|авторизация|вхід|увійти|登录|用户登录|登入|登錄|请登录|会员登录|ログイン|サインイン|로그인|"
    r"تسجيل الدخول|כניסה|התחברות|ورود|đăng nhập|masuk|เข้าสู่ระบบ|लॉग इन"
)
LOGIN_TITLE = re.compile(
    rf"(?i)^(?:(?:{_LOG_IN})(?: (?:to|in|or|bei|required|page|form|into|at|with|via|your|chez|en|på|auf)\b.{{0,60}})?|login • instagram|sign up \| linkedin|sina visitor system|"
    r"cas ?[–—-] ?central authentication service|central authentication service.{0,40}|(?:institutional|member|reader|user|patron|staff|secure) (?:log ?-?in|sign ?-?in)|web login service.{0,60}|"
    r"(?:home )?organi[sz]ation selection|select your (?:home )?(?:organi[sz]ation|institution)|find your (?:organi[sz]ation|institution)|where are you from\??|discovery service|"
    r"google drive: access denied|session (?:expired|timed? ?out)|(?:your )?session has expired|members only|login required|authentication required)"
    r"(?:\s*[|·•–—:‹›«»/,-].{0,80})?$"
)
LOGIN_LAST = re.compile(rf"(?i)[|·•–—:‹›«»-]\s*(?:{_LOG_IN})$")
LOGIN_WORDS = re.compile(
    r"(?i)\byou (?:must|need to|have to|will need to) (?:be )?(?:log(?:ged)?[- ]?(?:in|on)|sign(?:ed)?[- ]?in|registered)\b|\bplease (?:log|sign) ?in (?:again )?to (?:view|continue|access|see|read|proceed)\b|\byou are not logged in\b|"
    r"\b(?:your|the) session (?:has|had) (?:expired|timed out|ended)\b|\bsession (?:expired|timed out)\b|\b(?:registered|logged in) (?:and logged in )?to view this\b|\b(?:restricted|available|limited) (?:only )?to (?:registered )?(?:members|subscribers|users)\b.{0,60}\b(?:log|sign) ?in\b|"
    r"\byou need access\b.{0,40}\bask for access\b|\bselect your (?:home organi[sz]ation|institution)\b|\b(?:loading|continue) (?:login )?session information\b|\bstale request\b|\bauthentication (?:is )?required\b|\blogin (?:is )?required\b|"
    r"(?:ihre|deine) sitzung ist abgelaufen|sitzung abgelaufen|(?:bitte|sie müssen sich) (?:melden sie sich|loggen sie sich|anmelden|einloggen)|votre session a expiré|session expirée|veuillez vous (?:re)?connecter|vous devez (?:être connecté|vous connecter)|"
    r"(?:su|tu) sesi[oó]n ha (?:expirado|caducado)|debe(?:s)? iniciar sesi[oó]n|sua sess[aã]o expirou|la (?:tua |sua )?sessione è scaduta|devi (?:effettuare il login|accedere)|(?:uw|je) sessie is verlopen|je moet (?:ingelogd zijn|inloggen)|"
    r"сессия (?:истекла|устарела)|(?:необходимо|нужно|требуется) (?:войти|авторизоваться|авторизация)|только для зарегистрированных|(?:会话|會話)已?(?:过期|過期|超时)|(?:请|請|需要|您?尚未|您?还?未|您?没有)(?:先|重新)?(?:登录|登錄|登入)|登录后(?:才|方)?可|"
    r"セッションの?有効期限|セッションが切れ|ログインが必要|ログインしてください|로그인이? 필요|세션이 만료|로그인 후 이용|oturumunuz(?:un süresi)? (?:doldu|sona erdi)|giriş yap(?:ın|manız)|sesja wygasła|musisz się zalogować|جلستك|يجب تسجيل الدخول"
)

CONSENT_HOST = re.compile(
    r"^(?:consent|cmp|guce|privacy|privacy-gate|myprivacy|cookies?|cookiewall|toestemming)\.[^/]+$|^[^/]*\.consent\.[^/]+$"
)
CONSENT_PATH = re.compile(
    r"(?i)/(?:privacy-gate|privacygate|cmpv2|consent|copyconsent|collectconsent|cookiewall|cookie-wall|cookie-?consent|cookie-zustimmung|zustimmung|einwilligung|consentement|toestemming|gdpr-consent|gdpr|v2/collectconsent)(?:[/.?]|$)"
)
CONSENT_TITLE = re.compile(
    r"(?i)^(?:before you continue|bevor sie .{0,30}(?:fortfahren|weitergehen)|avant (?:de continuer|d.accéder)|antes de (?:continuar|ir a)|prima di (?:continuare|procedere)|voordat (?:je|u) (?:verdergaat|doorgaat)|innan du fortsätter|zanim przejdziesz|прежде чем продолжить|続行する前に|계속하기 전에|"
    r"your privacy choices|we value your privacy|we care about your privacy|yahoo is part of the yahoo family of brands|yahoo ist teil der yahoo.{0,20}|yahoo fait partie.{0,40}|yahoo (?:forma parte|fa parte).{0,40}|"
    r"cookie[ -]?(?:consent|wall|zustimmung|einstellungen|instellingen)|einwilligung|zustimmung|datenschutz-einstellungen|toestemming|samtykke|gestion des cookies|dpg media privacy gate|.{0,40}privacy[- ]gate$|.{0,80}\bmit werbung oder im pur-abo\b.{0,40})"
)
CONSENT_WORDS = re.compile(
    r"(?i)cookie|\bconsent|\bpartners?\b|\btracking\b|\bpersonal (?:data|information)\b|\bprivacy\b|\badvertis|\bads\b|zustimm|\bstimmen sie\b|einwillig|vie privée|confidentialité|privacidad|datenschutz|werbung|werbe|pur-abo|personenbezog|données personnelles|publicit|partenaires|consent(?:ez|ement)|dati personali|pubblicit|"
    r"datos personales|publicidad|socios|dados pessoais|toestemming|akkoord|advertenties|persoonsgegevens|samtyk|informasjonskaps|personvern|annons|personuppgift|zgod[aęy]|ciasteczk|danych osobowych|prywatno|reklam|souhlas|osobní(?:ch)? údaj|evästee|tietosuoja|"
    r"sutik|adatvédel|μπισκότ|απόρρητ|персональн|файл(?:ы|ов) cookie|çerez|kişisel veri|クッキー|個人情報|广告|隐私|同意|쿠키|개인정보"
)
CONSENT_CHOICE = re.compile(
    r"(?i)\b(?:accept|agree|allow|reject) (?:all|and|cookies)\b|\bi (?:accept|agree)\b|\bmanage (?:preferences|settings|options|privacy|cookies)\b|\bread unlimited with ads\b|\bakzeptier|\bzustimmen\b|\balle (?:akzeptieren|ablehnen)\b|\beinverstanden\b|\b(?:tout )?(?:accepter|refuser)\b|"
    r"\baccett(?:a|o|are)\b|\brifiut|\bacept(?:ar|o|a)\b|\brechaz|\baceitar\b|\bakkoord\b|\baccepteer|\bgodta\b|\bgodkänn|\baccepter\b|\bakceptuj|\bzgadzam|\bprzyjm|\bsouhlasím|\bpřijmout|\belfogad|\bhyväksy|\bkabul et|\bпринять|\bпринимаю|同意する|同意して|接受|모두 동의"
)

GEO = re.compile(
    r"(?i)(?:not|isn['’]t|is not|are not|no longer|un)(?: currently)? ?(?:available|accessible) (?:online )?(?:in|to|for|from) (?:your|(?:visitors|users|readers|people) (?:in|from)|most) "
    r"(?:the )?(?:country|region|location|area|territory|europe|european|eu\b|eea)|"
    r"(?:currently )?unavailable (?:in|to|for) (?:your (?:country|region|location|area)|most european countries|(?:visitors|users|readers) (?:in|from) )|(?:blocked|restricted|restrictions) in your (?:country|region|jurisdiction)|"
    r"access (?:denied )?(?:from|in) your (?:country|region|location)(?: (?:is|has been) (?:not allowed|blocked|denied|restricted))?|(?:cannot|can't|can not) (?:be )?access(?:ed)? (?:this \w+ )?from your (?:country|region)|"
    r"(?:visitors|users|requests|access) from your (?:country|region) (?:are|is) (?:not|blocked)|(?:blocked|banned) (?:access to )?(?:visitors from|your country|the country or region)|\bcountry blocked\b|\bcountry blocker\b|your location \(\w{2}\) has been blocked|\bip address in [A-Z]\w{3,20} is blocked\b|"
    r"we (?:are )?(?:currently )?(?:unable to|cannot) (?:serve|offer|provide).{0,80}(?:european|eea|eu countries|your country)|\bonly works in the (?:uk|us)\b|due to (?:rights|licensing|copyright) (?:issues|restrictions)\b.{0,60}(?:country|region|location|territor)|copyright restrictions in your country|"
    r"attempting to access this website from a country belonging to the european economic area|"
    r"in (?:ihre[mr]|deine[mr]) (?:land|region) (?:leider )?nicht (?:verf[uü]gbar|zug[aä]nglich)|pas (?:disponible|accessible) dans (?:votre (?:pays|r[eé]gion)|votre zone)|no (?:est[aá] |se encuentra )?disponible en (?:su|tu) (?:pa[ií]s|regi[oó]n|ubicaci[oó]n)|n[aã]o est[aá] dispon[ií]vel (?:no|em) seu pa[ií]s|non (?:è )?disponibile nel (?:tuo|suo) paese|niet beschikbaar in (?:uw|jouw) (?:land|regio)|"
    r"недоступ\w{1,3} в (?:вашей стране|вашем регионе)|доступ из (?:вашей страны|вашего региона) (?:ограничен|запрещ)|您所在的(?:国家|地区|區域).{0,20}(?:不可用|无法访问|不支持|无法观看|無法)|お住まいの(?:国|地域).{0,12}(?:ご利用|ご覧|閲覧)|해당 (?:국가|지역)에서(?:는)? (?:이용|시청)"
)
# Withheld by a court or an office, told in words without the status 451.
LEGAL = re.compile(
    r"(?i)доступ к (?:запрашиваемому|информационному|данному) (?:интернет-)?ресурсу (?:ограничен|заблокирован)|ограничен на основании федерального закона|unavailable (?:for|due to) legal reasons|blocked by (?:a )?court order|根据相关法律法规和政策.{0,40}(?:无法|不予)显示"
)
EXPIRED = re.compile(
    r"(?i)<code>(?:expiredtoken|requestexpired)</code>|<message>request has expired|signature not valid in the specified time frame|request signature expired|signed expiry time|"
    r"<code>(?:authenticationfailed|missingkey)</code>|url signature (?:expired|mismatch)|\b(?:this |the |your |share |download |signed )?(?:link|url)(?: you followed)? (?:has|is) (?:now )?(?:expired|been removed|timed out)|\blink expired\b|"
    r"\bthis transfer (?:has )?expired|\btransfer expired\b|\baccess to this (?:document|file|folder) has been removed|"
    r"(?:链接|連結)已(?:过期|失效|過期)|链接不存在|分享(?:已|的文件已经被)(?:过期|取消|失效)|分享(?:的)?文件已(?:过期|被取消|失效)|срок действия ссылки ист[её]к|ссылка (?:устарела|больше не действует)|der link ist (?:leider )?abgelaufen|(?:ce lien|lien)(?: de téléchargement)? (?:a )?expiré|transfert expiré|el enlace ha (?:caducado|expirado)|(?:il )?link è scaduto|o link expirou|リンクの有効期限"
)
PROXY_PAGE = re.compile(
    r"(?i)ezproxy|to allow .{1,200} to be used with .{0,40}proxy|to be used in a starting point url|needhost\.htm|proxy menu database"
)
