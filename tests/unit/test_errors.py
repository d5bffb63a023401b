"""Errors: which of them time may mend, and that each says what to do."""

from __future__ import annotations

import pytest

from ketalit import errors
from ketalit.errors import Incomplete, KetalitError, SourceRefused, SourceUnavailable, may_pass


def broken_off_by(cause: Exception) -> Incomplete:
    incomplete = Incomplete("2 of 5 records did not come")
    incomplete.__cause__ = cause
    return incomplete


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (SourceUnavailable("down"), True),
        (Incomplete("records missing"), True),
        (broken_off_by(SourceUnavailable("down")), True),
        (broken_off_by(SourceRefused("a wrong request")), False),
        (SourceRefused("a wrong request"), False),
        (ValueError("a bug"), False),
        ("books", False),
    ],
)
def test_only_what_time_mends_is_tried_again(error: object, expected: bool) -> None:
    assert may_pass(error) is expected


def test_every_error_says_what_to_try() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, KetalitError)]
    assert [kind.__name__ for kind in kinds if len(kind.hint) < 15] == []


def test_the_tree_at_the_top_names_every_error() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, KetalitError)]
    assert [kind.__name__ for kind in kinds if kind.__name__ not in (errors.__doc__ or "")] == []
