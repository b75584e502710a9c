"""How far the archive step is, told to the Progress of the run: look-ups and saves side by side."""

from __future__ import annotations

from citecheck.records.ports import Progress


class Stages:
    """What is done and what there is to do, by stage."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._done: dict[str, int] = {}
        self._total: dict[str, int] = {}
        self._stage = "look-ups"

    def expect(self, stage: str, more: int) -> None:
        self._total[stage] = self._total.get(stage, 0) + more

    def tell(self, stage: str, done: int = 0, note: str = "") -> None:
        self._stage = stage
        self._done[stage] = self._done.get(stage, 0) + done
        self._progress.stage(stage, self._done[stage], self._total.get(stage, 0), note)

    def waiting(self, note: str) -> None:
        """One short line about a wait, said of the stage that was told of last."""
        self.tell(self._stage, 0, note)
