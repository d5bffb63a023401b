"""Evidence: values that were read, each with its span. No span, no value."""

from __future__ import annotations

from msgspec import Struct

from ketalit.vocabulary import Anchor, AtRisk, NBasis, OutcomeKind, Phase, SectionRole, Source


class TextUnit(Struct, frozen=True, gc=False):
    """A piece of text that rules read: a title, a section of an abstract, or a free-text field of a registration.

    `field` is `title`, `abstract` or a JSON pointer; `text` is the raw text of the unit; `start` is its offset in the
    field, so that a span found at `i` in the unit stands at `start + i` in the field.
    """

    source: Source
    source_id: str
    field: str
    text: str
    role: SectionRole
    start: int = 0


class Span(Struct, frozen=True, gc=False):
    """A place in a document: `field[start:end] == quote`, always.

    For a structured registry value `field` is its JSON pointer, `start` is 0 and `quote` is the value as written.
    """

    source: Source
    source_id: str
    field: str
    start: int
    end: int
    quote: str


class Reading(Struct, frozen=True, gc=False):
    """One value as it was read.

    `rule` is the id of the rule or of the structured field. `derived` marks arithmetic on stated values (twice weekly
    for 4 weeks = 8 sessions); `support` are the further spans that it rests on. `confidence` is between 0 and 1;
    `reason` says in a few words why this value was chosen or what makes it doubtful.
    """

    value: str | int | float | bool
    span: Span
    rule: str
    derived: bool = False
    confidence: float = 1.0
    reason: str = ""
    support: tuple[Span, ...] = ()


class Regimen(Struct, frozen=True):
    """One active dosing regimen: drug, route, dose and schedule given to one arm in one phase."""

    drug: Reading
    route: Reading | None = None
    dose: Reading | None = None
    """The dose, or the lowest of a stated range or titration, in `unit`."""
    dose_max: Reading | None = None
    unit: Reading | None = None
    infusion_minutes: Reading | None = None
    sessions: Reading | None = None
    """Doses that one patient is planned or stated to get in this phase."""
    sessions_max: Reading | None = None
    per_week: Reading | None = None
    course_days: Reading | None = None
    phase: Phase | None = None
    arm: str | None = None
    """The arm's label as written, when the source says which arm."""


class SampleSize(Struct, frozen=True):
    """How many people, counted on which basis; `arm` is None for the whole sample."""

    n: Reading
    basis: NBasis
    arm: str | None = None


class RaceShare(Struct, frozen=True):
    """The share of one race or ethnic group as the source names it."""

    group: str
    pct: Reading


class BaselineSeverity(Struct, frozen=True):
    """Baseline score on one scale."""

    scale: str
    mean: Reading
    sd: Reading | None = None


class Demographics(Struct, frozen=True):
    """Who was studied. Ages in years; a range is of the sample or of eligibility, never both in one."""

    age_mean: Reading | None = None
    age_sd: Reading | None = None
    age_median: Reading | None = None
    age_min: Reading | None = None
    age_max: Reading | None = None
    age_range_is_eligibility: bool | None = None
    pct_female: Reading | None = None
    n_female: Reading | None = None
    n_male: Reading | None = None
    race: tuple[RaceShare, ...] = ()
    baseline_severity: tuple[BaselineSeverity, ...] = ()
    failed_treatments_min: Reading | None = None


class Rate(Struct, frozen=True):
    """How many responded, remitted or relapsed.

    `pct` in per cent; `n` with the event; `denominator` at risk; `time_days` when it was counted; `threshold` the
    definition as written (thresholds are never merged).
    """

    kind: OutcomeKind
    pct: Reading
    arm: str | None = None
    n: Reading | None = None
    denominator: Reading | None = None
    time_days: Reading | None = None
    at_risk: AtRisk = AtRisk.ALL
    threshold: Reading | None = None


class TimeToRelapse(Struct, frozen=True):
    """How long until relapse, in days: `statistic` is mean, median, minimum or maximum."""

    days: Reading
    statistic: str
    arm: str | None = None


class FollowUp(Struct, frozen=True):
    """The longest time at which mood was assessed, in days, and what it is counted from."""

    days: Reading
    anchor: Anchor


class PrimaryOutcome(Struct, frozen=True):
    """The stated primary outcome: the rating scale, and the days after the dose or baseline at which it was measured.

    Co-primary outcomes are several of these. One of the two is always there; `time_days` is None where a list of times
    is stated.
    """

    scale: Reading | None = None
    time_days: Reading | None = None


class SafetyCount(Struct, frozen=True):
    """How many people had one adverse effect, as the sentence states it for that effect alone.

    `effect` is the simple term of the effect's reading; `pct` is as stated, or computed from the two counts.
    """

    effect: str
    n_affected: Reading | None = None
    n_at_risk: Reading | None = None
    pct: Reading | None = None


class SafetyTotal(Struct, frozen=True):
    """How many people had any serious adverse event (`any_serious`), or left because of one (`discontinuation`)."""

    item: str
    n_affected: Reading | None = None
    n_at_risk: Reading | None = None
    pct: Reading | None = None


class Topic(Struct, frozen=True):
    """One topic that the study takes up; the first span of `name` is the words, the second their sentence."""

    name: Reading
    outcome_kind: Reading | None = None
    """`primary`, `secondary` or `other`, where a planned outcome of a registration is the place."""


class Judgement(Struct, frozen=True):
    """Is this a clinical report on (es/ar)ketamine given for depression? A doubtful record is flagged for a human."""

    include: bool
    doubtful: bool
    reason: str
    spans: tuple[Span, ...] = ()


class Criterion(Struct, frozen=True):
    """Whether a condition keeps people out: `decision` reads `excluded` or `allowed` (see `vocabulary.Decision`)."""

    subject: str
    """psychosis, bipolar, substance_use, uncontrolled_hypertension, pregnancy or prior_ketamine."""
    decision: Reading


class Selection(Struct, frozen=True):
    """Who may be treated, and how they are watched. What is not named is not reported, never allowed."""

    criteria: tuple[Criterion, ...] = ()
    """One for each condition that is named."""
    failed_treatments_min: Reading | None = None
    """The least number of treatments that must have failed."""
    observation_minutes: Reading | None = None
    """How long people are watched after a dose."""
    monitoring: tuple[Reading, ...] = ()
    """What is watched: blood_pressure, heart, oxygen, sedation, dissociation."""


class NotUnderstood(Struct, frozen=True):
    """The text mentions the item, but no rule could read its value: a human should look."""

    item: str
    span: Span


class Facts(Struct, frozen=True):
    """Everything that the rules read in one document. An empty item means that the text does not state it."""

    source: Source
    source_id: str
    judgement: Judgement
    design: Reading | None = None
    population: tuple[Reading, ...] = ()
    regimens: tuple[Regimen, ...] = ()
    comparators: tuple[Reading, ...] = ()
    sample_sizes: tuple[SampleSize, ...] = ()
    n_total: SampleSize | None = None
    """The size of the patient sample under study: randomised if stated, else enrolled, treated or analysed."""
    demographics: Demographics = Demographics()
    n_arms: Reading | None = None
    """How many arms people were assigned to, where the text says so."""
    primary_outcomes: tuple[PrimaryOutcome, ...] = ()
    scales: tuple[Reading, ...] = ()
    follow_up: FollowUp | None = None
    rates: tuple[Rate, ...] = ()
    times_to_relapse: tuple[TimeToRelapse, ...] = ()
    effect_until_days: Reading | None = None
    safety: tuple[Reading, ...] = ()
    selection: Selection = Selection()
    safety_counts: tuple[SafetyCount, ...] = ()
    safety_totals: tuple[SafetyTotal, ...] = ()
    topics: tuple[Topic, ...] = ()
    registry_ids: tuple[Reading, ...] = ()
    not_understood: tuple[NotUnderstood, ...] = ()
    roles: tuple[Reading, ...] = ()
    """What the text says that the report is to a study: pooled, follow_up or secondary; most reports say nothing."""
