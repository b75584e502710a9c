# ruff: noqa: E501 - the texts are a table with one line an entry
"""What every state and every reason means, how it is decided, and what to do: the one place.

`citecheck explain` prints these texts and the reports take their titles from here.
"""

from __future__ import annotations

import difflib
import textwrap
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Explanation:
    """`kind` is `state` or `reason`; `state` the state that a reason belongs to (for a state:
    itself). The texts are plain English sentences; `title` is a few words."""

    name: str
    kind: str
    state: str
    title: str
    meaning: str
    decided: str
    todo: str


Texts = tuple[str, str, str, str]

STATE_ROWS: dict[str, Texts] = {
    "ok": (
        "Fine",
        "The address answers with content that fits.",
        "A good answer in which nothing speaks against the page being the one that was cited.",
        "Nothing. Reasons other than plain ok tell what is worth knowing.",
    ),
    "moved": (
        "Moved for good",
        "The page is there, under another address.",
        "Every redirect on the way is permanent (301, 308), the last page is well, and its title does not contradict the citation. Temporary redirects and resolvers of DOIs, handles and PURLs are ok instead.",
        "Change the address in the document to the suggested one.",
    ),
    "changed": (
        "Changed",
        "The page answers, but its main text is materially different from the one first seen.",
        "The main text is compared, in runs of four words, with the baseline: the first good page that was seen. Dates, counters and the site's frame are left out.",
        "Compare the page with the archived copy and cite the copy where the page no longer supports the citation.",
    ),
    "mismatch": (
        "Another work",
        "The page answers, and it is certainly not the work that is cited.",
        "An identifier or the title contradicts the citation, and no other sign speaks for it. Other languages, short titles, lists and parts of larger works are never called a mismatch.",
        "Correct the address in the document, or the citation.",
    ),
    "dead": (
        "Dead",
        "The page is gone: link rot.",
        "Only on proof: the server says so twice, the name does not exist or is for sale, an error page in disguise, a way that ends at the home page, or failures on several days. Where a page that was well shows an error page or another text, it is fetched once more in the same run; if the second visit finds something else, the better finding is told, with low confidence.",
        "Cite an archived copy, or find the page's new address.",
    ),
    "blocked": (
        "Blocked",
        "The site refused this program; a person may still get in. Nothing is known about rot.",
        "A refusal, a test for robots, a login or a question came instead of the page.",
        "Open the address in a browser to see whether the page is there.",
    ),
    "unreachable": (
        "Unreachable now",
        "The visit failed; the page may be back.",
        "No usable answer came. One failed visit is not rot: failures of the connection count as strikes at least three days apart, and three make the link dead.",
        "Wait for the next run; with --max-age, too, a link that fails is visited again after a day. Open the address in a browser if it matters now. A link that is well again says since when it was away; one that has gone to and fro three times within thirty days says so, too, and is news again only when something else is found or it has settled.",
    ),
    "unchecked": (
        "Not checked",
        "The link was not visited.",
        "The settings, the kind of address or the end of the run kept it from being visited.",
        "See the reason; nothing is concluded about the page.",
    ),
}

_BROWSER = "Open the address in a browser to see whether the page is there."
_BY_SCRIPT = "Open the address in a browser to see whether the page is there; --browser does so with an installed Chromium."
_LATER = "Nothing now: the next run looks again. Three such failures, each at least three days after the last, make it dead."
_ARCHIVED = "Cite the suggested archived copy, or find the page's new address."

REASON_ROWS: dict[str, dict[str, Texts]] = {
    "ok": {
        "ok": ("Fine", "The page answers with content that fits.", "A good answer, no sign against it, and the text first seen, where there is one to compare with. A DOI, handle or URN:NBN whose registry redirects it to a page that refuses robots is fine with medium or low confidence: it is registered, and its page was not seen.", "Nothing."),
        "ok-edited": ("Fine, edited a little", "The text has changed a little since it was first seen.", "At least four fifths of the old text's four-word runs are still there, or the difference cannot be weighed (too short a text, a teaser, a home page).", "Nothing, unless the cited passage is the one that was edited."),
        "ok-insecure": ("Fine, without https", "The page answers only over plain http, where anybody on the way can alter it.", "The final address begins with http.", "Try the address with https in a browser; cite that if it works."),
        "ok-paywalled": ("Fine, behind a paywall", "The page is there, but its text is only for subscribers.", "The page declares it: isAccessibleForFree is false in its JSON-LD, or its content tier is locked or metered.", "Nothing. Its text is not compared, so changes are not noticed."),
        "ok-too-large": ("Fine, too large to compare", "The file is there and larger than the limit.", "The body was cut off at --max-bytes.", "Raise --max-bytes if changes of this file matter."),
        "ok-fragment-missing": ("Fine, the place in it is gone", "The page is there, but no place in it has the name after the #, or the passage of a text fragment (#:~:text=…) is not in its text.", "No id or name of that spelling is in the page and no script of it could make one; or the letters of the passage are nowhere in it.", "Look for the passage in the page and correct the part after the #."),
    },
    "moved": {
        "redirected": ("Moved on the same site", "The page has a new address on the same host.", "Every redirect is permanent and the host stays the same.", "Change the address in the document to the suggested one."),
        "https-upgrade": ("Moved to https", "The same address, with https.", "A permanent redirect that changes nothing but the scheme.", "Change http to https in the document."),
        "host-moved": ("Moved to another host", "The page has a new address on another host.", "Every redirect is permanent and the final host is another one.", "Look that it is the same page, then change the address in the document."),
    },
    "changed": {
        "content-changed": ("Text changed", "A good part of the text is another one now.", "Between a tenth and four fifths of the old text's four-word runs are still there; lower confidence where the text is short.", "Compare the page with the archived copy; cite the copy if the passage you rely on is gone."),
        "content-replaced": ("Text replaced", "The address shows another text now.", "Less than a tenth of the old text's four-word runs are still there.", "Cite the archived copy of what you read."),
        "quote-missing": ("Quoted words are gone", "Words that the document quotes stood on this page and are there no longer.", "The hashed runs of the quoted words were in the text first seen and are not in the present one.", "Compare with the archived copy, and cite the copy."),
        "usurped": ("Somebody else's page", "The address is used by somebody else now, often for gambling or advertising.", "Title, heading and description advertise a trade (gambling, pills, loans, ...) that the cited title does not speak of. Where there is a baseline, its text and title are gone as well; at first sight the page must also make offers to its reader, as no work on the trade does, the cited title must be known and be nowhere on the page, and the confidence is medium.", "Remove the link, and cite an archived copy."),
    },
    "mismatch": {
        "title-mismatch": ("Another title", "The page is another work than the citation says.", "At least 80 words of text in the citation's language and script, a cited title of four or more telling words, no candidate title near it, none of its word runs and no author's name in the text.", "Open the page; correct the address or the title in the document."),
        "identifier-mismatch": ("Another DOI", "The page names a DOI that is not the cited one, and its title differs too.", "The page's own metadata against the DOI of the citation.", "Correct the DOI or the address in the document."),
    },
    "dead": {
        "http-404": ("Not found", "The server says that it has no such page.", "Status 404 twice in the same run, the second time by a fresh, plain request at least two seconds later.", _ARCHIVED),
        "http-410": ("Removed", "The server says that the page was removed for good.", "Status 410, confirmed like a 404.", _ARCHIVED),
        "soft-404": ("Not found, in disguise", "The server answers as if all were well, but the page says that it does not exist.", "One decisive sign (the address of an error page, an error shell, the same answer for an invented address), or a whole not-found phrase in title or heading together with another sign. A page that shows the cited title is never called so.", _ARCHIVED),
        "redirect-to-home": ("Leads to the home page", "The page is gone; its address leads to the site's home page.", "The redirects end at the root of the host, or of one of its languages, while the cited address was deep.", _ARCHIVED),
        "parked": ("Name without its site", "The domain has lapsed and shows advertising or a sales offer, or only a page of the hoster is left where the site was.", "The page or the redirect is that of a parking service or a domain market, or offers the domain itself. A hoster's default page (\"It works!\", \"Welcome to nginx!\") or the notice that the site is suspended counts too, with medium confidence: the cited page is not there, but a site that moves or has not paid may come back. A page that shows the cited title is never called so.", "Cite an archived copy, and do not link to a name that is for sale. Look again in some weeks where only the hoster's page is shown."),
        "dns-nxdomain": ("The name does not exist", "The host's name is no longer in the DNS.", "The resolver itself answered that there is no such name, twice, at least five seconds apart.", "Look for a spelling mistake; otherwise cite an archived copy."),
        "unreachable-confirmed": ("Failed for days", "The link failed on several visits, days apart.", "Three visits (or as configured), each at least three days after the last, failed at the connection or with an error of the server. Seen from one place only, so the confidence is never high.", "Open it from another network; otherwise cite an archived copy."),
    },
    "blocked": {
        "forbidden": ("Refused", "The site refuses this program.", "Status 403 or a kindred one (402, 405, 406, 407, 418, 999), a firewall's page by its mark whatever the status, or a small page that refuses its visitor in words. The service that stands in the way is named where it shows; that it stands there is no sign by itself.", _BROWSER),
        "challenge": ("Browser test", "The site tests whether it is spoken to by a browser.", "The decisive mark of a known protection service, such as the header cf-mitigated, whatever the status; or the words of such a test on a small page without the cited title; or a refusing status with nothing but scripts. That a service merely stands in the way is no sign.", _BY_SCRIPT),
        "captcha": ("Captcha", "The site asks to solve a captcha first.", "The captcha page of a known service, a captcha on a page with hardly any text, or a small page that asks whether its visitor is a human.", _BROWSER),
        "login": ("Login", "The site asks to log in first.", "Status 401, a redirect to a login address or to the choice of an institution, a form that hands on to another site's login, a password field on a page with little else, or a small page that says that a session has run out or that one must log in.", "Look whether your readers can get in; otherwise cite an open copy."),
        "consent": ("Consent page", "The site asks for consent to cookies before it shows anything.", "The redirects end at a consent host, or the page speaks of nothing but cookies, data and the choice between them.", _BROWSER),
        "rate-limited": ("Too many visits", "The site asks to slow down.", "Status 429, a waiting time longer than this run, or a small page that says so.", "Run again later; lower --per-host or raise --delay if it stays so."),
        "legal-451": ("Withheld for legal reasons", "The site withholds the page because of a legal demand.", "Status 451, or a small page that says so.", "Cite an archived copy."),
        "geo-blocked": ("Not shown in this country", "The site does not show the page where this program runs.", "A short page that says so.", "Ask somebody in another country, or cite an archived copy."),
        "library-proxy": ("Library proxy", "The address leads through a library's proxy, which only its members can use.", "The host is that of a proxy. Such addresses are never requested; the address behind it is visited instead and suggested.", "Cite the suggested address of the publisher."),
        "link-expired": ("Expired link", "The address was made for a limited time and has run out.", "The server says that the signature or the share has expired, or it refuses an address that carries its own end (Expires, X-Amz-Expires, se, ...) and is past it.", "Find the lasting address of the source and cite that."),
        "needs-javascript": ("Needs a browser", "The page is built by scripts in the browser; without them there is nothing to read.", "Hardly any text, and an empty frame for an application or a request to turn JavaScript on.", _BY_SCRIPT),
    },
    "unreachable": {
        "dns-failure": ("Name not resolved", "The name of the host could not be looked up.", "The resolver failed, had no address for the name, or its denial was not confirmed. Counts as a strike.", _LATER),
        "connect-timeout": ("No connection in time", "The host did not accept a connection in time.", "Ten seconds, or as set, after several tries. Counts as a strike.", _LATER),
        "read-timeout": ("No answer in time", "The host took the request and did not answer in time.", "The total time of a visit (--timeout), after several tries, or status 408. Counts as a strike.", _LATER),
        "connection-refused": ("Connection refused", "The host refuses connections on that port.", "Refused on every try. Counts as a strike.", _LATER),
        "connection-reset": ("Connection broken off", "The host broke the connection off.", "Reset on every try. Counts as a strike.", _LATER),
        "tls-expired": ("Certificate expired", "The certificate of the host has run out.", "The secure connection was refused by this program. No strike: the site is there.", "Open the address in a browser; tell the site's owner."),
        "tls-hostname": ("Certificate for another name", "The certificate of the host is made out for other names.", "The secure connection was refused by this program. No strike.", "Look whether the address is spelled right and still belongs to the source."),
        "tls-untrusted": ("Certificate not trusted", "The certificate comes from an authority that is not trusted here.", "The chain of certificates could not be verified. No strike.", _BROWSER),
        "tls-failure": ("No secure connection", "No secure connection could be made.", "The handshake failed for another reason than the certificate's date, name or authority. No strike.", _BROWSER),
        "http-5xx": ("Error of the server", "The server reports an error of its own.", "A status from 500 to 599, after several tries, or a page with a good status that is nothing but such an error. Counts as a strike.", _LATER),
        "maintenance": ("Under maintenance", "The site says that it is under maintenance.", "A notice in the title or first heading, with status 503 or on a page with little else. No strike.", "Nothing now: the next run looks again."),
        "protocol-error": ("No valid answer", "The answer makes no sense as HTTP, or the server could not make sense of the request.", "A malformed answer, a redirect without a target, or a status such as 400.", _BROWSER),
        "too-many-redirects": ("Redirects without end", "The redirects lead in a circle, or further than 20 hops.", "The same address came again, or the limit was reached.", _BROWSER),
        "incomplete": ("Incomplete answer", "The answer broke off, was empty, or was not confirmed.", "Fewer bytes than announced, a good status without any content, or a 404 that a second try did not confirm.", "Nothing now: the next run looks again."),
        "not-from-here": ("Fails only from here", "The link fails from this network, and that says nothing about the page.", "Enough strikes for dead, and an archive captured the page well since the first failure; the capture is named. Or the trouble is on this side: no IPv6 for a site that has nothing else, a proxy that is down or lets nobody through. Then no strike counts.", "Open it from another network; cite the capture if your readers fail too."),
    },
    "unchecked": {
        "excluded": ("Excluded", "The settings of the run left the link out.", "--include and --exclude.", "Nothing, if that is what you want."),
        "ignored": ("Ignored", "The project's configuration leaves the link out.", "A rule in citecheck.toml.", "Nothing, if that is what you want."),
        "unsupported-scheme": ("Another kind of address", "The address is not one of the web.", "Its scheme is neither http nor https (ftp, mailto, file, ...).", "Check it by hand."),
        "invalid-url": ("No valid address", "What is printed as an address cannot be one.", "It has no host, an impossible host or port.", "Correct the address in the document."),
        "private-address": ("Private network", "The address leads into a private network.", "The address that a connection would be made to is not public, at any hop.", "Cite a public address; use --allow-private to visit it all the same."),
        "orders-saving": ("Order to an archive", "To visit the address would have an archive take a copy of a page.", "It, or what a redirect of it leads to, is one of an archive's own service for saving, such as web.archive.org/save/ with an address behind it. Saving publishes, so it takes --save, and never happens by a visit.", "Cite the copy that the order made, or the page itself."),
        "robots": ("Robots not welcome", "The site's robots.txt asks robots to stay away.", "Only with --robots: a Disallow for this program.", "Open the page yourself."),
        "offline": ("Network down", "The network was down, so nothing is concluded.", "Every host failed at the DNS or the connection, and three or more domains were tried or well-known hosts failed too. No strike counts.", "Run again when the network is back."),
        "not-due": ("Not due", "The link was visited not long ago.", "--max-age, or max-age in the configuration, is the oldest that a visit may be. Steady links come up shortly before, spread by address; links that have changed or swing at about half of it, failing ones after a day.", "Use --max-age 0s to visit everything."),
        "interrupted": ("Interrupted", "The run ended before this link's turn.", "Ctrl-C, a kill, or the end of --budget; everything seen until then is kept.", "Run again: it goes on where it stopped."),
    },
}  # fmt: skip

STATES: dict[str, Explanation] = {
    name: Explanation(name, "state", name, *texts) for name, texts in STATE_ROWS.items()
}
REASONS: dict[str, Explanation] = {
    name: Explanation(name, "reason", state, *texts)
    for state, rows in REASON_ROWS.items()
    for name, texts in rows.items()
}


def find(name: str) -> tuple[Explanation, ...]:
    """The explanations of a name, a state before a reason (`ok` is both); empty if unknown.

    A reason may be written with its state before it, as it is printed: `dead/soft-404`.
    """
    state, _, wanted = name.strip().lower().rpartition("/")
    found = [table[wanted] for table in (STATES, REASONS) if wanted in table]
    return tuple(entry for entry in found if not state or entry.state == state)


def explain(name: str) -> str | None:
    """What `citecheck explain` prints for a state or a reason, or None if there is none so called."""
    found = find(name)
    return "\n\n".join(_printed(entry) for entry in found) if found else None


def states() -> tuple[str, ...]:
    """All states, in the order of the contract."""
    return tuple(STATES)


def _printed(entry: Explanation) -> str:
    head = entry.name if entry.kind == "state" else f"{entry.state}/{entry.name}"
    lines = [
        f"{head}: {entry.title}",
        "",
        *_paragraph("What it means", entry.meaning),
        *_paragraph("How it is decided", entry.decided),
        *_paragraph("What to do", entry.todo),
    ]
    if entry.kind == "state":
        lines += _paragraph("Reasons", ", ".join(r.name for r in reasons_of(entry.name)))
    return "\n".join(lines)


def _paragraph(label: str, text: str) -> list[str]:
    wrapped = textwrap.wrap(
        f"{label}: {text}",
        78,
        subsequent_indent="  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    return ["  " + line for line in wrapped]


def nearest(name: str) -> str:
    """The known state or reason that a mistyped name comes closest to, or the empty string."""
    known = [*STATES, *REASONS]
    wanted = name.strip().lower().replace("_", "-").replace(" ", "-")
    close = difflib.get_close_matches(wanted, known, n=1, cutoff=0.5)
    if close:
        return close[0]
    inside = [k for k in known if len(wanted) > 1 and (wanted in k or k in wanted)]
    return min(inside, key=len, default="")


def reasons_of(state: str) -> tuple[Explanation, ...]:
    """All reasons of a state, in the order of the table."""
    return tuple(r for r in REASONS.values() if r.state == state)


def title(reason: str) -> str:
    """A few words for a reason; the reason itself where it is unknown (an older or newer ledger)."""
    return REASONS[reason].title if reason in REASONS else reason
