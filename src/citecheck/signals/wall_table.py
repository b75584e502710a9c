# ruff: noqa: E501 - patterns and phrases are facts, read best on one line
"""Bot walls by provider (a table of facts): only signatures by which an answer is the wall itself.

What merely shows that a vendor stands in the way (`cf-ray`, `server: AkamaiGHost`, cookies, a
challenge script on a full page) is no wall: it is on genuine pages too, and stands in `TRANSIT`, to
be told beside a refusal. The word "captcha" is in every seventh genuine page, so a captcha without a
vendor's signature counts only on an empty page that is refused. What a page without a vendor's mark
says of itself is read in `refusals`.
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

    `header` is a name and a pattern for its value; `title`, `text` (of the title and the
    visible page), `body` (markup with entities decoded) and `url` are patterns; `statuses` the ones it comes with; `words` the most words that the
    page may have.
    """

    provider: str
    kind: str
    header: tuple[str, str] = ("", "")
    title: str = ""
    text: str = ""
    body: str = ""
    url: str = ""
    statuses: frozenset[int] = frozenset()
    words: int = 0


WALLS: tuple[Wall, ...] = (
    Wall("Cloudflare", "challenge", header=("cf-mitigated", "challenge")),
    Wall("Cloudflare", "challenge", body=r"window\._cf_chl_opt", words=_SMALL),
    Wall("Cloudflare", "challenge", body=r"/cdn-cgi/challenge-platform/h/[a-z]/(?:orchestrate|cv/|flow)|\bchl_page/|__cf_chl_|cf-browser-verification|jschl[-_]answer", words=_SMALL),
    Wall("Cloudflare", "challenge", title=r"^(just a moment|один момент|einen moment|un momento|un instant|请稍候|請稍候|しばらくお待ちください|um momento|bir dakika|잠시만|cierpliwości|chwileczkę|een moment|ett ögonblick|et øyeblik|okamžik|moment\b|mohon tunggu|لحظة|רק רגע)", body=r"cdn-cgi|cf-chl|cloudflare", words=_SMALL),
    Wall("Cloudflare", "challenge", title=r"^just a moment\.\.\.$", statuses=REFUSED),
    Wall("Cloudflare", "forbidden", title=r"^attention required! \| cloudflare"),
    Wall("Cloudflare", "forbidden", body=r"error code:? ?10(06|07|08|09|10|12|20)\b", statuses=REFUSED, words=_SMALL),
    Wall("Cloudflare", "rate-limited", body=r"error code:? ?1015\b|you are being rate limited", statuses=frozenset({403, 429}), words=_SMALL),
    Wall("Cloudflare", "captcha", body=r"/cdn-cgi/l/chk_captcha|cf\.challenge\.js", words=_SMALL),
    Wall("Cloudflare", "geo-blocked", title=r"used cloudflare to restrict access", body=r"error\s*(?:<[^>]{0,80}>\s*)*1009\b"),
    Wall("Cloudflare", "rate-limited", title=r"used cloudflare to restrict access", body=r"error\s*(?:<[^>]{0,80}>\s*)*1015\b"),
    Wall("Cloudflare", "forbidden", title=r"used cloudflare to restrict access$"),
    Wall("AWS WAF", "challenge", header=("x-amzn-waf-action", "challenge")),
    Wall("AWS WAF", "captcha", header=("x-amzn-waf-action", "captcha")),
    Wall("AWS WAF", "challenge", body=r"awswaf\.com|gokuProps", words=50),
    Wall("CloudFront", "geo-blocked", title=r"the request could not be satisfied", body=r"configured to block access from your country"),
    Wall("CloudFront", "forbidden", title=r"the request could not be satisfied", header=("x-cache", "error from cloudfront"), statuses=frozenset({403})),
    Wall("Akamai", "forbidden", title=r"^access denied$", body=r"reference\s*#\s*\d+\.[0-9a-f]+|errors\.edgesuite\.net", words=_SMALL),
    Wall("Akamai", "forbidden", body=r"you don't have permission to access .{1,400}reference\s*#\s*\d+\.[0-9a-f]+", words=_SMALL),
    Wall("Akamai", "forbidden", body=r"reference\s*#\s*18\.[0-9a-f]{6,10}\.\d{9,11}\.[0-9a-f]{4,10}", statuses=REFUSED, words=_SMALL),
    Wall("Akamai", "challenge", body=r"sec-if-cpt-container|bm-verify=|akamai bot manager", words=50),
    Wall("Imperva", "challenge", body=r"incapsula incident id|<iframe[^>]{0,300}/_incapsula_resource", words=50),
    Wall("Imperva", "challenge", body=r"\A[\s\S]{0,400}/_incapsula_resource", words=2),
    Wall("Imperva", "forbidden", body=r"incident id:? ?\d[\d-]{8,}.{0,200}(?:imperva|incapsula)", statuses=REFUSED, words=_SMALL),
    Wall("Imperva", "forbidden", title=r"^error$", body=r"this page can't be displayed\. contact support for additional information.{0,80}incident id", words=60),
    Wall("DataDome", "captcha", body=r"captcha-delivery\.com/[ci]\.js|[\"']host[\"']:[\"']geo\.captcha-delivery", words=_EMPTY),
    Wall("DataDome", "captcha", body=r"captcha-delivery\.com", words=10),
    Wall("DataDome", "captcha", header=("x-dd-b", r"^[12]$"), statuses=REFUSED),
    Wall("PerimeterX", "captcha", body=r"(?:press|activate|click) (?:&|and) hold.{0,80}(?:human|robot|confirm)|challengehelp@humansecurity\.com|perimeterx\.com/whywasiblocked|captcha\.px-cdn\.net", words=_SMALL),
    Wall("PerimeterX", "captcha", body=r"px-captcha", text=r"\bhuman\b|robot|\bbots?\b|access (?:to this page )?(?:has been )?(?:denied|blocked)|automat", words=_SMALL),
    Wall("PerimeterX", "captcha", body=r"px-captcha", words=20, statuses=REFUSED),
    Wall("Kasada", "challenge", header=("x-kpsdk-ct", "."), statuses=REFUSED, words=50),
    Wall("Kasada", "challenge", body=r"/ips\.js\?|kpsdk", statuses=REFUSED, words=50),
    Wall("Radware", "challenge", url=r"^https?://validate\.perfdrive\.com/"),
    Wall("Radware", "captcha", title=r"^radware (?:bot manager )?(?:captcha|block) ?(?:page)?$", words=200),
    Wall("Radware", "challenge", body=r"perfdrive\.com|shieldsquare", words=_SMALL),
    Wall("F5", "forbidden", body=r"the requested url was rejected\. please consult with your administrator", words=_SMALL),
    Wall("F5", "forbidden", title=r"^request rejected$", body=r"\b\d{10,25}\b", words=60),
    Wall("F5", "challenge", body=r"/tspd/|bobcmn|_tspd_", words=40),
    Wall("Shape", "challenge", body=r"istlwashere|_imp_apg_r_", words=40),
    Wall("Sucuri", "forbidden", title=r"sucuri website firewall.{0,20}access denied"),
    Wall("Sucuri", "forbidden", header=("x-sucuri-block", ".")),
    Wall("Sucuri", "challenge", body=r"sucuri_cloudproxy_js", words=40),
    Wall("GoDaddy firewall", "forbidden", title=r"^godaddy (?:security|website firewall).{0,20}access denied", words=_SMALL),
    Wall("Vercel", "challenge", header=("x-vercel-mitigated", "challenge")),
    Wall("Vercel", "forbidden", header=("x-vercel-mitigated", "deny")),
    Wall("Vercel", "challenge", title=r"^vercel security checkpoint$"),
    Wall("Anubis", "challenge", body=r"id=[\"']?anubis_(?:challenge|version)|/\.within\.website/x/cmd/anubis/", words=_SMALL),
    Wall("Anubis", "challenge", title=r"^making sure you('|’)re not a bot!?$"),
    Wall("go-away", "challenge", body=r"/\.well-known/\.git\.gammaspectra\.live/|go-away/cmd/go-away/assets", words=_SMALL),
    Wall("DDoS-Guard", "challenge", header=("server", "ddos-guard"), body=r"/\.well-known/ddos-guard/|check\.ddos-guard\.net", words=_SMALL),
    Wall("DDoS-Guard", "challenge", title=r"^ddos-guard$", words=_SMALL),
    Wall("Qrator", "challenge", body=r"/__qrator/qauth", words=_SMALL),
    Wall("Variti", "challenge", body=r"variti\.io|window\.__varity", statuses=REFUSED, words=_SMALL),
    Wall("ServicePipe", "challenge", body=r"servicepipe\.ru/static/checkjs|id_captcha_frame_div", words=_SMALL),
    Wall("StormWall", "challenge", body=r"stormwall|cf2_hash|_jdddpz", statuses=frozenset({200, 403, 503}), words=30),
    Wall("Aliyun", "forbidden", body=r"errors\.aliyun\.com|alicdn\.com/sd-base/static|block_message.{0,200}aliyun", statuses=frozenset({405, 403}), words=_SMALL),
    Wall("Aliyun", "captcha", body=r"punish\?x5secdata|x5secdata=|aliyun_waf_aa|acw_sc__v2|arg1='[0-9A-F]{20}", words=_EMPTY),
    Wall("Tencent", "forbidden", body=r"waf\.tencent-cloud\.com/403page|waf\.tencent\.com/403", words=_SMALL),
    Wall("Tencent", "captcha", body=r"captcha\.gtimg\.com|turing\.captcha\.qcloud\.com|TencentCaptcha", words=_EMPTY),
    Wall("Yunsuo", "challenge", body=r"yunsuo_session|security_verify_data", words=_EMPTY),
    Wall("Ruishu", "challenge", body=r"\$_ts\s*=\s*window\[|\$_ts\.nsd", words=10),
    Wall("Yunjiasu", "challenge", body=r"/\.well-known/yunjiasu-cgi/", words=_SMALL),
    Wall("Jiasule", "challenge", body=r"jsl_clearance|__jsluid|static\.jiasule\.com/static/js/http_error", words=40),
    Wall("360", "forbidden", body=r"wzws-waf-cgi|360wzws|wangzhan\.360\.cn", statuses=REFUSED | {493}),
    Wall("SafeLine", "challenge", body=r"safeline.{0,40}(challenge|waf)|雷池", statuses=frozenset({403, 405, 468}), words=_SMALL),
    Wall("Baidu", "captcha", title=r"^(百度)?安全验证$|^百度安全验证"),
    Wall("Baidu", "captcha", url=r"^https?://wappass\.baidu\.com/static/captcha"),
    Wall("Baidu", "captcha", body=r"wappass\.baidu\.com/static/captcha|mkd_v2_link|网络不给力，请稍后重试", words=_EMPTY),
    Wall("Weibo", "login", title=r"^sina visitor system$"),
    Wall("Yandex", "captcha", url=r"^https?://[^/]*yandex\.[a-z.]+/showcaptcha"),
    Wall("Yandex", "captcha", body=r"smartcaptcha\.yandexcloud\.net|checkbox-captcha", words=_EMPTY),
    Wall("Sogou", "captcha", url=r"^https?://[^/]*sogou\.com/antispider"),
    Wall("WeChat", "captcha", body=r"secitptpage/verify|wappoc_appmsgcaptcha", words=_SMALL),
    Wall("CNKI", "captcha", url=r"^https?://[^/]*cnki\.net/verify/"),
    Wall("Google", "captcha", body=r"id=[\"']captcha-form[\"']|id=[\"']gs_captcha_(?:ccl|f)", words=_SMALL),
    Wall("Google", "captcha", url=r"^https?://[^/]*google\.[a-z.]+/sorry/"),
    Wall("Amazon", "captcha", body=r"/errors/validatecaptcha|csm-captcha-instrumentation", words=_SMALL),
    Wall("Amazon", "forbidden", body=r"to discuss automated access to amazon data", words=_SMALL),
    Wall("Bloomberg", "captcha", url=r"^https?://www\.bloomberg\.com/tosv2\.html"),
    Wall("Reddit", "challenge", body=r"name=[\"']js_challenge[\"']", words=40),
    Wall("Reddit", "forbidden", body=r"blocked by network security", words=_SMALL),
    Wall("Wordfence", "forbidden", body=r"generated by wordfence|your access to this site has been limited", statuses=REFUSED, words=400),
    Wall("ModSecurity", "forbidden", body=r"this error was generated by mod_security", words=_SMALL),
    Wall("FortiWeb", "forbidden", body=r"fortiweb|fgd_icon|attack id:.{0,10}\d{5}", statuses=REFUSED | {500}, words=_SMALL),
    Wall("Barracuda", "forbidden", body=r"barracuda.{0,40}(waf|firewall)|barra_counter_session", statuses=REFUSED, words=_SMALL),
    Wall("BitNinja", "captcha", title=r"bitninja|^waiting for the redirectiron", words=300),
    Wall("Azure", "challenge", title=r"^azure waf$", words=_SMALL),
    Wall("Azure", "challenge", body=r"azwaf_jsclearance|afd_azwaf", words=_SMALL),
    Wall("Azure", "forbidden", header=("x-azure-ref", "."), body=r"<h2>\s*the request is blocked", statuses=REFUSED, words=60),
    Wall("NetScaler", "forbidden", body=r"violation category.{0,5}appfw_|appfw session id", words=_SMALL),
    Wall("StackPath", "challenge", title=r"^stackpath$", words=_SMALL),
    Wall("Reblaze", "challenge", body=r"window\.rbzns|winsocks\(\)", words=40),
    Wall("Distil", "captcha", body=r"distilcaptchaform|distil_r_captcha|distilcallbackguard", words=200),
    Wall("Antibot", "challenge", title=r"^antibot challenge page", words=60),
    Wall("CleanTalk", "challenge", body=r"anti-crawler protection.{0,400}cleantalk|ddos protection by cleantalk|spamfirewall is activated", words=200),
    Wall("CrowdSec", "forbidden", body=r"security check has been powered by\s*(?:<[^>]{0,200}>\s*)*crowdsec", words=_SMALL),
    Wall("NinjaFirewall", "forbidden", title=r"^ninjafirewall", words=_SMALL),
    Wall("CIDRAM", "forbidden", body=r"script version: cidram", words=300),
    Wall("Shield Security", "forbidden", title=r"\bshield ?pro$|you were blocked by the shield", words=400),
    Wall("SiteGround", "captcha", url=r"/\.well-known/sgcaptcha/"),
    Wall("SiteGround", "captcha", body=r"sgchallenge\s*=", words=60),
    Wall("DenyAll", "forbidden", body=r"condition intercepted", statuses=REFUSED, words=40),
    Wall("Barracuda", "forbidden", body=r"barracuda networks", words=40),
    Wall("Deflect", "challenge", body=r"is protected by deflect\.ca|deflect_chall", words=_SMALL),
    Wall("Imunify360", "challenge", body=r"id=[\"']wsidchk(?:-form)?[\"']", words=_SMALL),
    Wall("Imunify360", "captcha", body=r"imunify360|powered by webshield", words=_EMPTY),
    Wall("SiteGround", "captcha", body=r"/\.well-known/sgcaptcha/"  , words=_EMPTY),
    Wall("Fastly", "challenge", body=r"/_fs-ch-[0-9a-z]+/|fastly_challenge", words=_EMPTY),
    Wall("Bunny Shield", "challenge", body=r"/\.bunny-shield/|bunny shield", words=_SMALL),
    Wall("Oracle WAF", "challenge", body=r"oraclecloud waf|_zgwaf|zenedge", words=_EMPTY),
    Wall("Literatum", "challenge", url=r"^https?://[^/]+/action/cookieAbsent"),
    Wall("Nginx testcookie", "challenge", body=r"slowaes|toNumbers\(.{0,200}__test=", words=40),
    Wall("captcha", "captcha", body=CAPTCHAS, statuses=REFUSED, words=_EMPTY),
)  # fmt: skip

# Marks that a vendor stands in the way: a header and a pattern for its value. They are on genuine
# pages as well, prove nothing, and are told beside a refusal so that a person knows whom to ask.
TRANSIT: tuple[tuple[str, str, str], ...] = (
    ("Cloudflare", "cf-ray", "."), ("Cloudflare", "server", r"^cloudflare"),
    ("Akamai", "server", r"^akamai"), ("Akamai", "set-cookie", r"\b(?:_abck|ak_bmsc|bm_sz|bm_mi)="),
    ("Akamai", "akamai-grn", "."), ("Imperva", "x-iinfo", "."), ("Imperva", "x-cdn", r"incapsula|imperva"),
    ("Imperva", "set-cookie", r"\b(?:incap_ses_|visid_incap_|reese84=)"), ("DataDome", "x-datadome", "."),
    ("DataDome", "server", "^datadome"), ("DataDome", "set-cookie", r"\bdatadome="), ("HUMAN", "set-cookie", r"\b_px(?:hd|3|vid)?="),
    ("Kasada", "x-kpsdk-ct", "."), ("Sucuri", "x-sucuri-id", "."), ("Sucuri", "server", "^sucuri"),
    ("F5", "set-cookie", r"\bTS[0-9a-f]{6,8}="), ("F5", "server", r"^big-?ip"), ("AWS WAF", "set-cookie", "aws-waf-token="),
    ("CloudFront", "x-amz-cf-id", "."), ("CloudFront", "via", r"cloudfront\.net"), ("Vercel", "x-vercel-id", "."),
    ("Fastly", "x-served-by", r"^cache-[a-z]{3}"), ("DDoS-Guard", "server", "^ddos-guard"), ("Qrator", "server", "^qrator"),
    ("Variti", "server", "^variti"), ("Azure", "x-azure-ref", "."), ("Aliyun", "set-cookie", r"\bacw_(?:tc|sc__v2)="),
    ("Wallarm", "server", "wallarm"), ("Imunify360", "server", "^imunify360"), ("Link11", "server", "^rhino-core-shield"),
    ("Jiasule", "set-cookie", "__jsluid"), ("Tencent", "server", "^tencent-?waf|^stgw"), ("ArvanCloud", "server", "^arvancloud"),
    ("StackPath", "x-sp-waf", "."), ("Reblaze", "set-cookie", r"\brbzid="), ("Bunny", "server", "^bunnycdn"),
    ("Barracuda", "set-cookie", r"\b(?:barra_counter_session|BN[IE]S?_)"), ("FortiWeb", "set-cookie", "^FORTIWAFSID="),
    ("NetScaler", "set-cookie", r"\b(?:citrix_ns_id|NSC_)"), ("Wordfence", "set-cookie", "^wfvt_"), ("Huawei", "set-cookie", "^HWWAFSESID="),
)  # fmt: skip
