"""The verbs: short compositions of the rooms of the corridor.

Each imports the rooms that it enters, so that `ketalit --help` loads none, and the pure half never loads the network.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ketalit import strategy as strategies
from ketalit.checkpoint import checkpoint
from ketalit.errors import DocumentUnreadable, Incomplete, SettingsError, SourceError
from ketalit.model.search import Listing
from ketalit.progress import Report, silent
from ketalit.settings import Settings
from ketalit.snapshot import Manifest, Store
from ketalit.sources.client import Client
from ketalit.vocabulary import Source

if TYPE_CHECKING:
    from ketalit.export.digest import Comparison
    from ketalit.model.integrity import RetractionList
    from ketalit.release import Finding, Release, Releases
    from ketalit.replay import ReplayServer
    from ketalit.status import Status
    from ketalit.trace import Trace


# ---- refresh


def refresh(
    settings: Settings,
    *,
    sources: Sequence[Source] = tuple(Source),
    is_full: bool = False,
    accept: Collection[str] = (),
    report: Report = silent,
) -> tuple[Manifest, ...]:
    """Query each source and store what is new or revised there, or with `is_full` whatever it holds; gives the books.

    A source that fails does not keep the other from being refreshed; the failures are raised at the end. Raises
    Incomplete when promised records did not come and nothing explains them, VolumeJump when a source finds far fewer
    or more records than the last time (unless `accept` holds "volume").
    """
    from ketalit.update import update

    strategy = strategies.read(settings.strategy)
    clients = {source: _client(source, settings) for source in sources}
    runs: list[Manifest] = []
    failures: list[SourceError] = []
    store = Store(settings.home)
    with store.locked():
        for source, client in clients.items():
            try:
                runs.append(update(store, source, client, strategy, is_full=is_full, accept=accept, report=report))
            except SourceError as error:
                failures.append(error)
    if failures:
        raise _all_of(failures)
    return tuple(runs)


def _all_of(failures: Sequence[SourceError]) -> SourceError:
    """One error that tells of all, with the exit code of an incomplete run if one is."""
    if len(failures) == 1:
        return failures[0]
    kind = type(max(failures, key=lambda failure: failure.exit_code == Incomplete.exit_code))
    hints = dict.fromkeys(failure.hint for failure in failures)
    return kind(" ".join(str(failure) for failure in failures), hint=" ".join(hints))


def _client(source: Source, settings: Settings) -> Client:
    if source is Source.PUBMED:
        from ketalit.sources.pubmed.client import PubMedClient

        return PubMedClient(settings)
    from ketalit.sources.ctgov.client import CtGovClient

    return CtGovClient(settings)


# ---- import and verify


def import_files(settings: Settings, source: Source, files: Sequence[Path], *, report: Report = silent) -> Manifest:
    """Store the records of local files: of all of them, or none when a file cannot be read.

    Raises SettingsError for a file that is not there and DocumentUnreadable for one that is not what `source` gives.
    """
    from ketalit.sources.files import read_file

    store = Store(settings.home)
    with store.locked():
        run = store.begin(source, "import")
        ids: list[str] = []
        try:
            for number, path in enumerate(files, 1):
                for content in read_file(source, path):
                    ids += [document.source_id for document in content.documents]
                    run.write(content.documents)
                    run.note(content.notes)
                    run.delete(content.deleted)
                report("importing files", number, len(files))
        except (DocumentUnreadable, SettingsError):
            run.discard()
            raise
        run.promise(Listing(ids=tuple(ids), queries=()))
        return run.finish()


def verify(settings: Settings) -> int:
    """Read every stored part back; gives how many there are. Raises SnapshotDamaged for one that changed."""
    return Store(settings.home).verify()


def status(settings: Settings) -> Status:
    """What is fresh, stale, incomplete or locked, with the last runs and the current release; nothing is written."""
    from ketalit.status import status as status_of

    return status_of(settings)


# ---- build


def build(settings: Settings, *, accept: Collection[str] = (), report: Report = silent) -> Release:
    """Make an audited release of the complete runs and make it current.

    When nothing changed since a release was made, that release becomes current again. Raises SettingsError when
    nothing is stored yet, Incomplete when the last refresh of a source is, AuditFailed when an audit has offenders,
    Stale and GateClosed for what the gate finds; then the last good release stays. What `accept` names (incomplete,
    stale, accuracy, volume, links) is written into the manifest instead of being raised.
    """
    from ketalit.release import Releases, check, code_digest, inaccuracies, input_digest, stale_sources
    from ketalit.release.describe import describe
    from ketalit.warehouse import sql_folder

    store, releases = Store(settings.home), Releases(settings.home)
    with store.locked():
        runs = store.complete_runs()
        if not runs:
            raise SettingsError(
                f"There is nothing to build from: {settings.home} holds no complete run.",
                hint="Run `ketalit refresh` or `ketalit import` first.",
            )
        accepted = _accepted(store, accept)
        code = code_digest(sql_folder())
        listed = _retractions(settings)
        lists = {listed.name: listed.sha256} if listed else {}
        if found := releases.made_from(input_digest(runs, code, lists)):
            releases.switch(found.release_id)
            return found
        accepted += check((*stale_sources(runs, days=settings.stale_days), *inaccuracies()), accept)
        workshop = releases.workshop()
        checkpoint("workshop made")
        counts = _make_database(workshop, store, runs, listed, settings.workers, report)
        accepted += check(_losses(releases, workshop, counts), accept)
        manifest = describe(workshop, runs=runs, code=code, counts=counts, accepted=accepted, lists=lists)
        return releases.publish(workshop, manifest, keep=settings.releases_kept)


def _retractions(settings: Settings) -> RetractionList | None:
    """What a list besides PubMed says of whether reports stand, where one was given."""
    from ketalit.sources import retraction_watch

    return retraction_watch.read(settings.retraction_watch) if settings.retraction_watch else None


def _losses(releases: Releases, workshop: Path, counts: dict[str, int]) -> tuple[Finding, ...]:
    """What the current release has and the build in `workshop` has not."""
    from ketalit.release import DATABASE, compare
    from ketalit.warehouse import read

    with read(workshop / DATABASE) as reader:
        return compare(releases.last(), reader, counts)


def _accepted(store: Store, accept: Collection[str]) -> tuple[str, ...]:
    """What is amiss with the stored runs, if the caller knowingly accepts it; else raises Incomplete."""
    amiss = [run for run in store.last_refreshes().values() if run.status != "complete"]
    if not amiss:
        return ()
    text = "; ".join(f"{run.source}: {_lack(run)} in {run.run_id}" for run in amiss)
    if "incomplete" not in accept:
        raise Incomplete(
            f"The last refresh is not complete ({text}); the last good release stays.",
            hint="Run `ketalit refresh` again, or build from what was complete before with --accept incomplete.",
        )
    return (f"incomplete: {text}",)


def _lack(run: Manifest) -> str:
    """What an incomplete run lacks; one that was refused before anything was promised says why."""
    return f"{len(run.missing)} records missing" if run.missing else " ".join(run.notes) or "some records missing"


def _make_database(
    workshop: Path,
    store: Store,
    runs: Sequence[Manifest],
    listed: RetractionList | None,
    workers: int,
    report: Report,
) -> dict[str, int]:
    from ketalit.loading import load
    from ketalit.release import DATABASE
    from ketalit.warehouse.database import Warehouse

    with Warehouse.create(workshop / DATABASE) as warehouse:
        checkpoint("database made")
        load(warehouse, store, runs, listed=listed, workers=workers, report=report)
        checkpoint("documents loaded")
        warehouse.run_sql()
        checkpoint("views made")
        warehouse.audit()
        checkpoint("audited")
        counts = warehouse.counts()
        warehouse.finish()
        checkpoint("database finished")
    return counts


# ---- what leaves


def publish(settings: Settings, out: Path | None = None) -> tuple[Path, ...]:
    """Write the evidence tables of the current release; gives the paths of the files."""
    from ketalit.export.facts import facts
    from ketalit.export.tables import write_tables
    from ketalit.release import Releases
    from ketalit.warehouse import read

    release = Releases(settings.home).current()
    with read(release.database) as reader:
        manifest = release.manifest
        said = facts(reader, release.release_id, manifest.as_of, manifest.accepted)
        written = write_tables(reader, said, out or settings.home / "publish")
    checkpoint("tables written")
    return written


def diff(settings: Settings, before: str | None = None, after: str | None = None) -> Comparison:
    """What changed from one release (an id, a folder or a file; default: the one before the current) to another.

    Raises SettingsError when there is no such release, or none before the current one.
    """
    from ketalit.export.digest import comparison
    from ketalit.release import Releases
    from ketalit.warehouse import read
    from ketalit.warehouse.cells import cells

    releases = Releases(settings.home)
    sides = (releases.named(before or "previous"), releases.named(after or "current"))
    names = [side.label for side in sides]
    with read(sides[0].database) as old, read(sides[1].database) as new:
        return comparison(names[0], cells(old), names[1], cells(new))


def news(settings: Settings) -> tuple[Comparison, ...]:
    """What changed since the release that was last announced; empty when there is nothing to tell."""
    from ketalit.release import Releases

    releases = Releases(settings.home)
    known = releases.announced()
    if known is None or known.release_id == releases.current().release_id:
        return ()
    found = diff(settings, known.release_id)
    return () if found.is_empty else (found,)


def announce(settings: Settings, found: Comparison) -> tuple[str, ...]:
    """Tell whom the settings name what changed; gives who was told.

    Raises NotificationFailed when a webhook or program could not be told; then it stays news.
    """
    from ketalit.export.digest import as_markdown
    from ketalit.notify import notify
    from ketalit.release import Releases

    told = notify(settings, before=found.before, after=found.after, digest=as_markdown(found))
    Releases(settings.home).set_announced()
    return told


def alarm(settings: Settings, error: BaseException) -> tuple[str, ...]:
    """Tell whom the settings name that a scheduled run failed; gives who was told. Raises NotificationFailed."""
    from ketalit.notify import sound_alarm

    return sound_alarm(settings, error)


def trace(settings: Settings, view: str, row: str, column: str | None = None) -> Trace:
    """Where a row of the current release, or one cell of it, comes from: quotes, documents, requests, rules.

    Raises SettingsError naming what is there when there is no such view, row or column.
    """
    from ketalit import trace as tracing
    from ketalit.release import Releases
    from ketalit.warehouse import read

    release = Releases(settings.home).current()
    with read(release.database) as reader:
        return tracing.trace(release, reader, Store(settings.home), view, row, column)


def extract(file: Path) -> Iterator[str]:
    """What the rules read in each line of `file` (`-`: standard input), a JSON object each.

    Raises SettingsError when the file cannot be read and DocumentUnreadable for a line that is not
    {"pmid": …, "title": …, "abstract": …}.
    """
    import msgspec

    from ketalit.extract.gold import gold_record
    from ketalit.extract.read import facts, units_of

    for number, line in enumerate(_lines(file), 1):
        if line.strip():
            record = _abstract(line, f"{file}:{number}")
            yield msgspec.json.encode(
                gold_record(facts(units_of(record["title"], record["abstract"], record["pmid"])))
            ).decode()


def _lines(file: Path) -> Iterator[str]:
    try:
        if str(file) == "-":
            yield from sys.stdin
            return
        with file.open(encoding="utf-8") as lines:
            yield from lines
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"{file} cannot be read: {error}.", hint="A UTF-8 file of JSON lines is expected."
        ) from None


def _abstract(line: str, place: str) -> dict[str, str]:
    import msgspec

    try:
        record: dict[str, Any] = msgspec.json.decode(line, type=dict[str, Any])
        return {name: str(record[name] or "") for name in ("pmid", "title", "abstract")}
    except (msgspec.DecodeError, KeyError) as error:
        raise DocumentUnreadable(
            f'{place} is not {{"pmid": …, "title": …, "abstract": …}}: {error}.', hint="Correct or remove that line."
        ) from None


def codebook(name: str | None = None) -> str:
    """The extraction rules as a text: each rule, its meaning, what it takes and leaves; one with its pattern."""
    from ketalit.export.codebook import render_codebook

    return render_codebook(name)


def rules(name: str | None = None) -> list[dict[str, Any]]:
    """The extraction rules as values: all of them, those of a topic, or one by its id."""
    from ketalit.export.codebook import rules_of

    return rules_of(name)


def replay_server(corpus: Path | None, home: Path | None, port: int) -> AbstractContextManager[ReplayServer]:
    """A loopback server that speaks as both services do, over a folder, the snapshots of a home, or the sample."""
    from ketalit.replay import Corpus, ReplayServer

    if corpus and home:
        raise SettingsError("--corpus and --home were both given.", hint="Serve one of them.")
    if corpus:
        held = Corpus.from_folder(corpus)
    elif home:
        held = Corpus.from_documents(document for _, document in Store(home).documents())
    else:
        held = Corpus.sample()
    return ReplayServer(held, port=port)
