"""Essie's language: precedence, operators, and the service's own words for what is wrong."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketalit.replay.essie import (
    AllOf,
    AnyOf,
    Coverage,
    Covering,
    Everything,
    Expanded,
    Expansion,
    InArea,
    Missing,
    Not,
    Range,
    Words,
    parse,
)
from ketalit.replay.refusal import QueryRefused

A, B, C = Words("a"), Words("b"), Words("c")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a", A),
        ("heart attack", Words("heart attack")),
        ('"heart attack"', Words("heart attack", quoted=True)),
        ("a OR b AND c", AnyOf((A, AllOf((B, C))))),
        ("(a OR b) AND c", AllOf((AnyOf((A, B)), C))),
        ("a OR b OR c", AnyOf((A, B, C))),
        ("NOT a AND b", AllOf((Not(A), B))),
        ("a NOT b", AllOf((A, Not(B)))),
        ("a AND NOT b", AllOf((A, Not(B)))),
        ("NOT (a OR b)", Not(AnyOf((A, B)))),
        ("AREA[Phase]PHASE3", InArea("Phase", Words("PHASE3"))),
        ("AREA[LocationCity] Bethesda", InArea("LocationCity", Words("Bethesda"))),
        ("AREA[Phase]a OR b", AnyOf((InArea("Phase", A), B))),
        ("AREA[StartDate]RANGE[2015-01-01, MAX]", InArea("StartDate", Range("2015-01-01", None))),
        ("AREA[MinimumAge]RANGE[MIN, 16 years]", InArea("MinimumAge", Range(None, "16 years"))),
        ("AREA[StartDate]MISSING", InArea("StartDate", Missing())),
        ("NOT AREA[StartDate]MISSING", Not(InArea("StartDate", Missing()))),
        ("EXPANSION[None]SLE", Expanded(Expansion.NONE, Words("SLE"))),
        ("COVERAGE[FullMatch]pain", Covering(Coverage.FULL_MATCH, Words("pain"))),
        ("EXPANSION[Concept] NOT (a OR b)", Expanded(Expansion.CONCEPT, Not(AnyOf((A, B))))),
        ('TILT[StudyFirstPostDate]"heart attack"', Words("heart attack", quoted=True)),
        ("ALL", Everything()),
        (r"\MISSING", Words("MISSING")),
        (r'"say \"a\" twice"', Words('say "a" twice', quoted=True)),
        ("and or not", Words("and or not")),
    ],
)
def test_an_expression_is_read_as_the_service_reads_it(text: str, tree: object) -> None:
    assert parse(text) == tree


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("(a OR b", "missing ')' at '<EOF>'"),
        ("a)", "extraneous input ')' expecting <EOF>"),
        ('a "b"', "extraneous input 'b' expecting <EOF>"),
        ("", "no viable alternative at input '<EOF>'"),
        ("a AND", "no viable alternative at input '<EOF>'"),
        ("OR a", "no viable alternative at input 'OR'"),
        ("[a]", "no viable alternative at input 'a'"),
        ("a [", "mismatched input '['"),
        ('"a', "mismatched input '\"'"),
        ("AREA Phase", "missing '[' at 'Phase'"),
        ("RANGE[1]", "mismatched input '1' in RANGE"),
        ("EXPANSION[Wild]a", "no viable alternative at input 'Wild'"),
        ("COVERAGE[Some]a", "no viable alternative at input 'Some'"),
        ("SEARCH[Location](a)", "SEARCH is known to Essie but not evaluated by the replay"),
        ("DISTANCE[1,2,3mi]", "DISTANCE is known to Essie but not evaluated by the replay"),
    ],
)
def test_a_malformed_expression_is_refused(text: str, message: str) -> None:
    with pytest.raises(QueryRefused) as refusal:
        parse(text)

    assert str(refusal.value) == message


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(QueryRefused):
        parse(text)
