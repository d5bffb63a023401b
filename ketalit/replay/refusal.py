"""What the evaluators say when they cannot answer: a refusal, never a guess."""

from __future__ import annotations

from ketalit.errors import SourceRefused


class QueryRefused(SourceRefused):
    """The query is malformed, or holds something that the replay cannot evaluate as the service would."""

    hint = "Correct the query; what the service knows and the replay does not is listed in the module's docstring."
