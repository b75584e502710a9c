"""What the demonstration is to find: per address the state and the reason on both days.

Several reasons stand where more than one is right. `ok` on the second day beside a new time stamp
is as much part of the demonstration as `dead`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Expected:
    """`first` and `second` are `state/reason`."""

    url: str
    first: str
    second: str

    @property
    def states(self) -> tuple[str, str]:
        return self.first.partition("/")[0], self.second.partition("/")[0]


LIBRARY = "https://archive-maritime-example-org.ezproxy.library.example.org"

# fmt: off
EXPECTED = (
    Expected("https://maritime-museum.example/collections/ormsay-tide-machine",
             "ok/ok", "ok/ok"),
    Expected("https://harbour-board.example/history/tide-tables-1861-1934",
             "ok/ok", "changed/content-changed"),
    Expected("https://coastal-gauges.example/stations/ormsay-old-pier",
             "ok/ok", "ok/ok"),
    Expected("https://islander-gazette.example/2019/03/14/the-bell-that-told-the-tide",
             "ok/ok", "dead/http-404"),
    Expected("https://lighthouse-letters.example/issues/42/keepers-and-computers",
             "unreachable/http-5xx", "ok/ok"),
    Expected("https://doi.org/10.5555/ormsay.2022.07",
             "ok/ok", "ok/ok"),
    Expected("https://coastal-history-review.example/2016/tide-tables-and-trust",
             "moved/redirected", "moved/redirected"),
    Expected("http://hydrographers.example/papers/reading-the-gauge",
             "moved/https-upgrade", "moved/https-upgrade"),
    Expected("https://regional-records.example/item/4471",
             "mismatch/title-mismatch", "mismatch/title-mismatch"),
    Expected("https://northern-almanac.example/essays/harmonic-analysis-by-hand",
             "dead/http-404", "dead/http-404"),
    Expected("https://kaiyo-shiryo.example/toudai/kiri-shingo.html",
             "dead/soft-404", "dead/soft-404"),
    Expected("https://sound-pilots.example/archive/1911/order-of-the-bell",
             "dead/redirect-to-home", "dead/redirect-to-home"),
    Expected("http://ormsay-parish.example/registers/harbour-dues.html",
             "dead/dns-nxdomain", "dead/dns-nxdomain"),
    Expected("https://tidal-engineering.example/journal/12/brass-gears",
             "blocked/challenge", "blocked/challenge"),
    Expected("https://members.seafarers-institute.example/reports/signal-bells-survey",
             "blocked/login", "blocked/login"),
    Expected(f"{LIBRARY}/documents/logbook-of-the-pole-star",
             "blocked/library-proxy", "blocked/library-proxy"),
    Expected("https://tide-office.example/tables/1925/preface",
             "unreachable/tls-expired", "unreachable/tls-expired"),
    Expected("https://sea-marks.example/catalogue/bell-buoys",
             "unreachable/tls-hostname", "unreachable/tls-hostname"),
    Expected("http://192.168.14.7/scans/harbour-board-minutes-1897.html",
             "unchecked/private-address", "unchecked/private-address"),
    Expected("ftp://ftp.gauge-data.example/ormsay/1903/hourly.txt",
             "unchecked/unsupported-scheme", "unchecked/unsupported-scheme"),
)
# fmt: on
