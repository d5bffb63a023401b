"""The evidence flow against the bundled sample, served on this machine: what `make demo` runs.

The real clients talk HTTP to a server that behaves as the two services do; nothing leaves the machine.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from ketalit import pipeline, settings
from ketalit.errors import KetalitError, SettingsError
from ketalit.release import Releases
from ketalit.replay import earlier_versions
from ketalit.vocabulary import Acceptable, Source

HOME = Path("demo")


def main() -> None:
    """Run the evidence flow on the sample and print what came out; ends as the command line does when it cannot."""
    try:
        with suppress(SettingsError):  # there is none yet
            pipeline.verify(settings.read(home=HOME))  # an old one is told before Prefect, which would bury it
        _run()
    except KetalitError as error:
        print(f"demo: {error}\n  {error.hint}", file=sys.stderr)
        sys.exit(error.exit_code)
    _print_release()


def _run() -> None:
    for name in [name for name in os.environ if name.startswith("KETALIT_") or name == "NCBI_API_KEY"]:
        del os.environ[name]  # the demo shows the same to everybody
    with pipeline.replay_server(corpus=None, home=None, port=0) as server:
        os.environ["KETALIT_ENTREZ_URL"] = server.entrez_url
        os.environ["KETALIT_CTGOV_URL"] = server.ctgov_url
        os.environ["KETALIT_EMAIL"] = "demo@example.org"
        os.environ["KETALIT_CTGOV_PER_SECOND"] = "10"
        os.environ["KETALIT_TASK_RETRY_SECONDS"] = "1"  # a demo that fails should say so now, not in an hour
        # a server of the demo's own: neither a profile nor a running server of the user is touched
        prefect_home = (HOME / "prefect").resolve()
        prefect_home.mkdir(parents=True, exist_ok=True)  # Prefect's server does not make the folder of its database
        os.environ["PREFECT_HOME"] = str(prefect_home)
        os.environ["PREFECT_LOGGING_LEVEL"] = "WARNING"
        os.environ.pop("PREFECT_API_URL", None)
        from flows.evidence import evidence

        if not (HOME / "snapshots").exists():
            # as if a refresh of some years ago had seen them: the demo shows what a sponsor changed since
            pipeline.import_files(settings.read(home=HOME), Source.CTGOV, earlier_versions())
        evidence(home=str(HOME), accept=(Acceptable.ACCURACY,))  # who is changing a rule sees the demo of it


def _print_release() -> None:
    release = Releases(settings.read(home=HOME).home).current()
    print(f"\nRelease {release.release_id}\n  {release.database}")
    for view, count in release.counts.items():
        print(f"  {view}: {count} rows")
    print(f"\nOpen {HOME / 'publish' / 'report.html'} in a browser, or make a Word document of it:")
    print(f"  .venv/bin/ketalit report --home {HOME} --out evidence.docx")


if __name__ == "__main__":
    main()
