"""What a changed rule does not touch is read as before: whatever rule, whatever change, whatever document."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ketalit.extract import rules
from ketalit.extract.asked import Asked, noting
from ketalit.extract.changed_rules import MOST_CHANGED, changed_rules, codebook
from ketalit.extract.read import facts, units_of
from ketalit.interpretation import Interpretation, interpret
from ketalit.model.document import Document
from ketalit.model.evidence import Facts
from ketalit.replay.corpus import Corpus
from ketalit.vocabulary import Source
from tests.other_rules import Tables, entry, reading_by, siblings

RULES = st.sampled_from(list(rules.load()))
Change = Callable[[Tables], object]


def told(text: str) -> tuple[Facts, Asked]:
    """What a text states, and what its reading asked."""
    with noting() as notes:
        found = facts(units_of("Ketamine for depression", text, "1"))
    return found, notes.asked()


def touches(change: Change, asked: Asked) -> bool:
    before = codebook()
    with reading_by(change):
        changed = changed_rules(before, codebook())
        return changed is None or any(rule.touches(asked) for rule in changed)


# ---- the law

EVERY = 8
"""Of the documents of the sample, each example reads one in eight: words that are new to rules take the time."""


@pytest.fixture(scope="module")
def documents(sample: Corpus) -> list[Document]:
    papers = [Document(Source.PUBMED, name, body, "", "", "") for name, body in sample.articles.items()]
    return papers + [Document(Source.CTGOV, name, body, "", "", "") for name, body in sample.studies.items()]


def interpreted(document: Document) -> tuple[Interpretation, Asked]:
    with noting() as notes:
        found = interpret(document)
    return found, notes.asked()


@pytest.fixture(scope="module")
def before(documents: list[Document]) -> list[tuple[Interpretation, Asked]]:
    return [interpreted(document) for document in documents]


def drop(tables: Tables, rule_id: str) -> None:
    siblings(tables, rule_id).remove(entry(tables, rule_id))


def double(tables: Tables, rule_id: str) -> None:
    """A rule more, in front of the one like it."""
    beside = siblings(tables, rule_id)
    place = beside.index(entry(tables, rule_id))
    beside.insert(place, {**beside[place], "id": f"{rule_id}_too"})


def silence(tables: Tables, rule_id: str) -> None:
    entry(tables, rule_id)["pattern"] = f"(?!)(?:{entry(tables, rule_id)['pattern']})"


def widen(tables: Tables, rule_id: str) -> None:
    found = entry(tables, rule_id)
    found["pattern"] = f"(?:{found['pattern']})|{'' if found.get('numeric') else 'depress'}\\d*"


def need_more(tables: Tables, rule_id: str) -> None:
    found = entry(tables, rule_id)
    found["needs"] = [*found.get("needs", ()), "patients"]


def need_less(tables: Tables, rule_id: str) -> None:
    found = entry(tables, rule_id)
    found["needs"] = found.get("needs", [])[1:] or ["no such word"]


def need_both(tables: Tables, rule_id: str) -> None:
    entry(tables, rule_id)["also"] = ["ketamine"]


def mean_nothing(tables: Tables, rule_id: str) -> None:
    entry(tables, rule_id).pop("value", None)


CHANGES = (drop, double, silence, widen, need_more, need_less, need_both, mean_nothing)


@given(rule_id=RULES, change=st.sampled_from(CHANGES), first=st.integers(0, EVERY - 1))
@settings(max_examples=15, deadline=None)
def test_a_document_that_no_changed_rule_touches_is_read_as_before(
    documents: list[Document],
    before: list[tuple[Interpretation, Asked]],
    rule_id: str,
    change: Callable[..., object],
    first: int,
) -> None:
    earlier = codebook()
    with reading_by(partial(change, rule_id=rule_id)):
        changed = changed_rules(earlier, codebook())
        assert changed is not None
        for document, (found, asked) in list(zip(documents, before, strict=True))[first::EVERY]:
            assert any(rule.touches(asked) for rule in changed) or interpreted(document) == (found, asked)


def test_most_changes_of_a_rule_touch_few_documents(before: list[tuple[Interpretation, Asked]]) -> None:
    """The median of rules, each silenced: what is touched is what the rule says something of."""
    earlier, shares = codebook(), []
    with reading_by(lambda tables: [silence(tables, rule_id) for rule_id in list(rules.load())[::9]]):
        for number in range(0, len(earlier), 9):
            (rule,) = changed_rules(earlier, (*earlier[:number], codebook()[number], *earlier[number + 1 :])) or ()
            shares.append(sum(rule.touches(asked) for _, asked in before) / len(before))
    assert sorted(shares)[len(shares) // 2] < 0.1


# ---- what touches what

HEADACHE = "METHODS: Ten adults had one infusion of ketamine 0.5 mg/kg. RESULTS: Headaches occurred in three adults."
NOTHING = "METHODS: Ten adults had one infusion of ketamine 0.5 mg/kg. RESULTS: No adult had an adverse effect."


def set_(rule_id: str, **parts: Any) -> Change:
    return lambda tables: entry(tables, rule_id).update(parts)


@pytest.mark.parametrize(
    "change",
    [
        set_("safety.headache", pattern=r"\bheadache\b"),
        set_("safety.headache", value="head pain"),
        set_("safety.headache", needs=["migraine"]),
        set_("safety.headache", also=["severe"]),
        set_("safety.headache", cased=True),
        set_("effects.occurred", pattern="(?!)"),
        partial(drop, rule_id="safety.headache"),
        partial(double, rule_id="safety.headache"),
    ],
)
def test_a_change_touches_the_text_in_which_the_rule_answers_otherwise(change: Change) -> None:
    assert touches(change, told(HEADACHE)[1])


@pytest.mark.parametrize(
    "change",
    [
        set_("safety.headache", pattern=r"\bheadaches?\b|\bmigraines?\b", needs=["headache", "migraine"]),
        set_("safety.headache", meaning="Pain in the head", examples=[{"text": "headaches"}], rejects=["dizzy"]),
        set_("safety.headache", pattern=r"\bhead ache s?\b  # without blanks, as a verbose pattern is read"),
        set_("safety.dizziness", value="vertigo"),
        partial(drop, rule_id="safety.dizziness"),
        partial(double, rule_id="safety.dizziness"),
    ],
)
def test_a_change_does_not_touch_a_text_in_which_every_answer_stays(change: Change) -> None:
    assert not touches(change, told(HEADACHE)[1])


def test_a_word_list_changes_the_rules_that_name_it() -> None:
    def rename(tables: Tables) -> None:
        tables["words.toml"]["words"]["race"] += "|norwegians?"

    earlier = codebook()
    with reading_by(rename):
        changed = [old.id for old, new in zip(earlier, codebook(), strict=True) if old != new]
    naming = [rule["id"] for table in rules.files().values() for rule in table.get("rule", ()) if names_race(rule)]
    assert changed == naming != []
    assert not touches(rename, told(HEADACHE)[1])
    assert touches(rename, told("Ten adults, white or Norwegian (40%), had an infusion of ketamine.")[1])


def names_race(rule: dict[str, Any]) -> bool:
    return "<<race>>" in rule["pattern"]


def test_rules_in_another_order_touch_everything() -> None:
    assert touches(lambda tables: siblings(tables, "safety.headache").reverse(), told(NOTHING)[1])


def test_a_rule_that_becomes_one_for_the_words_around_touches_everything() -> None:
    assert touches(set_("safety.headache", around=True), told(NOTHING)[1])


def test_very_many_changed_rules_touch_everything() -> None:
    def silence_many(tables: Tables) -> None:
        for rule in tables["safety.toml"]["rule"][: MOST_CHANGED + 1]:
            silence(tables, rule["id"])

    assert touches(silence_many, told(NOTHING)[1])


def test_a_rule_whose_pattern_was_none_never_answered() -> None:
    with reading_by(set_("safety.headache", pattern="(")):
        broken = codebook()
    (mended,) = changed_rules(broken, codebook()) or ()
    assert (mended.touches(told(HEADACHE)[1]), mended.touches(told(NOTHING)[1])) == (True, False)


# ---- that every question is noted


def test_a_rule_is_asked_only_where_it_is_noted() -> None:
    ways = r"\.tried\b(?! >> rule\.number)|\.tried_in\b|tried_rules\(|\.searches\b|\.compiled\["
    unnoted = re.compile(ways)
    asking = {path.stem for path in Path(rules.__file__).parent.glob("*.py") if unnoted.search(path.read_text("utf-8"))}
    assert asking == {"rules", "needs", "scan", "context", "changed_rules"}


def test_what_is_kept_while_documents_are_read_is_kept_for_one_of_them() -> None:
    """A function that remembers the answer for a text would not ask again for the next document."""
    remembering = re.compile(r"@(?:lru_)?cache\b[^\n]*\ndef (\w+)\(([^)]*)\)")
    found = {
        (path.stem, name): parameters
        for path in Path(rules.__file__).parent.glob("*.py")
        for name, parameters in remembering.findall(path.read_text("utf-8"))
    }
    of_texts = {
        place
        for place, taken in found.items()
        if taken and not re.fullmatch(r"(?:\w+: (?:Document|Sentence|Time)(?:, )?)+", taken)
    }
    assert of_texts == {("scan", "plain"), ("rules", "family"), ("rules", "terms")}


def test_nothing_is_noted_where_nobody_wants_to_know() -> None:
    with noting() as notes:
        pass
    facts(units_of("Ketamine for depression", HEADACHE, "1"))
    assert notes.asked() == Asked((), {}, ())
