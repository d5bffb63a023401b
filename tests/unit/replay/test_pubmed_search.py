"""What PubMed queries find: each field, precedence at work, and the laws of sets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketalit.model.dates import PartialDate
from ketalit.replay.pubmed_query import parse
from ketalit.replay.pubmed_search import Library
from ketalit.vocabulary import DatePrecision
from tests.unit.replay.replay_records import article, author, databank, day, finds, group, heading, other_abstract


@pytest.mark.parametrize(
    "title", ["S-ketamine", "(R,S)-ketamine", "KETAMINE.", "kétamine", "Low-dose ketamine/placebo"]
)
def test_a_word_is_found_whatever_stands_around_it(title: str) -> None:
    assert finds("ketamine[tiab]", title=title)


@pytest.mark.parametrize("title", ["esketamine", "ketamines", "ket amine"])
def test_a_word_is_not_found_within_or_across_words(title: str) -> None:
    assert not finds("ketamine[tiab]", title=title)


def test_truncation_finds_longer_words_only_from_their_start() -> None:
    assert finds("ketamin*[tiab]", title="Ketamines")
    assert not finds("ketamin*[tiab]", title="Esketamine")


def test_a_truncated_phrase_ends_anyhow() -> None:
    assert finds('"mood disorder*"[tiab]', title="Mood disorders revisited")
    assert not finds('"mood disorder*"[mh]', title="Mood disorders revisited")


def test_a_phrase_needs_its_words_in_a_row() -> None:
    other = article("2", title="treatment resistant depression")
    library = Library([article("1", title="depression that is treatment resistant"), other])

    assert library.search(parse('"treatment-resistant depression"[ti]').query) == {"2"}


def test_a_phrase_does_not_reach_from_the_title_into_the_abstract() -> None:
    other = article("2", title="nasal spray")
    library = Library([article("1", title="A nasal", abstract="spray was given"), other])

    assert library.search(parse('"nasal spray"[tiab]').query) == {"2"}


@pytest.mark.parametrize("query", ['"spray nasal"[tiab]', "spray nasal[tiab]", "spray-nasal[tiab]"])
def test_a_phrase_that_occurs_nowhere_is_not_broken_up(query: str) -> None:
    assert not finds(query, title="A nasal spray")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ('"ketamine depression"[ti:~2]', True),
        ('"depression ketamine"[ti:~2]', True),
        ('"ketamine depression"[ti:~1]', False),
    ],
)
def test_proximity_counts_the_words_between_in_any_order(query: str, found: bool) -> None:
    assert finds(query, title="Ketamine for bipolar depression") == found


def test_proximity_stays_within_one_value() -> None:
    assert not finds('"nasal spray"[tiab:~5]', title="A nasal", abstract="spray was given")


@pytest.mark.parametrize(
    ("tag", "fields"),
    [
        ("tiab", {"title", "vernacular_title", "abstract", "other_abstracts", "keywords"}),
        ("ti", {"title", "vernacular_title"}),
        ("ab", {"abstract", "other_abstracts"}),
        ("ot", {"keywords"}),
        (
            "tw",
            {
                "title",
                "vernacular_title",
                "abstract",
                "other_abstracts",
                "keywords",
                "mesh",
                "publication_types",
                "substances",
            },
        ),
        (
            "all",
            {
                "title",
                "vernacular_title",
                "abstract",
                "other_abstracts",
                "keywords",
                "mesh",
                "publication_types",
                "substances",
                "journal",
                "authors",
            },
        ),
        ("mh", {"mesh"}),
        ("mesh:noexp", {"mesh"}),
        ("pt", {"publication_types"}),
        ("nm", {"substances"}),
        ("ta", {"journal"}),
        ("au", {"authors"}),
    ],
)
def test_each_tag_looks_into_its_own_fields(tag: str, fields: set[str]) -> None:
    everywhere = {
        "title": "zeta",
        "vernacular_title": "zeta",
        "abstract": "zeta",
        "other_abstracts": (other_abstract("zeta"),),
        "keywords": ("zeta",),
        "mesh": (heading("zeta"),),
        "publication_types": ("zeta",),
        "substances": ("zeta",),
        "journal": "zeta",
        "authors": (group("zeta"),),
    }

    assert {name for name, value in everywhere.items() if finds(f"zeta[{tag}]", **{name: value})} == fields


def test_a_heading_matches_as_a_whole() -> None:
    assert finds("depressive disorder, major[mh]", mesh=(heading("Depressive Disorder, Major"),))
    assert not finds("major[mh]", mesh=(heading("Depressive Disorder, Major"),))


def test_a_heading_brings_the_known_ones_under_it_unless_told_not_to() -> None:
    stated = {"mesh": (heading("Depressive Disorder, Treatment-Resistant"),)}

    assert finds("mood disorders[mh]", **stated)
    assert not finds("mood disorders[mh:noexp]", **stated)
    assert not finds("mood disorder*[mh]", **stated)


def test_a_heading_is_found_with_its_qualifier() -> None:
    stated = {"mesh": (heading("Ketamine", "therapeutic use", "adverse effects"),)}

    assert finds("ketamine/therapeutic use[mh]", **stated)
    assert finds("adverse effects[sh]", **stated)
    assert not finds("ketamine/pharmacology[mh]", **stated)


def test_a_major_topic_is_marked() -> None:
    assert finds("ketamine[majr]", mesh=(heading("Ketamine", major=True),))
    assert not finds("ketamine[majr]", mesh=(heading("Ketamine"),))


def test_a_publication_type_brings_the_ones_under_it() -> None:
    assert finds("clinical trial[pt]", publication_types=("Randomized Controlled Trial",))
    assert not finds("clinical trial[pt]", publication_types=("Review",))


def test_a_supplementary_concept_is_found_by_name() -> None:
    assert finds("Esketamine[nm]", substances=("Esketamine",))


@pytest.mark.parametrize(
    ("query", "found"),
    [("smith[au]", True), ("smith j[au]", True), ("smith ja[au]", True), ("smith b[au]", False), ("smi[au]", False)],
)
def test_initials_of_an_author_may_be_cut_short(query: str, found: bool) -> None:
    assert finds(query, authors=(author("Smith", "JA"),)) == found


def test_smith_is_not_smithson() -> None:
    assert not finds("smith[au]", authors=(author("Smithson", "J"),))


def test_a_language_is_found_by_code_and_by_name() -> None:
    assert finds("eng[la]", languages=("eng",))
    assert finds("english[la]", languages=("eng",))
    assert not finds("german[la]", languages=("eng",))


def test_a_registry_number_in_the_databank_list_is_found() -> None:
    stated = {"registry_ids": (databank("ClinicalTrials.gov", "NCT00088699"),)}

    assert finds("NCT00088699[si]", **stated)
    assert finds("clinicaltrials.gov/NCT00088699[si]", **stated)
    assert not finds("NCT0008869[si]", **stated)


def test_records_are_found_by_pmid() -> None:
    assert finds("1[pmid]")
    assert not finds("11[uid]")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("hasabstract", True),
        ("hasabstract[sb]", True),
        ("medline[sb]", False),
        ("pubmednotmedline[sb]", True),
        ("all[sb]", True),
    ],
)
def test_filters_read_what_the_record_tells(query: str, found: bool) -> None:
    assert finds(query, abstract="There is one.", status="PubMed-not-MEDLINE") == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("2020[crdt]", True),
        ("2020/05[crdt]", True),
        ("2020/05/17[crdt]", True),
        ("2020/05/16[crdt]", False),
        ("2020/05/17:2020/05/18[crdt]", True),
        ("2020/05/01:2020/05/17[crdt]", True),
        ("2020/05/18:3000[crdt]", False),
        ("1800:2020[crdt]", True),
        ("2019:2020/04[crdt]", False),
        ("2020[edat]", True),
        ("2020[dp]", False),
        ("2020[mdat]", False),
    ],
)
def test_both_ends_of_a_range_of_dates_belong_to_it(query: str, found: bool) -> None:
    assert finds(query, created=day("2020-05-17")) == found


def test_a_publication_date_without_a_day_is_filed_under_the_first() -> None:
    spring = PartialDate("2021 Mar", DatePrecision.MONTH, "2021-03-01", "2021-03-31")

    assert finds("2021/03/01[dp]", published=spring)
    assert not finds("2021/03/02:2021/03/31[dp]", published=spring)


def test_a_record_without_a_date_is_in_no_range() -> None:
    assert not finds("1000:3000[crdt]", title="Undated")


def test_operators_work_from_left_to_right() -> None:
    library = Library([article("1", title="alpha"), article("2", title="beta gamma"), article("3", title="gamma")])

    assert library.search(parse("alpha OR beta AND gamma").query) == {"2"}
    assert library.search(parse("alpha OR (beta AND gamma)").query) == {"1", "2"}
    assert library.search(parse("alpha OR gamma NOT beta").query) == {"1", "3"}


def test_a_query_of_a_thousand_terms_does_not_nest_too_deep() -> None:
    library = Library([article("1", title="w999")])

    assert library.search(parse(" OR ".join(f"w{n}[ti]" for n in range(1000))).query) == {"1"}


def test_terms_that_stand_nowhere_are_reported() -> None:
    library = Library([article("1", title="ketamine")])

    unmatched = library.unmatched(parse('ketamine[ti] OR ketamnie[ti] OR "foo bar"[tiab]').query)

    assert [(term.text, term.quoted) for term in unmatched] == [("ketamnie", False), ("foo bar", True)]


WORDS = st.sampled_from(["ketamine", "esketamine", "depression", "placebo", "rat"])
TITLES = st.lists(st.lists(WORDS, max_size=4).map(" ".join), min_size=1, max_size=8)


@given(TITLES, WORDS, WORDS)
def test_sets_obey_their_laws(titles: list[str], left: str, right: str) -> None:
    library = Library([article(str(number), title=title) for number, title in enumerate(titles, 1)])

    def found(query: str) -> frozenset[str]:
        return library.search(parse(query).query)

    assert found(f"{left} AND {right}") == found(left) & found(right)
    assert found(f"{left} OR {right}") == found(left) | found(right)
    assert found(f"all[sb] NOT {left}") == library.pmids - found(left)
    assert found(f'"{left} {right}"[ti]') <= found(f"{left} AND {right}")
    assert found(f'"{left} {right}"[ti:~0]') <= found(f'"{left} {right}"[ti:~9]') <= found(f"{left} AND {right}")
    assert found(f"{left}[ti]") <= found(f"{left[:4]}*[ti]" if len(left) > 4 else left)
