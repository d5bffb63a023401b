"""How many people were in each arm of a study: the sizes as authors list them.

A number is taken for an arm when it stands beside a treatment or a group, and when at least two such numbers stand
together; bare numbers ("76 ketamine, 77 midazolam") only when they add up to a stated number of people. Responders,
women, diagnoses and time points are no arms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice, pairwise

from ketalit.extract.context import said_in, says
from ketalit.extract.counts import Count, basis_of, counts
from ketalit.extract.patterns import compiled
from ketalit.extract.reading import STATED
from ketalit.extract.rules import load
from ketalit.extract.scan import Document, Match, overlaps
from ketalit.model.evidence import Reading, SampleSize
from ketalit.vocabulary import NBasis

Sizes = tuple[SampleSize, ...]

LABEL_ENDS = compiled(r"[,;:()\[\]]|\b(?:or|and|either|to|received?|versus|vs|compared|with)\b")
TREATMENT_ENDS = compiled(r"[.](?!\d)|\b(?:who|were|was|had|completed|over|for|while|whereas)\b")
SHARE = compiled(r"[(\[,]? ?\d[\d.]*%,? ?$")
OF_ONE_ARM = frozenset({"n.arm", "n.arm_without_verb"})
"""Rules for the size of one arm, behind which the others may stand."""
CLAUSE_END = re.compile(r"[;.](?!\d)")
TWO_PARTS = re.compile(r"\((\d{1,5})\b[^()\d]{1,60}\b(\d{1,5})\b[^()\d]{1,60}\)")
BRACKET_ENDS = frozenset(");")
"""What may stand behind a size in brackets."""
NAMED_GROUP = re.compile(r"\((?:the )?(?:group|arm) [a-z0-9]{1,4}[,:] $")
PART_END = re.compile(r"[;.)\]](?!\d)")
SHARED = ("n.each_arm", "n.equals_each", "n.groups_of", "n.arm_had")
"""Rules for the size that all arms share."""
PLAIN_WAYS = frozenset({"treated with", "received", "receiving", "took", "taking", "got", "underwent"})
"""How people get a treatment: where one number is that of an arm, so are others told alike in its sentence."""
NEXT_ARM = 200
"""Characters behind the size of an arm in which those of the others may stand."""
IN_TURN = re.compile(r", (?:and |respectively)?| and | vs\.? | versus ")
"""What stands between arms that are named in turn."""
FIRST_WORDS = re.compile(
    r"[) ]*(?:\([^()\n]{1,20}\) )?(?:(?:patients|participants|subjects|adults|in|on|with|for|from|of|to|the|who|got"
    r"|took|was|were|treated|given|receiving|received) )*"
)
"""What may stand between a rate and the name of its arm."""
FEWEST = 6
"""Fewer people than these add up by chance."""
MOST_ARMS = 6
NAME_AND_SIZE = re.compile(r"(?P<arm>[a-z][^;:()\d]*?),? (?P<n>\d+)")
NUMBER = re.compile(r"\b\d{1,5}\b")
SPLIT_BEFORE = 120
"""Characters in front of brackets in which the number stands that is split in them."""
EACH = "each arm"
LAST = 2
"""The rank of people who completed."""


@lru_cache(maxsize=1)
def arms(document: Document) -> Sizes:
    """The sizes of arms, of the randomised before others; of people who completed only where none else are told."""
    found = [
        sizes for sizes in (*told(document), *labelled(document), *adding_up(document), *in_brackets(document)) if sizes
    ]
    if not found and each_arm(document) is None:
        found = list(by_rates(document))
    if not found:
        return ()
    best = min(found, key=lambda sizes: (rank(sizes), -len(sizes)))
    return () if rank(best) == LAST and each_arm(document) else best


def rank(sizes: Sizes) -> int:
    """How well the basis of sizes suits the arms of a study."""
    bases = {size.basis for size in sizes}
    if NBasis.COMPLETED in bases:
        return LAST
    return 0 if NBasis.RANDOMISED in bases else 1


@lru_cache(maxsize=1)  # asked for the sizes of arms, for the sample and for all that is counted
def each_arm(document: Document) -> SampleSize | None:
    """The size that all arms share: so many in each group."""
    for rule_id in SHARED:
        for match in document.own(rule_id):
            if size(match) > 1 and is_of_people(match) and not says("n.outcome", match.before(90)):
                return arm_size(match, EACH)
    return None


def is_of_people(match: Match) -> bool:
    """Whether the size of each group is told in a sentence on arms, and not on animals."""
    return says("n.arm_label", match.sentence.lower) and not said_in(match.sentence, "dose.of_animals")


def told(document: Document) -> Iterator[Sizes]:
    """Sizes that a sentence tells: so many to one arm and so many to the other."""
    told_alike = (*document.own("n.arm"), *without_verb(document), *document.own("n.group_of"))
    sized_groups = [match for match in told_alike if not is_whole(match)]
    of_arms = [match for match in sized_groups if is_told_of_arm(match)]
    for matches in by_sentence(sized_groups) if of_arms else ():
        listed = [match for match in matches if match in of_arms]
        ways = {match["how"] for match in listed if match.rule.id == "n.arm"} & PLAIN_WAYS
        listed = [m for m in matches if m in listed or (m.rule.id == "n.arm" and m["how"] in ways)]
        listed = listed[is_sum(listed) :]
        if len(listed) >= 2 and not is_outcome(listed):
            yield tuple(arm_size(match, treatment(match)) for match in listed)
    for match in of_arms:
        sizes = with_next_arms(match) if match.rule.id in OF_ONE_ARM else ()
        if sizes and not is_outcome([match]):
            yield sizes
    for match in document.own("n.pair"):
        if is_pair_of_arms(match):
            yield pair(match)


def without_verb(document: Document) -> Iterator[Match]:
    """Numbers that no verb makes the size of an arm, in sentences on groups or on what people got: 33 (spray)."""
    rule = load()["n.arm_without_verb"]
    for sentence in document.own_sentences:
        if sentence.tried >> rule.number & 1 and said_in(sentence, "n.of_arms"):
            yield from document.own_in(sentence, rule.id)


def is_pair_of_arms(match: Match) -> bool:
    """Whether two numbers in front of two arms are their sizes, not those of people in whom something was seen."""
    of_people_with_something = is_outcome([match]) or says("n.within", match.before(5))
    return says("n.arm_label", str(match["arms"])) and not of_people_with_something


def with_next_arms(first: Match) -> Sizes:
    """The size of an arm and those behind it that are told without a verb: 88 got the spray and 86 placebo."""
    place, named = first.end, treatment(first)
    sizes = [arm_size(first, named)]
    behind = CLAUSE_END.split(first.after(NEXT_ARM), maxsplit=1)[0]
    for found in load()["n.next_arm"].regex.finditer(behind):
        label = begun_with_arm(found["label"])
        is_range_of_doses = label[:1].isdigit() and not named[:1].isdigit()  # the spray, 50 to 100 mg
        if is_range_of_doses or not says("n.arm_label", label) or says("n.no_arm", label):
            break
        start, end = found.span("n")
        spot = place + start, place + end
        basis = basis_of(first.before(150), first.text + behind)
        sizes.append(sized(first.document, int(found["n"]), spot, first.rule.id, basis, label))
    return tuple(sizes) if len(sizes) > 1 else ()


def pair(match: Match) -> Sizes:
    """The sizes of two arms that are named behind both, in the same order."""
    basis = basis_of(match.before(150), match.text + match.after(40))
    labels = re.split(r" (?:and|vs\.?|versus) ", str(match["arms"]), maxsplit=1)
    places = match.place("n"), match.place("second")
    numbers = size(match), int(match["second"] or 0)
    return tuple(
        sized(match.document, n, place, match.rule.id, basis, label)
        for n, place, label in zip(numbers, places, labels, strict=True)
    )


def is_told_of_arm(match: Match) -> bool:
    """Whether a number of people stands in front of what their arm got, not in front of a choice of arms."""
    if match.rule.id == "n.group_of":
        return True
    return says("n.arm_label", treatment(match)) and not says("n.of_both_arms", match.after(90))


def treatment(match: Match) -> str:
    """The words behind a number that name its arm."""
    words = match.after(45)
    return begun_with_arm(words if len(words) < 45 else words.rpartition(" ")[0])


def begun_with_arm(words: str) -> str:
    """The name of the arm with which words begin."""
    return TREATMENT_ENDS.split(LABEL_ENDS.split(words, maxsplit=1)[0], maxsplit=1)[0].strip()


def labelled(document: Document) -> Iterator[Sizes]:
    """Sizes behind the labels of their arms: several `n = …` or `(15 patients)` beside treatments."""
    in_brackets = filter(stands_in_brackets, document.own("n.people"))
    for matches in by_sentence([*document.own("n.equals"), *in_brackets, *document.own("n.bracketed_cases")]):
        listed = [match for match in matches if is_arm(match) and not is_sum_of_others(match, matches)]
        if not listed:
            continue
        listed = [match for match in matches if match in listed or is_beside_arm(match, listed)]
        if len(listed) >= 2 and not says("n.of_effects", listed[0].before(90)):
            yield tuple(arm_size(match, label_before(match)) for match in listed)


def stands_in_brackets(match: Match) -> bool:
    """Whether people stand alone in brackets or behind their group's name: (15 patients), (group k, 40 patients)."""
    if match.after(1) not in BRACKET_ENDS:
        return False
    before = match.before(30)
    return before.endswith("(") or NAMED_GROUP.search(before) is not None


def by_sentence(matches: Sequence[Match]) -> Iterator[list[Match]]:
    """Matches in order, sentence by sentence; alone they are no list."""
    if len(matches) < 2:
        return
    found: dict[int, list[Match]] = {}
    for match in matches:
        found.setdefault(match.sentence.number, []).append(match)
    for group in found.values():
        if len(group) >= 2:
            yield sorted(group, key=lambda match: match.start)


def is_arm(match: Match) -> bool:
    """Whether a size stands beside a treatment or a group, and does not count healthy people."""
    if is_of_the_healthy(match) or is_whole(match):
        return False
    label = label_before(match)
    return names_arm(match.document, label) or (not says("n.no_arm", label) and says("n.arm_behind", match.after(40)))


def is_whole(match: Match) -> bool:
    """Whether a size is told again in two parts in the brackets behind it: 90 in the cohort (44 spray, 46 placebo)."""
    behind = match.place("n")[1]
    parts = TWO_PARTS.search(match.document.lower, behind, min(match.sentence.end, behind + NEXT_ARM))
    return parts is not None and int(parts[1]) + int(parts[2]) == size(match)


def is_of_the_healthy(match: Match) -> bool:
    """Whether a size counts healthy people, who are named in front of it or behind it: n = 29 controls."""
    return says("n.healthy", match.before(30)) or says("n.healthy_behind", match.after(40))


def is_beside_arm(match: Match, arms_found: list[Match]) -> bool:
    """Whether a size stands in one list with that of an arm, although its own label is unknown to the rules."""
    if is_of_the_healthy(match) or says("n.no_arm", label_before(match)):
        return False
    beside = (arm for arm in arms_found if says("n.next_in_list", between(match, arm)))
    return any(says("n.arm_label", LABEL_ENDS.split(arm.before(80).rstrip(" (;,"))[-1]) for arm in beside)


def between(one: Match, other: Match) -> str:
    """The text between two matches."""
    return one.document.lower[min(one.end, other.end) : max(one.start, other.start)]


def label_before(match: Match) -> str:
    """The words in front of `(n = …)`: the label of the arm as written, over a share or a remark in brackets."""
    before = SHARE.sub("", match.before(80).rstrip(" (;,"))
    pieces = filter(None, map(str.strip, reversed(LABEL_ENDS.split(before))))
    nearest = list(islice(pieces, 2))
    return next((piece for piece in nearest if says("n.arm_label", piece)), nearest[0] if nearest else "")


def is_sum_of_others(match: Match, matches: list[Match]) -> bool:
    """Whether a size is the sum of the others in its sentence: then it is no arm."""
    others = [size(other) for other in matches if other is not match]
    return len(others) >= 2 and sum(others) == size(match)


def is_sum(matches: list[Match]) -> bool:
    """Whether the first of three or more sizes is the sum of the rest."""
    sizes = [size(match) for match in matches]
    return len(sizes) >= 3 and sizes[0] == sum(sizes[1:])


def size(match: Match) -> int:
    """The number of people that a match counts."""
    return int(match["n"] or 0)


def is_outcome(listed: list[Match]) -> bool:
    """Whether people of several arms are counted by what happened to them: 9 in one arm and 4 in the other relapsed."""
    if any(says("basis.randomised", match.text) for match in listed):
        return False
    behind = CLAUSE_END.split(listed[-1].after(150), maxsplit=1)[0]
    return says("n.outcome", listed[0].before(60)) or says("n.outcome", behind)


def arm_size(match: Match, label: str) -> SampleSize:
    """The size of one arm."""
    start, end = match.place("n")
    basis = basis_of(match.before(150), match.text + match.after(40))
    return sized(match.document, size(match), (start, end), match.rule.id, basis, label)


def sized(document: Document, n: int, place: tuple[int, int], rule: str, basis: NBasis, label: str) -> SampleSize:
    """The size of an arm with its place in the text."""
    return SampleSize(Reading(n, document.span(*place), rule, False, STATED), basis, label)


def adding_up(document: Document) -> Iterator[Sizes]:
    """Bare numbers of one sentence that add up to the people counted in front of them: 153, 76 ketamine, 77 saline."""
    found: dict[int, Sizes] = {}
    for whole in counts(document):
        if whole.n >= FEWEST and not whole.part and not whole.arm:
            sizes = parts_of(whole)
            if sizes:
                place = whole.match.sentence.number
                found[place] = found.get(place, ()) + sizes
    yield from found.values()


def parts_of(whole: Count) -> Sizes:
    """The arms into which people are divided in the rest of their sentence."""
    document, sentence = whole.match.document, whole.match.sentence
    bare = load()["n.number"].regex.finditer(document.lower, whole.end, sentence.end)
    numbers = [found for found in bare if 0 < int(found[0]) < whole.n]
    for run in runs_of(whole.n, numbers) if len(numbers) > 1 else ():
        in_front = document.lower[max(whole.end, run[0].start() - 30) : run[0].start()]
        before = "" if in_front.endswith("(") else in_front  # what the bracket stands behind is the whole
        behind = PART_END.split(document.lower[run[-1].end() : min(sentence.end, run[-1].end() + 60)], maxsplit=1)[0]
        parts = document.lower[run[0].start() : run[-1].end()] + behind
        labels = labels_of(run, document, in_front, behind)
        of_arms = all(labels) and says("n.arm_label", parts) and not says("n.no_arm", before + parts)
        if of_arms or all(is_diagnosis_compared(document, label) for label in labels):
            return tuple(part(whole, found, label) for found, label in zip(run, labels, strict=True))
    return ()


def names_arm(document: Document, words: str) -> bool:
    """Whether words name a treatment, or a diagnosis in a study that compares diagnoses."""
    if says("n.arm_label", words) and not says("n.no_arm", words):
        return True
    return is_diagnosis_compared(document, words)


def is_diagnosis_compared(document: Document, words: str) -> bool:
    """Whether words name a diagnosis, in a study whose title sets diagnoses against each other."""
    return document.titled("n.diagnoses_compared") is not None and says("n.diagnosis", words)


def part(whole: Count, found: re.Match[str], label: str) -> SampleSize:
    """One of the numbers that add up to a whole."""
    return sized(whole.match.document, int(found[0]), found.span(), whole.match.rule.id, whole.basis, label)


def labels_of(run: list[re.Match[str]], document: Document, before: str, behind: str) -> list[str]:
    """The words behind each of several numbers, which name its arm; those in front where the last has none behind."""
    between = [document.lower[one.end() : other.start()] for one, other in pairwise(run)]
    if LABEL_ENDS.split(behind.lstrip(" ,:"), maxsplit=1)[0].strip():
        return [LABEL_ENDS.split(words.lstrip(" ,:"), maxsplit=1)[0].strip() for words in (*between, behind)]
    return [LABEL_ENDS.split(words.rstrip(" (,:"))[-1].strip() for words in (before, *between)]


def runs_of(n: int, numbers: list[re.Match[str]]) -> Iterator[list[re.Match[str]]]:
    """Two or more numbers in a row that add up to n."""
    sizes = [int(found[0]) for found in numbers]
    for start in range(len(sizes)):
        for end in range(start + 2, min(start + MOST_ARMS, len(sizes)) + 1):
            if sum(sizes[start:end]) == n:
                yield numbers[start:end]


def in_brackets(document: Document) -> Iterator[Sizes]:
    """Sizes behind their arms in brackets, in a sentence that counts people: 38 of 52 (ketamine, 20; placebo, 18)."""
    sentences = {whole.match.sentence.number: whole.match.sentence for whole in counts(document) if whole.n >= FEWEST}
    rule = load()["n.labelled"]
    for sentence in sentences.values():
        for found in rule.regex.finditer(document.lower, sentence.start, sentence.end):
            yield named_in(Match(document, rule, sentence, found, *found.span()))


def named_in(match: Match) -> Sizes:
    """The sizes of arms behind their names in brackets, where they add up to a number in front of the brackets."""
    listed = list(NAME_AND_SIZE.finditer(match.document.lower, *match.place("arms")))
    whole = sum(int(found["n"]) for found in listed)
    in_front = NUMBER.findall(match.before(SPLIT_BEFORE))
    if not all(names_arm(match.document, found["arm"]) for found in listed) or whole not in map(int, in_front):
        return ()
    basis = basis_of(match.before(150), match.after(60))
    return tuple(
        sized(match.document, int(found["n"]), found.span("n"), match.rule.id, basis, found["arm"].strip(" ,"))
        for found in listed
    )


def by_rates(document: Document) -> Iterator[Sizes]:
    """Sizes that are told only with rates and add up to a whole: 9/21 with one drug and 4/20 with the other."""
    wholes = {whole.n for whole in counts(document) if whole.n >= FEWEST and not whole.part and not whole.arm}
    if not wholes:
        return
    percents = document.own("rate.percent")
    shares = [match for match in percents if at_risk(match)]
    shares += [match for match in document.own("rate.fraction") if not overlaps(match, percents)]
    for listed in by_sentence(shares):
        for some in range(2, min(len(listed), MOST_ARMS) + 1):
            of_arms = listed[:some]
            labels = rate_labels(of_arms) if sum(map(at_risk, of_arms)) in wholes else ()
            if labels:
                yield tuple(map(arm_of_rate, of_arms, labels))
                break


def at_risk(match: Match) -> int:
    """Of how many a rate is told; none where it is told without them."""
    return int(match["of"] or (match["of_after"] if match.rule.id == "rate.percent" else None) or 0)


def arm_of_rate(match: Match, label: str) -> SampleSize:
    """The size of an arm of which a rate is told."""
    place = match.place("of" if match["of"] else "of_after")
    return sized(match.document, at_risk(match), place, match.rule.id, NBasis.ANALYSED, label)


def rate_labels(of_arms: list[Match]) -> tuple[str, ...]:
    """The names of arms behind their rates, in front of them, or behind all of them in turn; none where one is not."""
    document = of_arms[0].document
    behind = tuple(
        arm_name(document, LABEL_ENDS.split(FIRST_WORDS.sub("", match.after(60), count=1), maxsplit=1)[0])
        for match in of_arms
    )
    if all(behind):
        return behind
    in_front = tuple(arm_name(document, LABEL_ENDS.split(match.before(60).rstrip(" (:,"))[-1]) for match in of_arms)
    if all(in_front):
        return in_front
    last = CLAUSE_END.split(of_arms[-1].after(120).lstrip(") "), maxsplit=1)[0]
    in_turn = tuple(name for words in IN_TURN.split(last)[: len(of_arms)] if (name := arm_name(document, words)))
    return in_turn if len(in_turn) == len(of_arms) else ()


def arm_name(document: Document, words: str) -> str:
    """Words as the name of an arm; nothing where they name none."""
    name = TREATMENT_ENDS.split(FIRST_WORDS.sub("", words.strip(), count=1), maxsplit=1)[0].strip()
    return name if names_arm(document, name) else ""
