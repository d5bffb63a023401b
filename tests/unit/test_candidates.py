"""Which papers are offered to which studies although no id says so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ketalit.candidates import OFFERED, Profile, candidates, of_publication, of_registration
from ketalit.linkage import links, studies
from ketalit.model.evidence import Facts, SampleSize
from ketalit.model.publication import Author, Publication
from ketalit.model.registration import Investigator, Registration, RegistryDate
from ketalit.model.study import Candidate
from ketalit.vocabulary import Design, Integrity, NBasis
from tests.unit.warehouse.examples import (
    day,
    facts,
    publication,
    reading,
    regimen,
    registration,
    registry_facts,
    stated_id,
)

ANN = Author("Sample", "Ann B", "AB", None, None, None, ("Department of Examples, Example University, Nowhere",))
LED_BY_ANN = (Investigator("Ann Sample, MD, PhD", "PRINCIPAL_INVESTIGATOR", "Example University", "/x/0/name"),)
TITLE = "Invented trial of intravenous esketamine in treatment of despondent gardeners"


def trial(nct_id: str = "NCT00000001", **changes: Any) -> Registration:
    """A completed trial of esketamine in 20 people."""
    plain: dict[str, Any] = {
        "brief_title": TITLE,
        "enrollment": 20,
        "completion": RegistryDate(day("2019-06-01"), "ACTUAL"),
        "investigators": LED_BY_ANN,
    }
    return registration(nct_id, **plain | changes)


def paper(pmid: str = "101", **changes: Any) -> Publication:
    """Its paper, without any id."""
    return publication(pmid, **{"title": TITLE, "authors": (ANN,)} | changes)


def profile(record: Publication | Registration, read: Facts | None = None) -> Profile | None:
    if isinstance(record, Publication):
        return of_publication(record, read or facts(record.pmid))
    return of_registration(record, read or registry_facts(record.nct_id, regimens=(regimen(record.nct_id),)))


def offered(
    *records: Publication | Registration, read: Sequence[Facts] = (), least: float = OFFERED
) -> tuple[Candidate, ...]:
    papers = [record for record in records if isinstance(record, Publication)]
    trials = [record for record in records if isinstance(record, Registration)]
    facts_of = {item.source_id: item for item in read}
    profiles = [profile(r, facts_of.get(r.pmid if isinstance(r, Publication) else r.nct_id)) for r in records]
    return candidates([one for one in profiles if one], studies(papers, trials, links(papers, trials)), least)


def part(name: str, *records: Publication | Registration, read: Sequence[Facts] = ()) -> float | None:
    """Points of one reason, None where it says nothing."""
    [offer] = offered(*records, read=read, least=-99)
    return next((item.points for item in offer.parts if item.name == name), None)


class TestOffers:
    def test_a_paper_without_id_is_offered_the_trial_of_its_author_drug_and_number_of_people(self) -> None:
        [offer] = offered(paper(), trial())
        assert (offer.pmid, offer.study_id, offer.score >= OFFERED) == ("101", "NCT00000001", True)

    def test_the_score_is_the_sum_of_its_reasons(self) -> None:
        [offer] = offered(paper(), trial())
        assert offer.score == round(sum(item.points for item in offer.parts), 2)

    def test_each_reason_quotes_both_records(self) -> None:
        [offer] = offered(paper(), trial())
        [size] = [item for item in offer.parts if item.name == "size"]
        assert (size.report.quote, size.record.quote) == ("20", "20")
        assert {(item.report.source_id, item.record.source_id) for item in offer.parts} == {("101", "NCT00000001")}

    def test_a_paper_that_states_an_id_is_offered_nothing(self) -> None:
        assert offered(paper(registry_ids=(stated_id("NCT00000009"),)), trial()) == ()

    def test_a_notice_is_offered_nothing(self) -> None:
        assert offered(paper(integrity=Integrity.NOTICE), trial()) == ()

    def test_a_review_is_offered_nothing(self) -> None:
        review = facts(design=reading(Design.REVIEW, "got"))
        assert offered(paper(), trial(), read=(review,)) == ()

    def test_a_trial_of_another_drug_is_not_offered(self) -> None:
        other = registry_facts(regimens=(regimen(drug=reading("ketamine", "esketamine")),))
        assert offered(paper(authors=()), trial(), read=(other,)) == ()

    def test_no_study_changes_because_of_an_offer(self) -> None:
        found = links([paper()], [trial()])
        assert [study.study_id for study in studies([paper()], [trial()], found)] == ["NCT00000001", "PMID101"]

    def test_a_secondary_analysis_is_offered_the_study_of_the_earlier_paper(self) -> None:
        first = paper("100", published=day("2019-01-01"), registry_ids=(stated_id("UMIN000000001"),))
        post_hoc = facts("101", design=reading(Design.SECONDARY_ANALYSIS, "got"))
        [offer] = offered(first, paper(), read=(post_hoc,))
        assert (offer.study_id, offer.source_id) == ("UMIN000000001", "100")

    def test_the_earlier_of_two_papers_is_not_offered_to_the_later(self) -> None:
        pair = paper("100", published=day("2019-01-01")), paper()
        assert [(offer.pmid, offer.source_id) for offer in offered(*pair)] == [("101", "100")]

    def test_papers_of_other_authors_that_both_report_first_are_two_studies(self) -> None:
        other = Author("Other", "Ben", "B", None, None, None)
        assert offered(paper("100", published=day("2019-01-01"), authors=(other,)), paper()) == ()


class TestReasons:
    def test_the_actual_enrolment_speaks_for_it_and_another_number_against(self) -> None:
        assert (part("size", paper(), trial()), part("size", paper(), trial(enrollment=23))) == (4, -1)

    def test_many_more_people_than_were_enrolled_speak_strongly_against(self) -> None:
        assert part("size", paper(), trial(enrollment=12)) == -3

    def test_a_plan_speaks_less_and_never_against(self) -> None:
        planned = {"enrollment_kind": "ESTIMATED"}
        assert part("size", paper(), trial(**planned)) == 1.5
        assert part("size", paper(), trial(enrollment=30, **planned)) is None

    def test_a_paper_that_was_out_before_the_trial_began_is_not_its_report(self) -> None:
        assert part("date", paper(published=day("2017-05-01")), trial()) == -8

    def test_a_paper_in_the_years_after_completion_may_be(self) -> None:
        assert (part("date", paper(), trial()), part("date", paper(published=day("2030-01-01")), trial())) == (1, -2)

    def test_a_name_matches_by_family_name_and_initial_whatever_the_degrees(self) -> None:
        assert part("person", paper(), trial()) == 4
        assert part("person", paper(authors=(Author("Sample", "Zoe", "Z", None, None, None),)), trial()) is None

    def test_the_sponsor_in_an_affiliation_counts(self) -> None:
        assert part("organisation", paper(), trial()) == 1.5

    def test_the_acronym_in_the_abstract_counts(self) -> None:
        named = paper(abstract=f"{paper().abstract} This was GARDENIA-2.")
        assert part("name", named, trial(acronym="GARDENIA 2")) == 6

    def test_another_number_of_the_series_speaks_strongly_against(self) -> None:
        sister = paper(title=f"{TITLE}: GARDENIA-1")
        assert part("name", sister, trial(acronym="GARDENIA-2")) == -8

    def test_the_sponsors_code_counts(self) -> None:
        coded = paper(abstract=f"{paper().abstract} Protocol EXA-30012.")
        assert part("name", coded, trial(org_study_id="EXA-30012")) == 6

    def test_scales_in_capitals_are_no_names_of_trials(self) -> None:
        rated = paper(abstract=f"{paper().abstract} Rated by MADRS.")
        assert part("name", rated, trial(brief_title=f"{TITLE} (MADRS)")) is None


some_records = st.lists(
    st.one_of(
        st.builds(
            lambda pmid, n, title, author: (
                paper(f"{pmid}", title=title, authors=(ANN,) if author else ()),
                facts(f"{pmid}", n_total=SampleSize(reading(n, "20", f"{pmid}"), NBasis.ANALYSED)),
            ),
            st.integers(1, 4),
            st.sampled_from((20, 30)),
            st.sampled_from((TITLE, "Esketamine in sailors", "Pooled analysis of esketamine in gardeners")),
            st.booleans(),
        ),
        st.builds(
            lambda number, n, title: (
                trial(f"NCT0000000{number}", enrollment=n, brief_title=title),
                registry_facts(f"NCT0000000{number}", regimens=(regimen(f"NCT0000000{number}"),)),
            ),
            st.integers(1, 4),
            st.sampled_from((20, 30)),
            st.sampled_from((TITLE, "Esketamine in sailors")),
        ),
    ),
    unique_by=lambda pair: pair[1].source_id,
)


class TestLaws:
    @given(st.data(), some_records)
    def test_the_order_of_the_records_changes_nothing(
        self, data: st.DataObject, pairs: list[tuple[Publication | Registration, Facts]]
    ) -> None:
        shuffled = data.draw(st.permutations(pairs))
        assert offered(*(r for r, _ in shuffled), read=[f for _, f in shuffled], least=0) == offered(
            *(r for r, _ in pairs), read=[f for _, f in pairs], least=0
        )

    @given(some_records)
    def test_an_offer_is_to_a_study_that_exists_and_that_the_paper_is_not_in(
        self, pairs: list[tuple[Publication | Registration, Facts]]
    ) -> None:
        records = [record for record, _ in pairs]
        papers = [record for record in records if isinstance(record, Publication)]
        trials = [record for record in records if isinstance(record, Registration)]
        members = {study.study_id: study.pmids for study in studies(papers, trials, links(papers, trials))}
        for offer in offered(*records, read=[read for _, read in pairs], least=0):
            assert offer.pmid not in members[offer.study_id]

    @given(some_records)
    def test_at_most_three_studies_are_offered_for_a_paper(
        self, pairs: list[tuple[Publication | Registration, Facts]]
    ) -> None:
        found = offered(*(record for record, _ in pairs), read=[read for _, read in pairs], least=0)
        assert all(sum(offer.pmid == other.pmid for other in found) <= 3 for offer in found)
