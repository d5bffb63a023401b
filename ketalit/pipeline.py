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
from ketalit.errors import DocumentUnreadable, Incomplete, SettingsError, SourceError, SourceRefused
from ketalit.model.search import Listing
from ketalit.progress import Report, silent
from ketalit.settings import Settings
from ketalit.snapshot import Manifest, Run, Store, StrategyUsed
from ketalit.sources.client import Client
from ketalit.strategy import SearchStrategy
from ketalit.vocabulary import Source

if TYPE_CHECKING:
    from ketalit.candidates import Profile
    from ketalit.interpretation import Interpretation
    from ketalit.model.publication import Publication
    from ketalit.model.registration import Registration
    from ketalit.release import Release
    from ketalit.replay import ReplayServer
    from ketalit.status import Status
    from ketalit.warehouse import Warehouse


# ---- refresh


def refresh(
    settings: Settings, *, sources: Sequence[Source] = tuple(Source), report: Report = silent
) -> tuple[Manifest, ...]:
    """Query each source and store what it holds; gives the books of each run.

    A source that fails does not keep the other from being refreshed; the failures are raised at the end. Raises
    Incomplete when promised records did not come and nothing explains them.
    """
    strategy = strategies.read(settings.strategy)
    clients = {source: _client(source, settings) for source in sources}
    runs: list[Manifest] = []
    failures: list[SourceError] = []
    store = Store(settings.home)
    with store.locked():
        for source, client in clients.items():
            try:
                runs.append(_refresh_source(store, source, client, strategy, report))
            except SourceError as error:
                failures.append(error)
    if failures:
        raise _all_of(failures)
    return tuple(runs)


def _refresh_source(store: Store, source: Source, client: Client, strategy: SearchStrategy, report: Report) -> Manifest:
    report(f"searching {source}", 0, None)
    listing = client.search(strategy.query(source).text)
    if not listing.ids:
        raise SourceRefused(
            f"{source}: the strategy {strategy.name} finds nothing: an outage or a misspelt query, but no result.",
            hint="Try later; if the query is right, refresh the other source alone with --source.",
        )
    used = StrategyUsed(name=strategy.name, version=strategy.version, digest=strategy.digest)
    run = store.begin(source, "refresh", used)
    checkpoint("run begun")
    wanted = run.promise(listing)
    checkpoint("ids promised")
    try:
        _fetch(run, client, wanted, report)
    except SourceError as error:
        _close_interrupted(run, error)
    finished = run.finish()
    checkpoint("books closed")
    return finished


def _fetch(run: Run, client: Client, wanted: tuple[str, ...], report: Report) -> None:
    done = 0
    for delivery in client.fetch(wanted):
        run.write(delivery.documents)
        run.explain(delivery.explained)
        checkpoint("page stored")
        done += len(delivery.documents) + len(delivery.explained)
        report(f"fetching {run.manifest.source}", done, len(wanted))


def _close_interrupted(run: Run, error: SourceError) -> None:
    """Close the books of a run that the source broke off: what is missing is missing because of `error`."""
    try:
        run.finish()
    except Incomplete as incomplete:
        raise Incomplete(f"{error} {incomplete}", hint=f"{error.hint} {incomplete.hint}") from error


def _all_of(failures: Sequence[SourceError]) -> SourceError:
    """One error that tells of all, with the exit code of an incomplete run if one is."""
    if len(failures) == 1:
        return failures[0]
    kind = next((type(failure) for failure in failures if isinstance(failure, Incomplete)), type(failures[0]))
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
                content = read_file(source, path)
                ids += [document.source_id for document in content.documents]
                run.write(content.documents)
                run.note(content.notes)
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
    nothing is stored yet, Incomplete when the last refresh of a source is (unless `accept` holds "incomplete"),
    AuditFailed when an audit has offenders; then the last good release stays.
    """
    from ketalit.release import Releases, code_digest, identity
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
        release_id = identity(runs, code)
        if found := releases.find(release_id):
            releases.switch(release_id)
            return found
        workshop = releases.workshop()
        checkpoint("workshop made")
        counts = _make_database(workshop, store, runs, report)
        return releases.publish(workshop, release_id, code=code, counts=counts, runs=runs, accepted=accepted)


def _accepted(store: Store, accept: Collection[str]) -> tuple[str, ...]:
    """What is amiss with the stored runs, if the caller knowingly accepts it; else raises Incomplete."""
    amiss = [run for run in store.last_refreshes().values() if run.status != "complete"]
    if not amiss:
        return ()
    text = "; ".join(f"{run.source}: {len(run.missing) or 'some'} records missing in {run.run_id}" for run in amiss)
    if "incomplete" not in accept:
        raise Incomplete(
            f"The last refresh is not complete ({text}); the last good release stays.",
            hint="Run `ketalit refresh` again, or build from what was complete before with --accept incomplete.",
        )
    return (f"incomplete: {text}",)


def _make_database(workshop: Path, store: Store, runs: Sequence[Manifest], report: Report) -> dict[str, int]:
    from ketalit.release import DATABASE
    from ketalit.warehouse import Warehouse

    with Warehouse.create(workshop / DATABASE) as warehouse:
        checkpoint("database made")
        _load(warehouse, store, runs, report)
        checkpoint("documents loaded")
        warehouse.run_sql()
        checkpoint("views made")
        warehouse.audit()
        checkpoint("audited")
        counts = warehouse.counts()
        warehouse.finish()
        checkpoint("database finished")
    return counts


def _load(warehouse: Warehouse, store: Store, runs: Sequence[Manifest], report: Report) -> None:
    """Every run, document, fact, link and study into `core`."""
    from ketalit import candidates
    from ketalit.interpretation import interpret
    from ketalit.model.publication import Publication
    from ketalit.model.registration import Registration
    from ketalit.warehouse import rows

    publications: list[Publication] = []
    registrations: list[Registration] = []
    profiles: list[Profile] = []
    for run in runs:
        warehouse.load(rows.of_run(run))
    for number, (run_id, document) in enumerate(store.documents(runs), 1):
        interpretation = interpret(document)
        warehouse.load(rows.of_document(document, run_id))
        _load_interpretation(warehouse, interpretation)
        if isinstance(interpretation.record, Publication):
            publications.append(interpretation.record)
            profiles.append(candidates.of_publication(interpretation.record, interpretation.facts))
        elif isinstance(interpretation.record, Registration):
            registrations.append(interpretation.record)
            profiles.append(candidates.of_registration(interpretation.record, interpretation.facts))
        report("reading documents", number, None)
    _load_studies(warehouse, publications, registrations, profiles)


def _load_studies(
    warehouse: Warehouse,
    publications: Sequence[Publication],
    registrations: Sequence[Registration],
    profiles: Sequence[Profile],
) -> None:
    """What belongs together by an id, and what may belong together without one."""
    from ketalit import candidates, linkage
    from ketalit.warehouse import rows

    links = linkage.links(publications, registrations)
    for link in links:
        warehouse.load(rows.of_link(link))
    studies = linkage.studies(publications, registrations, links)
    for study in studies:
        warehouse.load(rows.of_study(study))
    for candidate in candidates.candidates(profiles, studies):
        warehouse.load(rows.of_candidate(candidate))


def _load_interpretation(warehouse: Warehouse, interpretation: Interpretation) -> None:
    from ketalit.model.publication import Publication
    from ketalit.model.registration import Registration
    from ketalit.warehouse import rows

    match interpretation.record:
        case Publication() as publication:
            warehouse.load(rows.of_publication(publication))
        case Registration() as registration:
            warehouse.load(rows.of_registration(registration))
        case rejected:
            warehouse.load(rows.of_rejected(rejected))
    if interpretation.facts is not None:
        warehouse.load(rows.of_facts(interpretation.facts))


# ---- what leaves


def publish(settings: Settings, out: Path | None = None) -> tuple[Path, ...]:
    """Write the evidence tables of the current release; gives the paths of the files."""
    from ketalit.export.tables import write_tables
    from ketalit.release import Releases
    from ketalit.warehouse import read

    release = Releases(settings.home).current()
    with read(release.database) as reader:
        written = write_tables(reader, release.release_id, out or settings.home / "publish")
    checkpoint("tables written")
    return written


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


def codebook(topic: str | None = None) -> str:
    """The extraction rules as a text: each rule, its meaning, what it takes and what it leaves."""
    from ketalit.export.codebook import render_codebook

    return render_codebook(topic)


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
