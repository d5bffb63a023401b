"""Rule files are checked when they are loaded; what is wrong names its file and rule."""

from __future__ import annotations

from typing import Any

import pytest

from ketalit.errors import RuleError
from ketalit.extract import needs, rules
from ketalit.extract.rules import assembled, check_groups, compiled, parsed, terms

RULE = {
    "id": "dose.test",
    "meaning": "A dose",
    "needs": ["mg"],
    "pattern": r"(?P<dose>\d+)[ ]mg",
    "examples": [{"text": "5 mg", "dose": "5"}],
    "rejects": ["5 ml"],
}


def book(**changed: Any) -> dict[str, Any]:
    return {"dosing.toml": {"rule": [{**RULE, **changed}]}}


def test_a_good_rule_is_loaded() -> None:
    assert list(assembled(book())) == ["dose.test"]


@pytest.mark.parametrize("part", ["meaning", "needs", "pattern", "examples", "rejects"])
def test_a_rule_without_a_part_names_file_rule_and_part(part: str) -> None:
    with pytest.raises(RuleError, match=rf"dosing\.toml: rule dose\.test has no {part}"):
        assembled(book(**{part: []}))


def test_an_id_stands_once() -> None:
    with pytest.raises(RuleError, match=r"dose\.test stands twice"):
        assembled({"a.toml": {"rule": [RULE]}, "b.toml": {"rule": [RULE]}})


def test_a_pattern_that_cannot_be_compiled_names_its_rule() -> None:
    (rule,) = assembled(book(pattern="(")).values()

    with pytest.raises(RuleError, match=r"dosing\.toml: the pattern of rule dose\.test cannot be compiled"):
        compiled(rule)


def test_groups_that_no_example_shows_are_refused() -> None:
    (rule,) = assembled(book(examples=[{"text": "5 mg"}])).values()

    with pytest.raises(RuleError, match=r"rule dose\.test has the groups dose"):
        check_groups(rule)


def test_an_unknown_word_list_is_refused() -> None:
    with pytest.raises(RuleError, match="<<nowhere>>"):
        assembled(book(pattern="<<nowhere>>"))


def test_a_file_that_is_no_toml_is_named() -> None:
    with pytest.raises(RuleError, match=r"broken\.toml: not a TOML file"):
        parsed("broken.toml", "= nothing")


def test_an_unknown_list_of_terms_is_refused() -> None:
    with pytest.raises(RuleError, match="No rule file holds the list of terms nothing"):
        terms("nothing")


def test_the_hint_says_where_to_correct() -> None:
    with pytest.raises(RuleError) as refused:
        terms("nothing")

    assert refused.value.hint == "Correct the rule in the file named above."


@pytest.mark.parametrize(("word", "is_tried"), [("h", True), ("had", False), ("each", False), ("hours", False)])
def test_one_letter_between_blanks_is_needed_as_a_whole_word(
    word: str, is_tried: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    only = needs.need_of(" h ", 1)
    monkeypatch.setattr(needs, "needs_by_letters", lambda: {only.letters: (only,)})

    assert list(needs.met_by(word)) == ([only] if is_tried else [])


def test_the_rules_of_a_sentence_are_those_of_its_words_and_signs() -> None:
    tried = set(needs.ids_in(needs.tried_rules("6 infusions of ketamine (n = 20)")))

    assert {"sessions.counted", "drug.ketamine", "n.equals"} <= tried
    assert "scale.madrs" not in tried


def test_a_rule_that_needs_a_digit_is_not_tried_without_one() -> None:
    assert "sessions.counted" not in needs.ids_in(needs.tried_rules("infusions of ketamine"))


def test_sets_of_rules_side_by_side_tell_where_each_rule_is_tried() -> None:
    ketamine = rules.load()["drug.ketamine"]
    sets = [needs.tried_rules(sentence) for sentence in ("ketamine was given", "no drug", "ketamine again")]

    assert list(needs.unfolded(sets)[ketamine.number :: needs.width()]) == [1, 0, 1]


@pytest.mark.parametrize(
    ("sentence", "is_tried"),
    [("6 infusions in 2 weeks", True), ("6 infusions of ketamine", False), ("after 2 weeks", False)],
)
def test_a_rule_with_a_second_list_is_tried_where_one_word_of_each_stands(sentence: str, is_tried: bool) -> None:
    assert ("course.doses_in_time" in needs.ids_in(needs.tried_rules(sentence))) is is_tried
