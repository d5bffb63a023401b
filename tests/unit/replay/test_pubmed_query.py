"""PubMed's query language: precedence, terms, ranges, refusals, and the translation that is reported."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketalit.replay.pubmed_query import (
    Combination,
    DateRange,
    IdRange,
    Operator,
    Proximity,
    Term,
    parse,
    translation,
)
from ketalit.replay.refusal import QueryRefused

TIAB = "Title/Abstract"


def term(text: str, field: str = "All Fields", *, quoted: bool = False) -> Term:
    return Term(text, field, quoted)


A, B, C = term("a1"), term("b1"), term("c1")


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("a1", A),
        ("a1 b1", Combination(Operator.AND, (A, B))),
        ("a1 OR b1 AND c1", Combination(Operator.AND, (Combination(Operator.OR, (A, B)), C))),
        ("a1 AND b1 OR c1", Combination(Operator.OR, (Combination(Operator.AND, (A, B)), C))),
        ("a1 OR (b1 AND c1)", Combination(Operator.OR, (A, Combination(Operator.AND, (B, C))))),
        ("a1 NOT b1 OR c1", Combination(Operator.OR, (Combination(Operator.NOT, (A, B)), C))),
        ("a1 OR b1 OR c1", Combination(Operator.OR, (A, B, C))),
        ("((a1))", A),
        ("a1[tiab]", term("a1", TIAB)),
        ("a1 [ TiAb ]", term("a1", TIAB)),
        ("a1 b1[tiab]", term("a1 b1", TIAB)),
        ('"a1 b1"[tiab]', term("a1 b1", TIAB, quoted=True)),
        ('"a1" b1[tiab]', Combination(Operator.AND, (term("a1", quoted=True), term("b1", TIAB)))),
        ("a1[ti] b1[ti]", Combination(Operator.AND, (term("a1", "Title"), term("b1", "Title")))),
        ("ketamin*[tiab]", term("ketamin*", TIAB)),
        ('"mood disorder*"[tiab]', term("mood disorder*", TIAB, quoted=True)),
        ('"a1 b1"[tiab:~3]', Proximity("a1 b1", TIAB, 3)),
        ("2020[dp]", DateRange("2020", "2020", "Date - Publication")),
        ("2020/1/5[crdt]", DateRange("2020/01/05", "2020/01/05", "Date - Create")),
        ("2020/01/01:2024/12/31[crdt]", DateRange("2020/01/01", "2024/12/31", "Date - Create")),
        ('"2020/01/01"[dp] : "3000"[dp]', DateRange("2020/01/01", "3000", "Date - Publication")),
        ("a1 2020:2021[mdat]", Combination(Operator.AND, (A, DateRange("2020", "2021", "Date - Modification")))),
        ("hasabstract", term("hasabstract", "Filter")),
        ("(R,S)-ketamine[tiab]", Combination(Operator.AND, (term("R,S"), term("-ketamine", TIAB)))),
    ],
)
def test_a_query_is_read_as_pubmed_reads_it(query: str, tree: object) -> None:
    assert parse(query).query == tree


def test_lower_case_operators_are_stop_words_and_the_rest_is_joined_with_and() -> None:
    parsed = parse("a1 or b1")

    assert (parsed.query, parsed.ignored) == (Combination(Operator.AND, (A, B)), ("or",))


def test_stop_words_stay_in_a_tagged_phrase() -> None:
    assert parse("ketamine for depression[ti]").ignored == ()


def test_untagged_terms_are_looked_up_in_the_field_that_is_asked_for() -> None:
    assert parse("a1", field="Title").query == term("a1", "Title")


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("", "The query holds no term to search for."),
        ("the of", "The query holds no term to search for."),
        ("a1 AND", "A term is missing before the end of the query."),
        ("OR a1", "A term is missing before OR."),
        ("NOT a1", "A term is missing before NOT."),
        ("the NOT a1", "NOT has only stop words before it, so there is nothing to take away from."),
        ("a1 AND OR b1", "A term is missing before OR."),
        ("(a1", "An opening parenthesis has no partner in the query."),
        ("a1)", "A closing parenthesis has no partner in the query."),
        ("(a1 OR b1)[tiab]", "A tag follows a term, not a parenthesis: [tiab]"),
        ('"a1', 'A quotation mark or bracket has no partner in the query, from: "a1'),
        ("a1[tiab", "A quotation mark or bracket has no partner in the query, from: [tiab"),
        ("[tiab]", "Nothing stands before tiab in the query."),
        ("a1[zz]", "Field tag [zz] is not known to the replay."),
        ("ucla[ad]", "Field tag [ad] is not known to the replay."),
        ("#1", "The search history is not held: #1"),
        ("a1:b1[tiab]", "A range is of dates or ids and ends with the tag of such a field, not [tiab]."),
        ("2020:2021[tiab]", "A range is of dates or ids and ends with the tag of such a field, not [tiab]."),
        ("2020:2021", "A range is of dates or ids and ends with the tag of such a field, not []."),
        ("2020:", "The range that begins with 2020 has no end."),
        ('"last 30 days"[dp]', "A date is written YYYY, YYYY/MM or YYYY/MM/DD: last 30 days"),
        ("ket*[tiab]", "A truncated word has four letters or more before its * and ends the phrase: ket*"),
        ("keta*ine[tiab]", "A truncated word has four letters or more before its * and ends the phrase: keta*ine"),
        (
            '"depress* mood"[tiab]',
            "A truncated word has four letters or more before its * and ends the phrase: depress* mood",
        ),
        ('"--"[tiab]', "There is no word to search for in: --"),
        ('""', "There is no word to search for in: an empty pair of quotation marks"),
        ("free full text[sb]", "A record does not tell whether it belongs to the filter: free full text"),
        ('"a1 b1"[mh:~3]', 'Proximity is written "two words"[tiab:~N], in the title or in title and abstract.'),
        ('"a1"[ti:~3]', "Proximity takes two or more whole words: a1"),
        ('"a1 depress*"[ti:~3]', "Proximity takes two or more whole words: a1 depress*"),
    ],
)
def test_what_cannot_be_evaluated_is_refused_with_its_reason(query: str, message: str) -> None:
    with pytest.raises(QueryRefused) as refusal:
        parse(query)

    assert str(refusal.value) == message


@pytest.mark.parametrize(
    ("query", "understood"),
    [
        ("Ketamine[tiab]", '"ketamine"[Title/Abstract]'),
        ("a1 OR b1 AND c1", '("a1"[All Fields] OR "b1"[All Fields]) AND "c1"[All Fields]'),
        ('"a1 b1"[tiab:~3]', '"a1 b1"[Title/Abstract:~3]'),
        ("2020/01:2021[crdt]", "2020/01:2021[Date - Create]"),
        ("ketamin*[ti] NOT rat[mh]", '"ketamin*"[Title] NOT "rat"[MeSH Terms]'),
    ],
)
def test_the_translation_names_fields_in_full(query: str, understood: str) -> None:
    assert translation(parse(query).query) == understood


TERMS = st.sampled_from(["a1", "b1", "c1", "d1"])
QUERIES = st.recursive(
    TERMS,
    lambda inner: st.builds(
        lambda left, operator, right: f"({left}) {operator} ({right})", inner, st.sampled_from(list(Operator)), inner
    ),
    max_leaves=12,
)


@given(QUERIES)
def test_the_translation_means_what_the_query_means(query: str) -> None:
    tree = parse(query).query

    again = parse(translation(tree)).query

    assert translation(again) == translation(tree)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(QueryRefused):
        translation(parse(text).query)


def test_a_range_of_ids_holds_both_its_ends() -> None:
    assert parse("10:20[uid]").query == IdRange(10, 20)
