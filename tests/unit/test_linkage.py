"""Which publications and registrations are one study."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ketalit.linkage import links, studies
from ketalit.model.publication import Correction, Publication
from ketalit.model.registration import Registration, SecondaryId
from ketalit.model.study import Link, Study
from ketalit.vocabulary import Integrity, LinkKind
from tests.unit.warehouse.examples import notice, publication, reference, registration, stated_id


def linked(*records: Publication | Registration) -> tuple[Study, ...]:
    publications = [record for record in records if isinstance(record, Publication)]
    registrations = [record for record in records if isinstance(record, Registration)]
    return studies(publications, registrations, links(publications, registrations))


def members(*records: Publication | Registration) -> dict[str, tuple[str, ...]]:
    """study_id → PMIDs."""
    return {study.study_id: study.pmids for study in linked(*records)}


def stating(pmid: str, *ids: str, **changes: Any) -> Publication:
    return publication(pmid, registry_ids=tuple(map(stated_id, ids)), **changes)


def also_known_as(nct_id: str, *ids: str, aliases: tuple[str, ...] = ()) -> Registration:
    named = tuple(
        SecondaryId(other, "REGISTRY", None, f"/protocolSection/identificationModule/secondaryIdInfos/{place}")
        for place, other in enumerate(ids)
    )
    return registration(nct_id, secondary_ids=named, aliases=aliases)


def kinds(found: Iterable[Link]) -> list[tuple[str, str, LinkKind]]:
    return [(link.pmid, link.registry_id, link.kind) for link in found]


class TestLinks:
    def test_a_databank_id_links_and_keeps_where_it_stands(self) -> None:
        [link] = links([stating("1", "NCT00000001")], [])
        assert (link.kind, link.span.field, link.span.quote) == (LinkKind.DATABANK, "databank", "NCT00000001")

    def test_an_id_in_title_or_abstract_is_another_kind_of_evidence(self) -> None:
        found = links([publication("1", registry_ids=(stated_id("NCT00000001", where="abstract"),))], [])
        assert kinds(found) == [("1", "NCT00000001", LinkKind.ABSTRACT_ID)]

    def test_a_result_reference_of_the_registry_links(self) -> None:
        found = links([publication("1")], [registration(references=(reference("1", "RESULT"),))])
        assert kinds(found) == [("1", "NCT00000001", LinkKind.REGISTRY_RESULT_REFERENCE)]

    def test_a_derived_reference_of_the_registry_links(self) -> None:
        found = links([publication("1")], [registration(references=(reference("1", "DERIVED"),))])
        assert kinds(found) == [("1", "NCT00000001", LinkKind.REGISTRY_DERIVED_REFERENCE)]

    def test_a_background_reference_never_links(self) -> None:
        assert links([publication("1")], [registration(references=(reference("1", "BACKGROUND"),))]) == ()

    def test_a_reference_without_a_kind_does_not_link(self) -> None:
        assert links([publication("1")], [registration(references=(reference("1", None),))]) == ()

    def test_a_reference_to_a_publication_that_we_do_not_hold_is_no_link(self) -> None:
        assert links([], [registration(references=(reference("1"),))]) == ()

    def test_another_registrys_id_in_a_paper_links_to_the_registration_that_states_it(self) -> None:
        found = links([stating("1", "ISRCTN12345678")], [also_known_as("NCT00000001", "ISRCTN12345678")])
        assert kinds(found) == [
            ("1", "ISRCTN12345678", LinkKind.DATABANK),
            ("1", "NCT00000001", LinkKind.SECONDARY_ID),
        ]

    def test_a_secondary_id_link_quotes_the_registration(self) -> None:
        found = links([stating("1", "2014-004585-22")], [also_known_as("NCT00000001", "EudraCT 2014-004585-22")])
        [span] = [link.span for link in found if link.kind is LinkKind.SECONDARY_ID]
        assert (span.source_id, span.quote) == ("NCT00000001", "EudraCT 2014-004585-22")


class TestStudies:
    def test_a_study_is_a_registration_with_its_publications(self) -> None:
        [study] = linked(registration("NCT00000001"), stating("1", "NCT00000001"), stating("2", "NCT00000001"))
        assert study == Study("NCT00000001", ("NCT00000001",), ("NCT00000001",), ("1", "2"))

    def test_a_registration_without_publication_is_a_study(self) -> None:
        assert members(registration("NCT00000001")) == {"NCT00000001": ()}

    def test_a_publication_without_any_id_is_a_study_of_its_own(self) -> None:
        assert members(publication("7")) == {"PMID7": ("7",)}

    def test_publications_that_state_the_same_unregistered_id_are_one_study(self) -> None:
        assert members(stating("1", "UMIN000001234"), stating("2", "UMIN000001234")) == {"UMIN000001234": ("1", "2")}

    def test_an_id_whose_registration_we_do_not_hold_is_no_nct_id_of_the_study(self) -> None:
        [study] = linked(stating("1", "NCT00000009"))
        assert (study.registry_ids, study.nct_ids) == (("NCT00000009",), ())

    def test_a_paper_on_two_trials_belongs_to_both_and_does_not_merge_them(self) -> None:
        both = stating("1", "NCT00000001", "NCT00000002")
        assert members(registration("NCT00000001"), registration("NCT00000002"), both) == {
            "NCT00000001": ("1",),
            "NCT00000002": ("1",),
        }

    def test_papers_on_two_unregistered_trials_do_not_merge_them_either(self) -> None:
        assert members(stating("1", "NCT00000001", "NCT00000002"), stating("2", "NCT00000002")) == {
            "NCT00000001": ("1",),
            "NCT00000002": ("1", "2"),
        }

    def test_an_id_of_another_registry_leads_to_the_registration_that_states_it(self) -> None:
        found = members(also_known_as("NCT00000001", "ISRCTN12345678"), stating("1", "ISRCTN12345678"))
        assert found == {"NCT00000001": ("1",)}

    def test_an_alias_leads_to_its_registration(self) -> None:
        renamed = registration("NCT00000005", aliases=("NCT00000003",))
        assert members(renamed, stating("1", "NCT00000003")) == {"NCT00000005": ("1",)}

    def test_two_registrations_that_name_each_other_are_one_study(self) -> None:
        [study] = linked(also_known_as("NCT00000001", "NCT00000002"), also_known_as("NCT00000002", "NCT00000001"))
        assert (study.study_id, study.nct_ids) == ("NCT00000001", ("NCT00000001", "NCT00000002"))

    def test_an_extension_that_lists_its_parent_stays_apart(self) -> None:
        extension = also_known_as("NCT00000002", "NCT00000001")
        assert members(registration("NCT00000001"), extension) == {"NCT00000001": (), "NCT00000002": ()}

    def test_a_paper_on_a_parent_that_we_do_not_hold_does_not_join_the_extension(self) -> None:
        extension = also_known_as("NCT00000002", "NCT00000001")
        assert members(extension, stating("1", "NCT00000001")) == {"NCT00000001": ("1",), "NCT00000002": ()}

    def test_one_id_of_each_registry_in_one_paper_name_one_trial(self) -> None:
        papers = stating("1", "NCT00000001", "2014-004585-22"), stating("2", "2014-004585-22")
        assert members(*papers) == {"NCT00000001": ("1", "2")}

    def test_an_id_that_papers_connect_with_two_trials_stands_for_itself(self) -> None:
        papers = (
            stating("1", "NCT00000001", "2014-004585-22"),
            stating("2", "NCT00000002", "2014-004585-22"),
            stating("3", "2014-004585-22"),
        )
        assert members(*papers) == {
            "2014-004585-22": ("1", "2", "3"),
            "NCT00000001": ("1",),
            "NCT00000002": ("2",),
        }

    def test_the_study_is_called_by_its_nct_id_before_any_other(self) -> None:
        [study] = linked(also_known_as("NCT00000001", "2014-004585-22", "ISRCTN12345678"))
        assert study.registry_ids == ("NCT00000001", "2014-004585-22", "ISRCTN12345678")

    def test_grant_numbers_are_no_registry_ids(self) -> None:
        [study] = linked(also_known_as("NCT00000001", "R01MH000001"))
        assert study.registry_ids == ("NCT00000001",)


class TestNotices:
    def test_a_retraction_notice_goes_with_its_article(self) -> None:
        assert members(publication("1"), notice("2", of="1")) == {"PMID1": ("1", "2")}

    def test_an_erratum_joins_the_trial_of_its_article(self) -> None:
        found = members(
            registration("NCT00000001"), stating("1", "NCT00000001"), notice("2", of="1", kind="ErratumFor")
        )
        assert found == {"NCT00000001": ("1", "2")}

    def test_the_article_may_be_the_one_that_names_the_notice(self) -> None:
        article = publication("1", corrections=(Correction("RetractionIn", "2", None),))
        silent = publication("2", integrity=Integrity.NOTICE)
        assert members(article, silent) == {"PMID1": ("1", "2")}

    def test_a_notice_about_an_article_that_we_do_not_hold_stands_alone(self) -> None:
        assert members(notice("2", of="1")) == {"PMID2": ("2",)}

    def test_a_notice_about_a_notice_goes_with_the_article(self) -> None:
        found = members(publication("1"), notice("2", of="1", kind="ErratumFor"), notice("3", of="2"))
        assert found == {"PMID1": ("1", "2", "3")}

    def test_notices_that_point_at_each_other_are_one_study(self) -> None:
        assert members(notice("1", of="2"), notice("2", of="1")) == {"PMID1": ("1", "2")}

    def test_a_reprint_is_not_another_study(self) -> None:
        reprint = publication("2", corrections=(Correction("RepublishedFrom", "1", None),))
        assert members(publication("1"), reprint) == {"PMID1": ("1", "2")}

    def test_a_comment_on_an_article_is_not_a_report_of_its_study(self) -> None:
        letter = publication("2", corrections=(Correction("CommentOn", "1", None),))
        assert members(publication("1"), letter) == {"PMID1": ("1",), "PMID2": ("2",)}


IDS = ("NCT00000001", "NCT00000002", "NCT00000003", "ISRCTN12345678", "2014-004585-22")
PMIDS = tuple("12345")

some_publications = st.lists(
    st.builds(
        lambda pmid, ids, kind, other, is_notice: stating(
            pmid,
            *ids,
            corrections=(Correction(kind, other, None),),
            integrity=Integrity.NOTICE if is_notice else Integrity.CURRENT,
        ),
        st.sampled_from(PMIDS),
        st.lists(st.sampled_from(IDS), unique=True, max_size=3),
        st.sampled_from(("RetractionOf", "ErratumIn", "CommentOn", "RepublishedFrom")),
        st.sampled_from(PMIDS),
        st.booleans(),
    ),
    unique_by=lambda record: record.pmid,
)
some_registrations = st.lists(
    st.builds(
        lambda nct_id, ids, aliases: also_known_as(nct_id, *ids, aliases=tuple(aliases)),
        st.sampled_from(IDS[:3]),
        st.lists(st.sampled_from(IDS), max_size=2),
        st.lists(st.sampled_from(IDS[:4]), unique=True, max_size=1),
    ),
    unique_by=lambda record: record.nct_id,
)


class TestLaws:
    @given(st.data(), some_publications, some_registrations)
    def test_the_order_of_the_records_changes_nothing(
        self, data: st.DataObject, publications: list[Publication], registrations: list[Registration]
    ) -> None:
        shuffled = data.draw(st.permutations([*publications, *registrations]))
        assert linked(*shuffled) == linked(*publications, *registrations)

    @given(some_publications, some_registrations)
    def test_each_record_is_in_a_study(
        self, publications: list[Publication], registrations: list[Registration]
    ) -> None:
        found = linked(*publications, *registrations)
        assert {pmid for study in found for pmid in study.pmids} == {record.pmid for record in publications}
        assert {nct_id for study in found for nct_id in study.nct_ids} == {record.nct_id for record in registrations}

    @given(some_publications, some_registrations)
    def test_study_ids_are_unique_and_ids_of_members(
        self, publications: list[Publication], registrations: list[Registration]
    ) -> None:
        found = linked(*publications, *registrations)
        assert len({study.study_id for study in found}) == len(found)
        for study in found:
            assert study.study_id in (*study.registry_ids, *(f"PMID{pmid}" for pmid in study.pmids))

    @given(some_publications, some_registrations)
    def test_each_registration_is_in_one_study_only(
        self, publications: list[Publication], registrations: list[Registration]
    ) -> None:
        held = [nct_id for study in linked(*publications, *registrations) for nct_id in study.nct_ids]
        assert sorted(held) == sorted(record.nct_id for record in registrations)

    @given(some_publications, some_registrations)
    def test_hiding_a_paper_that_stands_alone_changes_no_other_study(
        self, publications: list[Publication], registrations: list[Registration]
    ) -> None:
        whole = linked(*publications, *registrations)
        alone = {study.pmids for study in whole if study.study_id.startswith("PMID") and len(study.pmids) == 1}
        for hidden in sorted(pmid for (pmid,) in alone):
            rest = linked(*(p for p in publications if p.pmid != hidden), *registrations)
            assert rest == tuple(study for study in whole if study.pmids != (hidden,))

    @given(some_publications, some_registrations)
    def test_hiding_a_paper_never_renames_the_study_of_a_registration(
        self, publications: list[Publication], registrations: list[Registration]
    ) -> None:
        """A study whose registration we do not hold may take the id of another member, which then resolves as well."""
        whole = {nct_id: s.study_id for s in linked(*publications, *registrations) for nct_id in s.nct_ids}
        for hidden in publications:
            rest = linked(*(p for p in publications if p.pmid != hidden.pmid), *registrations)
            assert {nct_id: study.study_id for study in rest for nct_id in study.nct_ids} == whole
