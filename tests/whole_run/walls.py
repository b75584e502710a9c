"""Walls of the whole run's world beside those of the demonstration.

Akamai's refusal carries `Reference #18.` and `errors.edgesuite.net`, most punctuation written as
character references; the captcha page has status 200 and nothing else on it.
"""

from __future__ import annotations

from citecheck.demo.site import Answer, Request, page


def akamai_denial(request: Request) -> Answer:
    """Akamai's refusal; its body writes most punctuation as character references."""
    asked = f"{request.scheme}://{request.host}{request.path}"
    coded = "".join(c if c.isalnum() else f"&#{ord(c)};" for c in asked)
    return page(
        "Access Denied",
        f'<H1>Access Denied</H1>\nYou don\'t have permission to access "{coded}" on this server.'
        "<P>\nReference&#32;&#35;18&#46;9d6c1102&#46;1763781255&#46;1f3a9c2b\n"
        "<P>\nhttps&#58;&#47;&#47;errors&#46;edgesuite&#46;net&#47;18&#46;9d6c1102&#46;1763781255",
        status=403,
        headers=(("Server", "AkamaiGHost"),),
    )


def captcha(_: Request) -> Answer:
    """A page of status 200 that holds nothing but a captcha."""
    return page(
        "Security check",
        "<h1>Security check</h1><p>Please show that you are not a robot.</p>"
        '<form method="post"><div class="g-recaptcha" data-sitekey="6Lx"></div>'
        '<script src="https://www.google.com/recaptcha/api.js"></script></form>',
    )
