"""Normalised text and the way back to the raw text."""

from __future__ import annotations

import pytest

from ketalit.extract.read import facts, regimens_of
from ketalit.extract.scan import Document, Normalised
from ketalit.model.evidence import TextUnit
from ketalit.vocabulary import SectionRole, Source


@pytest.mark.parametrize(
    ("raw", "normal"),
    [
        ("0·5", "0.5"),
        (".5 mg", "0.5 mg"),
        ("0.5 mg kg⁻¹", "0.5 mg/kg"),
        ("5‐10", "5-10"),
        ("5–10", "5-10"),
        ("−4", "-4"),
        ("5 µg", "5 ug"),
        ("5 mcg", "5 ug"),
        ("P &lt; 0.05", "P < 0.05"),
        ("52.17 %", "52.17%"),
        ("50 per cent", "50%"),
        ("11,441", "11441"),
        ("≥18", ">=18"),
        ("> or =50%", ">=50%"),
        ("\\>=18 \\[years\\]", ">=18 [years]"),
        ("Twenty-eight", "28"),
        ("one hundred and eight", "108"),
        ("a  b\nc", "a b c"),
        ("component", "component"),
        ("someone", "someone"),
    ],
)
def test_text_is_brought_to_one_spelling(raw: str, normal: str) -> None:
    assert Normalised(raw).text == normal


def test_the_quote_of_a_number_word_is_the_word() -> None:
    text = "Twenty-eight patients received ketamine."
    unit = TextUnit(Source.PUBMED, "1", "abstract", text, SectionRole.METHODS)
    size = facts([unit]).n_total

    assert size is not None
    assert (size.n.value, size.n.span.quote) == (28, "Twenty-eight patients")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Ketamine vs. Placebo was given i.v. Then it ended.", 1),
        ("It took approx. 40 min, incl. Rest, and 20 (resp. 30) more.", 1),
        ("Pt. A slept.", 2),
        ("Approx. 40 slept. Most woke.", 2),
        ("They were ill. They slept at home. All e-mail. Some did not.", 4),
    ],
)
def test_sentences_do_not_end_behind_abbreviations(text: str, number: int) -> None:
    document = Document([TextUnit(Source.PUBMED, "1", "abstract", text, SectionRole.METHODS)])

    assert len(document.sentences) == number


def test_registry_text_is_read_by_the_same_rules() -> None:
    text = "Participants receive esketamine 0.5 mg/kg IV over 40 minutes \\[twice weekly for 4 weeks\\]"
    unit = TextUnit(
        Source.CTGOV,
        "NCT1",
        "/protocolSection/armsInterventionsModule/armGroups/0/description",
        text,
        SectionRole.METHODS,
    )
    (regimen,) = regimens_of([unit])

    assert regimen.dose is not None
    assert regimen.sessions is not None
    assert (regimen.drug.value, regimen.dose.value, regimen.sessions.value) == ("esketamine", 0.5, 8)
    assert text[regimen.dose.span.start : regimen.dose.span.end] == regimen.dose.span.quote == "0.5 mg/kg"


def test_what_is_looked_for_in_one_sentence_is_what_the_whole_text_holds() -> None:
    text = "Ketamine for depression. Ketamine was given. Ketamine and ketamine again."
    document = Document([TextUnit(Source.PUBMED, "1", "title", text, SectionRole.TITLE)])

    last = list(document.own_in(document.sentences[-1], "drug.ketamine"))
    every = document.own("drug.ketamine")

    assert [match.start for match in every] == [0, 25, 45, 58]
    assert every[2:] == tuple(last)


def test_a_sentence_without_other_signs_is_read_as_ascii_also_in_a_text_with_them() -> None:
    text = "The Café closed. It opened again in the next summer for guests. Ketamine 0.5 mg/kg was given."
    document = Document([TextUnit(Source.PUBMED, "1", "abstract", text, SectionRole.UNLABELLED)])
    assert [sentence.is_ascii for sentence in document.sentences] == [False, False, True]
    assert [match.text for match in document.find("drug.ketamine")] == ["ketamine"]
