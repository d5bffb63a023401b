"""ClinicalTrials.gov API v2: parameters, paging, order, projection, and errors in plain text."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketalit.replay.corpus import Corpus
from ketalit.replay.ctgov import ClinicalTrials
from ketalit.replay.exchange import Reply, Request
from tests.unit.replay.replay_records import study_json

IDS = [f"NCT{number:08d}" for number in range(1, 26)]


def _study(nct_id: str) -> bytes:
    number = int(nct_id[3:])
    return study_json(
        nct_id,
        identificationModule__briefTitle=f"Ketamine trial {number}",
        statusModule__overallStatus="COMPLETED" if number % 2 else "RECRUITING",
        statusModule__studyFirstPostDateStruct={"date": f"2020-01-{number:02d}"},
        designModule__enrollmentInfo={"count": number},
    )


CORPUS = Corpus({}, {nct_id: _study(nct_id) for nct_id in IDS})
SERVICE = ClinicalTrials(CORPUS)


def ask(path: str = "studies", service: ClinicalTrials = SERVICE, **parameters: str) -> Reply:
    """Ask with `__` in a parameter's name for its dot."""
    pairs = tuple((name.replace("__", "."), value) for name, value in parameters.items())
    reply = service.answer(path, Request("GET", f"/api/v2/{path}", pairs))
    assert reply is not None
    return reply


def page(**parameters: str) -> dict[str, Any]:
    reply = ask(**parameters)
    assert (reply.status, reply.content_type) == (200, "application/json"), reply.body
    found: dict[str, Any] = json.loads(reply.body)
    return found


def ids(found: dict[str, Any]) -> list[str]:
    return [study["protocolSection"]["identificationModule"]["nctId"] for study in found["studies"]]


def walk(**parameters: str) -> list[str]:
    found = page(**parameters)
    walked = ids(found)
    while "nextPageToken" in found:
        found = page(**parameters, pageToken=found["nextPageToken"])
        walked += ids(found)
    return walked


def refusal(path: str = "studies", **parameters: str) -> str:
    reply = ask(path, **parameters)
    assert (reply.status, reply.content_type) == (400, "text/plain; charset=utf-8"), reply.body
    return reply.body.decode()


# ---- pages


def test_a_page_holds_ten_studies_and_a_token_for_the_next() -> None:
    found = page()

    assert (len(found["studies"]), sorted(found)) == (10, ["nextPageToken", "studies"])


def test_the_last_page_has_no_token() -> None:
    assert sorted(page(pageSize="25")) == ["studies"]


@given(st.integers(1, 30))
def test_pages_put_together_are_the_whole_whatever_their_size(size: int) -> None:
    assert walk(sort="StudyFirstPostDate:asc", pageSize=str(size)) == IDS


def test_the_total_comes_with_the_first_page_only() -> None:
    first = page(countTotal="true")
    second = page(countTotal="true", pageToken=first["nextPageToken"])

    assert (first["totalCount"], "totalCount" in second) == (25, False)


@pytest.mark.parametrize("size", ["0", "99999"])
def test_odd_page_sizes_are_changed_without_a_word(size: str) -> None:
    assert len(page(pageSize=size)["studies"]) == (25 if size == "99999" else 10)


def test_a_page_size_may_change_on_the_way() -> None:
    first = page(sort="EnrollmentCount", pageSize="3")

    assert ids(page(sort="EnrollmentCount", pageSize="2", pageToken=first["nextPageToken"])) == IDS[3:5]


def test_a_token_belongs_to_its_parameters() -> None:
    token = page(query__term="ketamine")["nextPageToken"]

    error = refusal(query__term="trial", pageToken=token)

    assert error == "Parameter `pageToken` was given for other parameters than these"


def test_the_real_service_gives_wrong_rows_for_a_token_of_other_parameters() -> None:
    lax = ClinicalTrials(CORPUS, bound_tokens=False)
    token = json.loads(ask(service=lax, query__term="ketamine").body)["nextPageToken"]

    reply = ask(service=lax, sort="EnrollmentCount", pageToken=token)

    assert (reply.status, ids(json.loads(reply.body))) == (200, IDS[10:20])


@pytest.mark.parametrize("token", ["", "abracadabra", "!!!", "bm90aGluZw"])
def test_a_token_that_was_never_given_is_refused(token: str) -> None:
    assert refusal(pageToken=token) == "Parameter `pageToken` has incorrect format"


# ---- order


def test_without_sort_the_order_is_stable_but_not_that_of_the_ids() -> None:
    assert walk() == walk(pageSize="3")
    assert walk() != IDS
    assert sorted(walk()) == IDS


def test_dates_sort_from_the_newest_and_numbers_from_the_smallest() -> None:
    assert walk(sort="StudyFirstPostDate") == IDS[::-1]
    assert walk(sort="EnrollmentCount") == IDS
    assert walk(sort="EnrollmentCount:desc") == IDS[::-1]


def test_studies_without_a_value_are_last_either_way() -> None:
    service = ClinicalTrials(Corpus({}, {"NCT00000001": study_json(), IDS[5]: _study(IDS[5])}))

    for direction in ("asc", "desc"):
        reply = ask(service=service, sort=f"EnrollmentCount:{direction}")
        assert ids(json.loads(reply.body)) == [IDS[5], "NCT00000001"]


def test_a_second_field_sorts_within_the_first() -> None:
    same_day = {"statusModule__startDateStruct": {"date": "2020-01"}}
    corpus = Corpus(
        {}, {i: study_json(i, designModule__enrollmentInfo={"count": int(i[3:])}, **same_day) for i in IDS[:5]}
    )

    reply = ask(service=ClinicalTrials(corpus), sort="StartDate,EnrollmentCount:desc")

    assert ids(json.loads(reply.body)) == IDS[4::-1]


# ---- queries and filters


def test_queries_are_joined_with_and() -> None:
    assert walk(query__term="ketamine", query__titles="7") == ["NCT00000007"]


def test_filters_narrow_a_query() -> None:
    found = walk(query__term="ketamine", filter__overallStatus="RECRUITING", sort="EnrollmentCount")

    assert found == IDS[1::2]


def test_an_advanced_filter_is_an_essie_expression() -> None:
    assert walk(filter__advanced="AREA[EnrollmentCount]RANGE[24, MAX]", sort="EnrollmentCount") == IDS[23:]


@pytest.mark.parametrize("listed", ["NCT00000002,NCT00000001", "NCT00000002|NCT1", "nct00000002, NCT00000001"])
def test_ids_are_listed_with_commas_or_pipes(listed: str) -> None:
    assert walk(filter__ids=listed, sort="EnrollmentCount") == IDS[:2]


def test_a_query_of_ids_alone_drops_every_filter() -> None:
    narrowed = {"filter__overallStatus": "RECRUITING", "sort": "EnrollmentCount"}

    assert walk(query__term="NCT00000001, NCT00000002", **narrowed) == IDS[:2]


def test_no_query_and_no_filter_bring_every_study() -> None:
    assert sorted(walk()) == IDS


# ---- fields


def test_a_study_comes_verbatim_unless_fields_are_asked_for() -> None:
    assert CORPUS.studies["NCT00000003"] in ask(filter__ids="NCT00000003").body


@pytest.mark.parametrize(
    ("fields", "study"),
    [
        ("NCTId", {"protocolSection": {"identificationModule": {"nctId": "NCT00000003"}}}),
        (
            "OverallStatus|protocolSection.designModule.enrollmentInfo.count",
            {
                "protocolSection": {
                    "statusModule": {"overallStatus": "COMPLETED"},
                    "designModule": {"enrollmentInfo": {"count": 3}},
                }
            },
        ),
        (
            "IdentificationModule",
            {"protocolSection": {"identificationModule": {"nctId": "NCT00000003", "briefTitle": "Ketamine trial 3"}}},
        ),
        (
            "TitleSearch",
            {"protocolSection": {"identificationModule": {"briefTitle": "Ketamine trial 3"}}},
        ),
        ("HasResults", {}),
    ],
)
def test_fields_are_pieces_paths_modules_and_areas(fields: str, study: dict[str, Any]) -> None:
    assert page(filter__ids="NCT00000003", fields=fields)["studies"] == [study]


def test_fields_reach_through_lists() -> None:
    arms = {"armsInterventionsModule__armGroups": [{"label": "A", "type": "OTHER"}, {"label": "B"}]}
    service = ClinicalTrials(Corpus({}, {"NCT00000001": study_json(**arms)}))

    found = json.loads(ask(service=service, fields="ArmGroupLabel").body)

    assert found["studies"] == [
        {"protocolSection": {"armsInterventionsModule": {"armGroups": [{"label": "A"}, {"label": "B"}]}}}
    ]


# ---- errors


@pytest.mark.parametrize(
    ("parameters", "error"),
    [
        ({"filter__studyType": "X"}, "`filter.studyType` is unknown parameter"),
        ({"query__recrs": "X"}, "`query.recrs` is unknown parameter"),
        ({"filter__overallStatus": "BADSTATUS"}, "Invalid value in parameter `overallStatus`: `BADSTATUS`"),
        ({"filter__overallStatus": "COMPLETED,BAD"}, "Invalid value in parameter `overallStatus`: `BAD`"),
        ({"filter__ids": "NCT01,12"}, "Item 2 in parameter `filter.ids` has incorrect format"),
        ({"sort": "Start Date;"}, "Item 1 in parameter `sort` has incorrect format"),
        ({"sort": "EnrollmentCount,BriefTitle"}, "Item 2 in parameter `sort` has incorrect format"),
        ({"sort": "EnrollmentCount:up"}, "Item 1 in parameter `sort` has incorrect format"),
        ({"sort": "StartDate,EnrollmentCount,CompletionDate"}, "Parameter `sort` has more than 2 items"),
        ({"fields": "NCTId,StudyDesign"}, "Parameter 'fields' contains invalid field name: 'StudyDesign'"),
        ({"fields": ""}, "Item 1 in parameter `fields` has incorrect format"),
        ({"pageSize": "ten"}, "Parameter `pageSize` has incorrect format"),
        ({"pageSize": ""}, "Parameter `pageSize` has incorrect format"),
        ({"pageSize": "-1"}, "Parameter `pageSize` has incorrect format"),
        ({"countTotal": "yes"}, "Parameter `countTotal` has incorrect format"),
        ({"format": "xml"}, "Invalid value in parameter `format`: `xml`"),
        ({"format": "csv"}, "The replay gives format=json only"),
        ({"markupFormat": "legacy"}, "The replay gives markupFormat=markdown only"),
        (
            {"filter__advanced": "AREA[NotARealField]x"},
            "Error parsing query in advanced filter: Unknown area name: `NotARealField`",
        ),
        ({"query__term": "(a"}, "Error parsing query in Other terms: missing ')' at '<EOF>'"),
        ({"query__cond": "(a"}, "Error parsing query in Conditions or disease: missing ')' at '<EOF>'"),
        (
            {"filter__advanced": "AREA[StudyType]X"},
            "Error parsing query in advanced filter: Allowed values for enum field "
            "`protocolSection.designModule.studyType` are `EXPANDED_ACCESS`, `INTERVENTIONAL`, `OBSERVATIONAL`",
        ),
        (
            {"aggFilters": "results:with"},
            "Parameter `aggFilters` is known to the service but not evaluated by the replay",
        ),
        ({"sort": "@relevance"}, "Sorting by @relevance is known to the service but not evaluated by the replay"),
    ],
)
def test_a_wrong_request_is_refused_in_plain_text(parameters: dict[str, str], error: str) -> None:
    assert refusal(**parameters) == error


# ---- one study, and the version


@pytest.mark.parametrize("given_id", ["NCT00000003", "nct00000003", "NCT3"])
def test_one_study_is_had_by_its_id(given_id: str) -> None:
    reply = ask(f"studies/{given_id}")

    assert (reply.status, reply.body) == (200, CORPUS.studies["NCT00000003"])


def test_one_study_may_be_cut_to_fields() -> None:
    reply = ask("studies/NCT00000003", fields="NCTId")

    assert json.loads(reply.body) == {"protocolSection": {"identificationModule": {"nctId": "NCT00000003"}}}


def test_an_unknown_id_is_not_found_in_the_words_of_the_service() -> None:
    reply = ask("studies/NCT99999999")

    assert (reply.status, reply.content_type, reply.body) == (
        404,
        "text/plain; charset=utf-8",
        b"NCT number NCT99999999 not found",
    )


def test_an_alias_leads_to_its_study_and_drops_the_query() -> None:
    aliased = study_json("NCT00010647", identificationModule__nctIdAliases=["NCT00009113"])
    service = ClinicalTrials(Corpus({}, {"NCT00010647": aliased}))

    reply = ask("studies/NCT00009113", service, fields="NCTId")

    assert (reply.status, reply.headers) == (301, (("Location", "/api/v2/studies/NCT00010647"),))
    assert len(json.loads(ask(service=service, filter__ids="NCT00009113").body)["studies"]) == 1


@pytest.mark.parametrize("given_id", ["NCT", "NCT000000000", "123", "NCT123456789"])
def test_a_malformed_id_is_refused(given_id: str) -> None:
    assert refusal(f"studies/{given_id}") == "Parameter `nctId` has incorrect format"


def test_paging_parameters_are_unknown_to_a_single_study() -> None:
    assert refusal("studies/NCT00000003", pageSize="1") == "`pageSize` is unknown parameter"


def test_the_version_tells_the_state_of_the_data() -> None:
    service = ClinicalTrials(CORPUS)
    service.data_timestamp = "2026-09-04T09:00:06"

    assert json.loads(ask("version", service).body) == {"apiVersion": "2.0.5", "dataTimestamp": "2026-09-04T09:00:06"}


def test_other_paths_are_not_there() -> None:
    assert SERVICE.answer("stats/size", Request("GET", "/api/v2/stats/size", ())) is None
