"""A living evidence base on ketamine and esketamine for depression.

    from ketalit import Release

    Release.current().dosing_protocols()    # a typed pandas data frame

Importing the package loads nothing else: what `Release` needs comes when it is first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ketalit.notebook import Release

__version__ = "0.1.0"
__all__ = ["Release", "__version__"]


def __getattr__(name: str) -> Any:
    if name == "Release":
        return import_module("ketalit.notebook").Release
    raise AttributeError(f"module 'ketalit' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
