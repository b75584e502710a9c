"""The errors a person can meet; everything else that goes wrong is data in a record.

    CitecheckError            what happened, where, what to do next; exit code 2
    |- SettingsError          a flag, a configuration file or the environment is wrong
    |- LedgerError            references/ or archive/ cannot be read, written or locked
    `- SourceError            one source could not be read; the run goes on, exit code 5

The network failing is never one of these: it is a Fault in an Observation.
"""


class CitecheckError(Exception):
    """A failure with a sentence for a person; `str()` is what is printed."""


class SettingsError(CitecheckError):
    """A flag, a configuration file or an environment variable cannot be used as it stands."""


class LedgerError(CitecheckError):
    """references/ or archive/ cannot be read, written or locked."""


class SourceError(CitecheckError):
    """One source cannot be read: `source` names it, `str()` says why and what to do."""

    def __init__(self, source: str, why: str) -> None:
        super().__init__(why)
        self.source = source
        self.why = why
