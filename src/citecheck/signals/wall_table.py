# ruff: noqa: E501 - patterns and phrases are facts, read best on one line
"""Bot walls by provider (a table of facts): only signatures by which an answer is the wall itself.

What merely shows that a vendor stands in the way (`cf-ray`, `server: AkamaiGHost`, cookies, a
challenge script on a full page) is left out: it is on genuine pages too. The word "captcha" is in
every seventh genuine page, so a captcha without a vendor's signature counts only on an empty page.
"""

from __future__ import annotations

from dataclasses import dataclass

REFUSED = frozenset({401, 403, 405, 406, 418, 429, 503})
CAPTCHAS = (
    r"g-recaptcha|h-captcha|hcaptcha\.com/1/api\.js|cf-turnstile|recaptcha/api\.js|geetest|friendlycaptcha|"
    r"altcha-widget"
)
_EMPTY = 60
_SMALL = 150


@dataclass(frozen=True, slots=True)
class Wall:
    """All conditions that are set must hold. `kind` is a reason of `blocked`.

    `header` is a name and a pattern for its value; `title`, `body` and `url` are patterns (the body is
    markup with entities decoded); `text` one for the visible text; `statuses` the ones it comes with; `words` the most words that
    the visible page may have.
    """

    provider: str
    kind: str
    header: tuple[str, str] = ("", "")
    title: str = ""
    body: str = ""
    text: str = ""
    url: str = ""
    statuses: frozenset[int] = frozenset()
    words: int = 0


WALLS: tuple[Wall, ...] = (
    Wall("Cloudflare", "challenge", header=("cf-mitigated", "challenge")),
    Wall("Cloudflare", "challenge", body=r"window\._cf_chl_opt", words=_SMALL),
    Wall("Cloudflare", "challenge", title=r"^(just a moment|один момент|einen moment|un momento|un instant|请稍候|しばらくお待ちください)", body=r"cdn-cgi|cf-chl|cloudflare", words=_SMALL),
    Wall("Cloudflare", "challenge", title=r"^just a moment\.\.\.$", statuses=REFUSED),
    Wall("Cloudflare", "forbidden", title=r"^attention required! \| cloudflare"),
    Wall("Cloudflare", "forbidden", body=r"error code:? ?10(06|07|08|09|10|12|20)\b", statuses=REFUSED, words=_SMALL),
    Wall("Cloudflare", "rate-limited", body=r"error code:? ?1015\b|you are being rate limited", statuses=frozenset({403, 429}), words=_SMALL),
    Wall("AWS WAF", "challenge", header=("x-amzn-waf-action", "challenge")),
    Wall("AWS WAF", "captcha", header=("x-amzn-waf-action", "captcha")),
    Wall("AWS WAF", "challenge", body=r"awswaf\.com|gokuProps", words=50),
    Wall("CloudFront", "forbidden", title=r"the request could not be satisfied", header=("x-cache", "error from cloudfront"), statuses=frozenset({403})),
    Wall("Akamai", "forbidden", title=r"^access denied$", body=r"reference\s*#\s*\d+\.[0-9a-f]+|errors\.edgesuite\.net", words=_SMALL),
    Wall("Akamai", "forbidden", body=r"you don't have permission to access .{1,400}reference\s*#\s*\d+\.[0-9a-f]+", words=_SMALL),
    Wall("Akamai", "challenge", body=r"sec-if-cpt-container|bm-verify=|akamai bot manager", words=50),
    Wall("Imperva", "challenge", body=r"incapsula incident id|/_incapsula_resource", words=50),
    Wall("DataDome", "captcha", body=r"(geo|ct|interstitial)\.captcha-delivery\.com", words=_EMPTY),
    Wall("DataDome", "captcha", header=("x-dd-b", r"^[12]$"), statuses=REFUSED),
    Wall("PerimeterX", "captcha", body=r"press (&|and) hold|perimeterx\.com/whywasiblocked|px-captcha|captcha\.px-cdn\.net", words=_SMALL),
    Wall("Kasada", "challenge", header=("x-kpsdk-ct", "."), statuses=REFUSED, words=50),
    Wall("Kasada", "challenge", body=r"/ips\.js\?|kpsdk", statuses=REFUSED, words=50),
    Wall("Radware", "challenge", url=r"^https?://validate\.perfdrive\.com/"),
    Wall("Radware", "challenge", body=r"perfdrive\.com|shieldsquare", words=_SMALL),
    Wall("F5", "forbidden", body=r"the requested url was rejected\. please consult with your administrator", words=_SMALL),
    Wall("F5", "challenge", body=r"/tspd/|bobcmn|_tspd_", words=40),
    Wall("Sucuri", "forbidden", title=r"sucuri website firewall.{0,20}access denied"),
    Wall("Sucuri", "forbidden", header=("x-sucuri-block", ".")),
    Wall("Sucuri", "challenge", body=r"sucuri_cloudproxy_js", words=40),
    Wall("Vercel", "challenge", header=("x-vercel-mitigated", "challenge")),
    Wall("Vercel", "forbidden", header=("x-vercel-mitigated", "deny")),
    Wall("Vercel", "challenge", title=r"^vercel security checkpoint$"),
    Wall("Anubis", "challenge", body=r"id=[\"']?anubis_challenge|/\.within\.website/x/cmd/anubis/", words=_SMALL),
    Wall("Anubis", "challenge", title=r"^making sure you('|’)re not a bot!?$"),
    Wall("go-away", "challenge", body=r"/\.well-known/\.git\.gammaspectra\.live/|go-away/cmd/go-away/assets", words=_SMALL),
    Wall("DDoS-Guard", "challenge", header=("server", "ddos-guard"), body=r"/\.well-known/ddos-guard/|check\.ddos-guard\.net", words=_SMALL),
    Wall("DDoS-Guard", "challenge", title=r"^ddos-guard$", words=_SMALL),
    Wall("Qrator", "challenge", body=r"/__qrator/qauth", words=_SMALL),
    Wall("Variti", "challenge", body=r"variti\.io|window\.__varity", statuses=REFUSED, words=_SMALL),
    Wall("ServicePipe", "challenge", body=r"servicepipe\.ru/static/checkjs|id_captcha_frame_div", words=_SMALL),
    Wall("StormWall", "challenge", body=r"stormwall|cf2_hash|_jdddpz", statuses=frozenset({200, 403, 503}), words=30),
    Wall("Aliyun", "forbidden", body=r"errors\.aliyun\.com|block_message.{0,200}aliyun", statuses=frozenset({405, 403}), words=_SMALL),
    Wall("Aliyun", "captcha", body=r"punish\?x5secdata|x5secdata=|aliyun_waf_aa|acw_sc__v2|arg1='[0-9A-F]{20}", words=_EMPTY),
    Wall("Tencent", "forbidden", body=r"waf\.tencent-cloud\.com/403page|waf\.tencent\.com/403"),
    Wall("Tencent", "captcha", body=r"captcha\.gtimg\.com|turing\.captcha\.qcloud\.com|TencentCaptcha", words=_EMPTY),
    Wall("Yunsuo", "challenge", body=r"yunsuo_session|security_verify_data", words=_EMPTY),
    Wall("Jiasule", "challenge", body=r"__jsl_clearance|__jsluid|static\.jiasule\.com/static/js/http_error", words=40),
    Wall("360", "forbidden", body=r"wzws-waf-cgi|360wzws|wangzhan\.360\.cn", statuses=REFUSED | {493}),
    Wall("SafeLine", "challenge", body=r"safeline.{0,40}(challenge|waf)|雷池", statuses=frozenset({403, 405, 468}), words=_SMALL),
    Wall("Baidu", "captcha", title=r"^(百度)?安全验证$|^百度安全验证"),
    Wall("Baidu", "captcha", url=r"^https?://wappass\.baidu\.com/static/captcha"),
    Wall("Baidu", "captcha", body=r"wappass\.baidu\.com/static/captcha|mkd_v2_link|网络不给力，请稍后重试", words=_EMPTY),
    Wall("verification page", "captcha", title=r"^(.{0,12})?(安全验证|访问验证|人机验证|身份验证|滑动验证|安全检测|访问异常|验证码|安全檢查|人機驗證)(页面|中心|_.{0,12}| - .{0,12})?$", words=200),
    Wall("Weibo", "login", title=r"^sina visitor system$"),
    Wall("Yandex", "captcha", url=r"^https?://[^/]*yandex\.[a-z.]+/showcaptcha"),
    Wall("Yandex", "captcha", body=r"smartcaptcha\.yandexcloud\.net|checkbox-captcha", words=_EMPTY),
    Wall("Google", "captcha", url=r"^https?://[^/]*google\.[a-z.]+/sorry/"),
    Wall("Reddit", "forbidden", body=r"blocked by network security", words=_SMALL),
    Wall("Wordfence", "forbidden", body=r"generated by wordfence|your access to this site has been limited", statuses=REFUSED, words=400),
    Wall("ModSecurity", "forbidden", body=r"this error was generated by mod_security", words=_SMALL),
    Wall("FortiWeb", "forbidden", body=r"fortiweb|fgd_icon|attack id:.{0,10}\d{5}", statuses=REFUSED | {500}, words=_SMALL),
    Wall("Barracuda", "forbidden", body=r"barracuda.{0,40}(waf|firewall)|barra_counter_session", statuses=REFUSED, words=_SMALL),
    Wall("BitNinja", "captcha", title=r"bitninja", words=300),
    Wall("Imunify360", "captcha", body=r"imunify360|powered by webshield|one moment, please\.\.\.", words=_EMPTY),
    Wall("SiteGround", "captcha", body=r"/\.well-known/sgcaptcha/"  , words=_EMPTY),
    Wall("Fastly", "challenge", body=r"/_fs-ch-[0-9a-z]+/|fastly_challenge", words=_EMPTY),
    Wall("Bunny Shield", "challenge", body=r"/\.bunny-shield/|bunny shield", words=_SMALL),
    Wall("Oracle WAF", "challenge", body=r"oraclecloud waf|_zgwaf|zenedge", words=_EMPTY),
    Wall("Literatum", "challenge", url=r"^https?://[^/]+/action/cookieAbsent"),
    Wall("Nginx testcookie", "challenge", body=r"slowaes|toNumbers\(.{0,200}__test=", words=40),
    Wall("robot check", "captcha", title=r"^(robot check|are you a (human|robot)\??|are you human\??|human verification|security check|verify(ing)? (that )?you are (a )?human|bot verification|captcha|please verify you are (a )?human|pardon our interruption|prove your humanity|access to this page has been denied\.?|вы не робот\??|проверка браузера|bist du ein mensch\??)", words=200),
    Wall("robot check", "challenge", title=r"^(checking your browser|please wait\.\.\. \| cloudflare|ddos protection|browser check|please wait while we verify|client challenge|verifying your browser|one moment, please)", words=_SMALL),
    Wall("captcha", "captcha", body=CAPTCHAS, statuses=REFUSED, words=_EMPTY),
    Wall("captcha", "captcha", body=CAPTCHAS, text=r"captcha|robot|human|verif|security check|验证|驗證|проверк|認証|보안", statuses=frozenset({200, 202}), words=40),
)  # fmt: skip
