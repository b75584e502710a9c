"""What several whole runs share: one pywb for all of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from standins.pywb_server import Pywb, pywb
from whole_run.live_origin import live_origin
from whole_run.pywb_rig import COPIES, LIVE, Rig


@pytest.fixture(scope="session")
def pywb_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pywb]:
    pytest.importorskip("pywb", reason="pywb is not installed")
    folder = tmp_path_factory.mktemp("pywb")
    with live_origin(LIVE) as port, pywb(folder, COPIES, port) as running:
        yield running


@pytest.fixture
def rig(pywb_server: Pywb) -> Iterator[Rig]:
    found = Rig(pywb_server)
    with found.ia.serve() as base:
        found.base = base
        yield found
