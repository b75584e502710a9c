"""How Chromium is started (a table of facts): only what a page asks for leaves, through the gate.

Its own services stay silent, names are never looked up by itself, nothing goes by UDP. Nothing is
done to look like a person: the browser says that it is automated (`navigator.webdriver`), runs
without a window, and its User-Agent names this program.
"""

from __future__ import annotations

# Services of the browser's maker that it asks by itself whatever it is told, such as whether there
# is an internet when a certificate fails. They hear of no page.
OWN_SERVICES = frozenset(
    {
        "clients1.google.com",
        "clients2.google.com",
        "clients4.google.com",
        "connectivitycheck.gstatic.com",
        "content-autofill.googleapis.com",
        "edge.microsoft.com",
        "optimizationguide-pa.googleapis.com",
        "safebrowsing.googleapis.com",
        "update.googleapis.com",
    }
)


def launch_flags(port: int) -> list[str]:
    """Arguments for Chromium; `port` is the gate's."""
    return [
        f"--proxy-server=http://127.0.0.1:{port}",
        "--proxy-bypass-list=<-loopback>",  # loopback goes through the gate, too
        # Where the gate is the only name that can be looked up, nothing else is.
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        "--dns-prefetch-disable",
        "--disable-quic",
        "--webrtc-ip-handling-policy=disable_non_proxied_udp",
        "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-component-extensions-with-background-pages",
        "--disable-extensions",
        "--disable-client-side-phishing-detection",
        "--disable-domain-reliability",
        "--disable-field-trial-config",
        "--disable-breakpad",
        "--disable-crash-reporter",
        "--disable-sync",
        "--disable-default-apps",
        "--disable-translate",
        "--disable-notifications",
        "--disable-print-preview",
        "--disable-speech-api",
        "--metrics-recording-only",
        "--no-default-browser-check",
        "--no-first-run",
        "--no-pings",
        "--no-service-autorun",
        "--mute-audio",
        "--deny-permission-prompts",
        "--block-new-web-contents",
        "--autoplay-policy=user-gesture-required",
        "--js-flags=--max-old-space-size=512",
    ]
