"""The site's scripts and styles: our own, and those of installed packages. Nothing is fetched, nothing vendored.

Both bundles are ES modules, and a browser loads no module from disk. Wrapped in a function, they are plain scripts that
work from a folder, a stick or a server alike, and that a strict Content-Security-Policy lets run as files of the site.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Final

from ketalit.errors import SettingsError
from ketalit.export.charts.figure import VEGA_LITE

EXPORTS: Final = re.compile(r"export\{([^{}]*)\};")
OWN: Final = ("site.css", "table.js", "search.js", "charts.js", "study.js")


def asset_files() -> dict[str, bytes]:
    """Path within the site → bytes of every script and style."""
    own = {name: files(__package__).joinpath("static", name).read_bytes() for name in OWN}
    return {
        f"assets/{name}": data
        for name, data in {
            **own,
            "datatables.css": _bundled("dt_bundle.css").encode(),
            "datatables.js": _datatables().encode(),
            "vega.js": _vega().encode(),
        }.items()
    }


def _bundled(name: str) -> str:
    """A file of the DataTables bundle that the package itables carries."""
    return files("itables").joinpath("html", name).read_text("utf-8")


def _datatables() -> str:
    """DataTables with its buttons as a plain script that sets `DataTable`."""
    bundle = _bundled("dt_bundle.js")
    if not (exports := EXPORTS.search(bundle)):
        raise SettingsError(
            "The installed itables carries its DataTables bundle in a form that the site cannot use.",
            hint="Install the version of itables that requirements.lock names.",
        )
    names = {public: own for own, _, public in (name.partition(" as ") for name in exports[1].split(","))}
    given = f"window.DataTable={names['default']};"
    return _as_script(bundle[: exports.start()] + given + bundle[exports.end() :])


@cache
def _vega() -> str:
    """Vega, Vega-Lite and Vega-Embed as a plain script that sets `vegaEmbed`; made once, for it takes a second."""
    import vl_convert

    return _as_script(vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;", VEGA_LITE))


def _as_script(module: str) -> str:
    return f"(() => {{\n{module}\n}})();\n"
