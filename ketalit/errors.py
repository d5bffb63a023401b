"""Everything that can go wrong, drawn at the top.

KetalitError
├── SettingsError                 the call or a setting is wrong
├── SourceError
│   ├── SourceUnavailable         the service does not answer well now; trying later helps
│   ├── SourceRefused             the service will not answer this request; trying again does not help
│   ├── SourceChanged             it answered, but not in a shape that we know
│   ├── Incomplete                promised ids ≠ stored + explained: nothing is published
│   └── VolumeJump                today's count is far from the last one: an outage until a person says otherwise
├── DocumentUnreadable            one record or file cannot be read; the run goes on and keeps the reason
├── SnapshotDamaged               a stored part or manifest is not what was written
├── OtherVersion                  a store or release that a version of ketalit wrote which this one cannot read
├── RuleError                     names the rule file and the rule
├── WarehouseError                names the SQL file and the statement
├── WorkerDied                    a process that reads documents was ended from outside
├── AuditFailed                   names the audit and the first offenders
├── GateClosed                    evidence that the last release had is missing; nobody accepted it
├── Stale                         a source was not searched lately; nobody accepted it
├── NotificationFailed            a webhook or program was not told of a release that is published
└── Locked                        another run holds the store

Each message says what happened, to which record or file; each hint says what to try next.
"""

from __future__ import annotations

GOOD, FAILED, USAGE, INCOMPLETE, STALE, LOCKED = range(6)
"""Exit codes of every command: a scheduler tells by them what to do."""


class KetalitError(Exception):
    """Something went wrong that a person can act on.

    `hint` is the next thing to try, one sentence; `exit_code` is what the command line ends with.
    """

    exit_code = FAILED
    hint = "Run the same command again; if it fails the same way, report the message above."

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        if hint is not None:
            self.hint = hint


class SettingsError(KetalitError):
    """The command, an option or a setting is wrong; nothing was read or written."""

    exit_code = USAGE
    hint = "See `ketalit --help`."


class SourceError(KetalitError):
    """A literature or registry service could not give what was asked of it."""


class SourceUnavailable(SourceError):
    """The service is down, slow or throttles us: the same request may succeed later."""

    hint = "The service may be busy or the network down: run the command again later. What was stored is kept."

    def __init__(
        self, message: str, *, hint: str | None = None, retry_after: float | None = None, again: bool = True
    ) -> None:
        super().__init__(message, hint=hint)
        self.retry_after = retry_after
        """Seconds that the service asked us to wait, if it did."""
        self.again = again
        """Whether to send the same request again at once; if not, only a later run helps."""


class SourceRefused(SourceError):
    """The service understood us and said no: our request is wrong, repeating it does not help."""

    hint = "Check the query in the strategy file and the settings named above; repeating the request will not help."


class SourceChanged(SourceError):
    """The service answered in a shape that this version does not know."""

    hint = "The service may have changed or shows a maintenance page: try later, then look for a newer ketalit."


class Incomplete(SourceError):
    """Promised ids are neither stored nor explained: the run publishes nothing and the last release stays."""

    exit_code = INCOMPLETE
    hint = "Run `ketalit refresh` again: what is stored is kept and only the missing records are asked for."


class VolumeJump(SourceError):
    """A source finds far fewer or far more records than at the last complete run: nothing is asked for or published."""

    exit_code = INCOMPLETE
    hint = (
        "Look at the source's own page; if the count is right, accept it with `ketalit refresh --accept volume`;"
        " else run `ketalit refresh` again later."
    )


class DocumentUnreadable(KetalitError):
    """One document cannot be read; it becomes a row in core.rejected_document with this reason."""

    hint = "The document is kept as it came; look it up in core.rejected_document."


class SnapshotDamaged(KetalitError):
    """A stored part or manifest differs from what was written."""

    hint = (
        "Move the folder of that run out of snapshots/ and run `ketalit refresh` again: its records are fetched anew."
    )


class OtherVersion(KetalitError):
    """A store or release was written by a newer version of ketalit, or by one that is too old."""

    hint = "Use the version of ketalit that wrote it, or another --home."


class RuleError(KetalitError):
    """An extraction rule is malformed; the message names its file and id."""

    hint = "Correct the rule in the file named above."


class WarehouseError(KetalitError):
    """A SQL file could not be run; the message names the file and the statement."""

    hint = "Correct the SQL file named above."


class WorkerDied(KetalitError):
    """A process that interprets documents ended before its time, most often for want of memory."""

    hint = "What the others made is kept: run the command again, with fewer processes (KETALIT_WORKERS=1) if it recurs."


class AuditFailed(KetalitError):
    """A question whose answer should be nobody had an answer; the release is not published."""

    hint = "Look at the rows named above; the last good release stays current."


class GateClosed(KetalitError):
    """Evidence that the last release had is missing from the new one; the new one is not published."""

    exit_code = INCOMPLETE
    hint = "Look at what is missing; `ketalit build --accept <name>` releases it knowingly."


class Stale(KetalitError):
    """A source was not searched lately: a release would look newer than it is."""

    exit_code = STALE
    hint = "Run `ketalit refresh` first."


class NotificationFailed(KetalitError):
    """The release is published, but a webhook or program could not be told."""

    hint = "Check KETALIT_NOTIFY_URL and KETALIT_NOTIFY_COMMAND; `ketalit diff --format markdown` gives the digest."


class Locked(KetalitError):
    """Another run holds the store."""

    exit_code = LOCKED
    hint = "Wait for the other run to end, or give this one another --home."


def may_pass(error: object) -> bool:
    """Whether the same work may succeed later: an incomplete run, by what broke it off, or a service that was down."""
    if isinstance(error, Incomplete) and error.__cause__ is not None:
        return may_pass(error.__cause__)
    return isinstance(error, SourceUnavailable | Incomplete)
