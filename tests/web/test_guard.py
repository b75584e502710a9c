"""The guard's list is explicit: each kind of address that must not be reached stands here."""

from __future__ import annotations

import pytest

from citecheck.records.observation import FaultKind
from citecheck.web.guard import Guard, guard_of, odd_ipv4

PUBLIC = ["93.184.216.34", "1.1.1.1", "172.32.0.1", "2606:4700::1111", "64:ff9b::101:101"]
PRIVATE = [
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "169.254.169.254",
    "172.31.255.255",
    "192.0.0.192",
    "192.0.2.1",
    "192.168.1.1",
    "198.19.0.1",
    "203.0.113.9",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "100::1",
    "2001:0:7f00:1::",
    "2001:db8::1",
    "2002:7f00:1::1",
    "2002:a00:1::",
    "3fff::1",
    "fc00::1",
    "fd12::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "2606:4700::5efe:10.0.0.1",
    "no address",
]


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_admitted(address: str) -> None:
    assert Guard().admits(address)


@pytest.mark.parametrize("address", PRIVATE)
def test_all_else_is_not(address: str) -> None:
    assert not Guard().admits(address)


def test_mapped_public_address_is_public() -> None:
    assert Guard().admits("::ffff:93.184.216.34")
    assert not Guard().admits("::ffff:192.168.0.1")


def test_networks_of_the_settings_open_just_themselves() -> None:
    guard = guard_of(False, ["10.20.0.0/16", "fd00:1::/32"])
    assert guard.admits("10.20.3.4")
    assert guard.admits("::ffff:10.20.3.4")
    assert guard.admits("fd00:1::5")
    assert not guard.admits("10.21.0.1")
    assert not guard.admits("127.0.0.1")


def test_allow_private_opens_all() -> None:
    assert guard_of(True, []).admits("127.0.0.1")


@pytest.mark.parametrize(
    "host", ["0x7f.1", "2130706433", "127.1", "0177.0.0.1", "1.2.3.0x4", "1.2.3.4.5"]
)
def test_odd_spellings_of_ipv4(host: str) -> None:
    assert odd_ipv4(host)


@pytest.mark.parametrize("host", ["127.0.0.1", "example.org", "1e100.net", "4chan.org", "xn--p1ai"])
def test_plain_names_are_not_odd(host: str) -> None:
    assert not odd_ipv4(host)


@pytest.mark.parametrize(
    ("host", "kind"),
    [
        ("0x7f.1", FaultKind.PRIVATE_ADDRESS),
        ("16843009", FaultKind.INVALID_URL),
        ("1.2.3.4.5", FaultKind.INVALID_URL),
        ("intranet", FaultKind.PRIVATE_ADDRESS),
        ("printer.local", FaultKind.PRIVATE_ADDRESS),
        ("wiki.corp.internal", FaultKind.PRIVATE_ADDRESS),
        ("example.org", None),
    ],
)
def test_names_that_are_refused(host: str, kind: FaultKind | None) -> None:
    fault = Guard().refuses_name(host)
    assert (fault.kind if fault else None) is kind


def test_private_names_are_asked_for_where_networks_are_allowed() -> None:
    assert guard_of(False, ["10.0.0.0/8"]).refuses_name("wiki.corp.internal") is None
