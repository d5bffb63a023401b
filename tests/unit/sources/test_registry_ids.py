"""Trial registry ids in text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketalit.sources.registry_ids import FORMS, find, normalise


def ids(text: str) -> list[tuple[str, str]]:
    return [(registry, registry_id) for registry, registry_id, _, _ in find(text)]


EXAMPLES = [
    ("NCT01234567", "ClinicalTrials.gov", "NCT01234567"),
    ("NCT 0123 4567", "ClinicalTrials.gov", "NCT01234567"),
    ("NCT-01234567", "ClinicalTrials.gov", "NCT01234567"),
    ("NCT: 01234567", "ClinicalTrials.gov", "NCT01234567"),
    ("nct01234567", "ClinicalTrials.gov", "NCT01234567"),
    ("ISRCTN 1468 9382", "ISRCTN", "ISRCTN14689382"),
    ("2014-004584-20", "EudraCT", "2014-004584-20"),
    ("EUCTR2014–004584–20", "EudraCT", "2014-004584-20"),
    ("2023-506981-30-00", "CTIS", "2023-506981-30-00"),
    ("ACTRN12615000617561", "ANZCTR", "ACTRN12615000617561"),
    ("ChiCTR-OOC-17012239", "ChiCTR", "CHICTR-OOC-17012239"),
    ("chictr ooc 17012239", "ChiCTR", "CHICTR-OOC-17012239"),
    ("ChiCTR1900024618", "ChiCTR", "CHICTR1900024618"),
    ("UMIN000016985", "UMIN", "UMIN000016985"),
    ("UMIN-CTR 000016985", "UMIN", "UMIN000016985"),
    ("JPRN-UMIN000016985", "UMIN", "UMIN000016985"),
    ("JPRN-jRCTs031210124", "jRCT", "JRCTS031210124"),
    ("jRCT2031200123", "jRCT", "JRCT2031200123"),
    ("JapicCTI-123456", "JapicCTI", "JAPICCTI-123456"),
    ("JMA-IIA00123", "JMACCT", "JMA-IIA00123"),
    ("CTRI/2010/091/000123", "CTRI", "CTRI/2010/091/000123"),
    ("CTRI/2019/05/019345", "CTRI", "CTRI/2019/05/019345"),
    ("IRCT20170312033031N5", "IRCT", "IRCT20170312033031N5"),
    ("DRKS00012345", "DRKS", "DRKS00012345"),
    ("NTR 945", "NTR", "NTR945"),
    ("NL7890", "NTR", "NL7890"),
    ("NL-OMON12345", "NTR", "NL-OMON12345"),
    ("PACTR201907779292947", "PACTR", "PACTR201907779292947"),
    ("KCT0001234", "CRIS", "KCT0001234"),
    ("TCTR20190123001", "TCTR", "TCTR20190123001"),
    ("RBR-6ss75v", "ReBEC", "RBR-6SS75V"),
    ("SLCTR/2010/001", "SLCTR", "SLCTR/2010/001"),
    ("RPCEC00000123", "RPCEC", "RPCEC00000123"),
    ("LBCTR2020012345", "LBCTR", "LBCTR2020012345"),
    ("PER-012-19", "REPEC", "PER-012-19"),
    ("PHRR120401-000456", "PHRR", "PHRR120401-000456"),
    ("ITMCTR2020000123", "ITMCTR", "ITMCTR2020000123"),
    ("HKUCTR-845", "HKUCTR", "HKUCTR-845"),
    ("SNCTP000001234", "SNCTP", "SNCTP000001234"),
    ("U1111-1234-5678", "UTN", "U1111-1234-5678"),
]


@pytest.mark.parametrize(("text", "registry", "registry_id"), EXAMPLES)
def test_an_id_is_found_in_whatever_spelling_and_normalised(text: str, registry: str, registry_id: str) -> None:
    assert list(find(f"Registered: {text}.")) == [(registry, registry_id, 12, 12 + len(text))]


def test_every_registry_of_the_table_has_an_example() -> None:
    assert {form.registry for form in FORMS} == {registry for _, registry, _ in EXAMPLES}


@pytest.mark.parametrize(
    "text",
    [
        "NCT0123456",  # seven digits
        "NCT012345678",  # nine digits
        "XNCT01234567",  # glued to another word
        "CONTROL 1234 and NTR 12",
        "NL12345.018.06",  # an ethics committee's number
        "RBR-method",
        "the years 2014-2016 and 2014-004584",
        "phone 555-123456-20",
        "a dose of 1000 to 2000 mg in 1234 patients",
    ],
)
def test_what_only_looks_like_an_id_is_none(text: str) -> None:
    assert ids(text) == []


def test_ids_come_in_reading_order_and_may_repeat() -> None:
    text = "ISRCTN14689382, NCT01234567 and again NCT01234567"
    assert [registry_id for _, registry_id in ids(text)] == ["ISRCTN14689382", "NCT01234567", "NCT01234567"]


def test_an_eu_ct_number_is_not_also_a_eudract_number() -> None:
    assert ids("EU CT 2023-506981-30-00") == [("CTIS", "2023-506981-30-00")]


def test_only_a_text_that_is_an_id_and_nothing_else_is_normalised() -> None:
    assert normalise(" nct01234567 ") == ("ClinicalTrials.gov", "NCT01234567")
    assert normalise("see NCT01234567") is None


@given(st.text(alphabet=st.sampled_from("NCT0123456789 -–/EUISRchiUMJ.é😀ß"), max_size=120))
def test_spans_never_overlap_and_normal_forms_are_their_own_normal_form(text: str) -> None:
    end = 0
    for registry, registry_id, start, stop in find(text):
        assert end <= start < stop <= len(text)
        assert normalise(registry_id) == (registry, registry_id)
        end = stop


@given(st.text(max_size=60), st.text(max_size=60))
def test_an_id_between_spaces_is_found_in_any_text(before: str, after: str) -> None:
    hits = list(find(f"{before} \n DRKS00012345 \n {after}"))
    assert ("DRKS", "DRKS00012345", len(before) + 3, len(before) + 15) in hits
