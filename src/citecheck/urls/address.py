"""Web addresses in the three forms that the program needs, never one for all.

- the address to fetch: as cited, userinfo removed, host in A-label form, nothing else changed;
- the identity key: tells whether two citations mean one page (tracking parameters dropped, host and
  scheme folded, dot segments resolved; the order of the query is kept, it can matter);
- the archive key: SURT, only to compare with an archive's index.

Rests on RFC 3986, UTS 46 (idna), the public suffix list with its private section, and the SURT
habits of the Wayback Machine (`www\\d*.` dropped, lower case, sorted query).
"""

from __future__ import annotations

import ipaddress
import re
from functools import cache
from urllib.parse import parse_qsl, quote, unquote, urlsplit, urlunsplit

import idna
from publicsuffixlist import PublicSuffixList

HTTP_SCHEMES = frozenset({"http", "https"})

_TRACKING = re.compile(
    r"(?i)^(utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|twclid|yclid|ysclid|igshid|mc_cid"
    r"|mc_eid|_hsenc|_hsmi|mkt_tok|vero_id|oly_\w+|s_cid|cmpid|__twitter_impression)$"
)
# Names of parameters whose values open something for whoever holds them. A login, a share, a
# signature: shown as an ellipsis, never sent to an archive.
_SECRET = re.compile(
    r"(?i)^(access[_-]?token|auth|auth[_-]?token|authkey|api[_-]?key|apikey|bearer|code|csrf|id_token|jwt|key|"
    r"password|passwd|pass|pwd|refresh[_-]?token|secret|client_secret|session|sessionid|sid|"
    r"phpsessid|jsessionid|share[_-]?token|sharing[_-]?token|sig|signature|sas|se|sp|sv|st|"
    r"token|tok|ticket|hmac|policy|key-pair-id|awsaccesskeyid|googleaccessid|"
    r"x-amz-(signature|credential|security-token)|x-goog-(signature|credential)|"
    r"x-oss-\w+|expires|guestaccesstoken|resourcekey|invite|magic|otp|unlocked_article_code)$"
)
# Session names that servers write as a parameter of the path.
_PATH_SECRET = re.compile(r"(?i)(;(?:jsessionid|phpsessid|sessionid|sid)=)[^;/]+")
# Of these a bare name is too common to mean a secret: they count only beside a signature.
_WEAK_SECRET = frozenset(
    {
        "code",
        "key",
        "se",
        "sp",
        "sv",
        "st",
        "policy",
        "expires",
        "session",
        "sid",
        "pass",
        "auth",
        "invite",
        "magic",
        "ticket",
        "csrf",
        "tok",
        "sas",
    }
)

_USERINFO = re.compile(r"(?i)^([a-z][a-z0-9+.-]*:)?//[^/?#]*@")
_INNER = re.compile(r"(?i)(?<=[/=])(https?:/{1,2})[^/?#&@\s]+@")


class InvalidAddress(ValueError):
    """The text is no address that could be asked for; `str()` says why in a few words."""


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


def host_to_ascii(host: str) -> str:
    """The host in lower-case A-label form; raises InvalidAddress for an impossible name."""
    host = host.rstrip(".")
    if not host:
        raise InvalidAddress("the address has no host")
    try:
        return str(ipaddress.ip_address(host.strip("[]")))
    except ValueError:
        pass
    try:
        ascii_host = host.encode("ascii").decode().lower()
    except UnicodeEncodeError:
        try:
            ascii_host = idna.encode(host, uts46=True).decode("ascii").lower()
        except idna.IDNAError as fault:
            raise InvalidAddress(f"the host name cannot be encoded: {fault}") from None
    if len(ascii_host) > 253 or any(not 0 < len(part) <= 63 for part in ascii_host.split(".")):
        raise InvalidAddress("the host name is too long or has an empty part")
    if not re.fullmatch(r"[a-z0-9._-]+", ascii_host):
        raise InvalidAddress("the host name has a character that no name can have")
    return ascii_host


def fetch_form(url: str) -> str:
    """The address to ask for: whitespace trimmed, userinfo removed, host encoded, the rest as it is
    but for characters that cannot travel (spaces, controls, non-ASCII), which are percent-encoded.

    Raises InvalidAddress where there is nothing that could be asked. Other schemes pass unchanged.
    """
    url = url.strip().replace("\t", "").replace("\n", "").replace("\r", "")
    try:
        url.encode()
    except UnicodeEncodeError:
        raise InvalidAddress("the address cannot be encoded") from None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as fault:
        raise InvalidAddress(_wrong(str(fault))) from None
    scheme = parts.scheme.lower()
    if scheme not in HTTP_SCHEMES:
        if not scheme:
            raise InvalidAddress("the address has no scheme")
        return url
    host = host_to_ascii(parts.hostname or "")
    if ":" in host:
        host = f"[{host}]"
    default = {"http": 80, "https": 443}[scheme]
    netloc = host if port in (None, default) else f"{host}:{port}"
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=-._~[]|")
    query = quote(parts.query, safe="/?%:@!$&'()*+,;=-._~[]{}|^`")
    fragment = quote(parts.fragment, safe="/?%:@!$&'()*+,;=-._~#")
    return urlunsplit((scheme, netloc, path, query, fragment))


def _wrong(said: str) -> str:
    """What urllib finds wrong with an address, in words that quote nothing of it: what it takes
    for a port or a host may be a part of a password."""
    if said.startswith("Port"):
        return "the address has no valid port"
    if "NFKC" in said:
        return "the host name has a character that no name can have"
    return "the address has brackets with no IP address in them"


def host_of(url: str) -> str:
    """The host in lower case, without port and brackets; empty where there is none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".").lower()
    except ValueError:
        return ""


def scheme_of(url: str) -> str:
    try:
        return urlsplit(url).scheme.lower()
    except ValueError:
        return ""


def without_fragment(url: str) -> str:
    return url.partition("#")[0]


def strip_userinfo(url: str) -> str:
    """The address without user name and password, its own and those of an address within it (a copy
    in an archive is addressed by the page's)."""
    return _INNER.sub(r"\1", _USERINFO.sub(r"\1//", url, count=1))


def mask_userinfo(url: str) -> str:
    """The address as printed, with `***` in the place of user name and password."""
    return _INNER.sub(r"\1***@", _USERINFO.sub(r"\1//***@", url, count=1))


def has_userinfo(url: str) -> bool:
    return strip_userinfo(url) != url


def _secret_names(query: str) -> frozenset[str]:
    names = [name for name, _ in parse_qsl(query, keep_blank_values=True)]
    hits = {name for name in names if _SECRET.match(name)}
    strong = {name for name in hits if name.lower() not in _WEAK_SECRET}
    return frozenset(hits if strong else ())


def has_secret(url: str) -> bool:
    """Whether the address carries a token, signature or password in userinfo, query or fragment."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return has_userinfo(url) or "=" in url
    return bool(
        has_userinfo(url)
        or _PATH_SECRET.search(parts.path)
        or _secret_names(parts.query)
        or _secret_names(parts.fragment if "=" in parts.fragment else "")
    )


def redact(url: str) -> str:
    """The address as it may be shown: userinfo gone, values of secret parameters as `…`."""
    url = strip_userinfo(url)
    try:
        parts = urlsplit(url)
    except ValueError:
        # What cannot be taken apart is shown without all that may hold a secret.
        plain, mark, _ = url.partition("?")
        return plain + (mark and "?…")

    def masked(query: str) -> str:
        secret = _secret_names(query)
        if not secret:
            return query
        out = []
        for pair in query.split("&"):
            name, eq, _ = pair.partition("=")
            out.append(f"{name}=…" if eq and unquote(name) in secret else pair)
        return "&".join(out)

    fragment = masked(parts.fragment) if "=" in parts.fragment else parts.fragment
    path = _PATH_SECRET.sub(r"\1…", parts.path)
    return urlunsplit((parts.scheme, parts.netloc, path, masked(parts.query), fragment))


def registrable_domain(host: str) -> str:
    """The registrable domain by the public suffix list (private section included).

    An IP address, a single label and a bare suffix are their own.
    """
    host = host.rstrip(".").lower()
    try:
        ipaddress.ip_address(host.strip("[]"))
        return host
    except ValueError:
        pass
    return _suffixes().privatesuffix(host) or host


def identity(url: str) -> str:
    """A key that is equal for two ways to write one address; never an address to ask for."""
    try:
        parts = urlsplit(fetch_form(url))
    except InvalidAddress:
        return url
    if parts.scheme not in HTTP_SCHEMES:
        return url
    pairs = [p for p in parts.query.split("&") if p and not _TRACKING.match(p.partition("=")[0])]
    path = _dot_segments(_percent_case(parts.path)).rstrip("/") or "/"
    netloc = parts.netloc.removesuffix(":80").removesuffix(":443")
    fragment = parts.fragment if parts.fragment.startswith(("!", "/")) else ""
    return (
        "//"
        + netloc
        + path
        + ("?" + _percent_case("&".join(pairs)) if pairs else "")
        + ("#" + fragment if fragment else "")
    )


def place(url: str) -> str:
    """`identity` with the fragment: tells whether two citations mean one place in a page."""
    return f"{identity(url).partition('#')[0]}#{url.partition('#')[2]}"


def _percent_case(text: str) -> str:
    def one(m: re.Match[str]) -> str:
        char = chr(int(m[1], 16))
        return char if re.match(r"[A-Za-z0-9._~-]", char) else m[0].upper()

    return re.sub(r"%([0-9A-Fa-f]{2})", one, text)


def _dot_segments(path: str) -> str:
    out: list[str] = []
    parts = path.split("/")
    for part in parts[1:]:
        if part == "..":
            if out:
                out.pop()
        elif part != ".":
            out.append(part)
    if parts[-1] in (".", "..") and (not out or out[-1]):
        out.append("")
    return "/" + "/".join(out)


def surt(url: str) -> str:
    """The Sort-friendly URI Reordering Transform of an address, as Wayback's index writes it."""
    parts = urlsplit(fetch_form(url))
    host = re.sub(r"^www\d*\.", "", (parts.hostname or "").lower())
    labels = host.split(".")
    try:
        ipaddress.ip_address(host)
        labels = [host] if ":" in host else labels
    except ValueError:
        pass
    port = f":{parts.port}" if parts.port else ""
    path = _dot_segments(_percent_case(parts.path)).lower()
    if len(path) > 1:
        path = path.rstrip("/")
    query = "&".join(sorted(p for p in parts.query.lower().split("&") if p))
    return ",".join(reversed(labels)) + port + ")" + path + (f"?{query}" if query else "")
