"""How the suite runs: the quick tests in as many processes as there are cores, the long ones
(`-m whole`) one after the other, for they measure time, bind ports and make namespaces."""

from __future__ import annotations

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    if config.option.markexpr == "whole":
        config.option.numprocesses = 0
        config.option.dist = "no"
