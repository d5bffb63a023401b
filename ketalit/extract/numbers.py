"""Number words and numbers as people write them."""

from __future__ import annotations

import re

from ketalit.extract.patterns import compiled

SMALL_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
SMALL = {name: value for value, name in enumerate(SMALL_WORDS.split())}
TENS_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
TENS = {name: 10 * value for value, name in enumerate(TENS_WORDS.split(), 2)}
UNITS = "one|two|three|four|five|six|seven|eight|nine"
TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
BELOW_HUNDRED = f"(?:{'|'.join(TENS)})(?:[ -](?:{UNITS}))?+|{TEENS}|{UNITS}"

NUMBER_WORDS = compiled(
    rf"[ (\n\0/\[\"-](?=[efnost][nwheoil][eornuvxgif])(?!the)"  # how a number word may begin, for speed
    rf"((?:{UNITS})[ -]hundred(?:(?:[ ]and|,)?[ ](?:{BELOW_HUNDRED}))?+|{BELOW_HUNDRED})\b"
)
"""six, twenty-eight, one hundred and eight: whole numbers below a thousand, in lower case, with the sign in front.

Among the signs is the one between texts (see `scan`).
"""


WORD = re.compile(r"[a-z]+")


def digits(words: str) -> str:
    """The number that English words name, in digits."""
    total = 0
    for word in WORD.findall(words):
        if word == "hundred":
            total *= 100
        elif word != "and":
            total += SMALL.get(word, 0) + TENS.get(word, 0)
    return str(total)


def whole_or_decimal(value: float) -> int | float:
    """An int when the number is whole, for output as people write it."""
    return int(value) if value == int(value) else value


DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}


def days_of(length: float, unit: str) -> float:
    """A length of time in days: a month is 30 days, a year 365; `unit` begins with min, h, d, w, mo or y."""
    if unit.startswith("mi"):
        return length / 1440
    return length / 24 if unit.startswith("h") else length * DAYS[unit[0]]


def minutes_of(length: float, unit: str) -> float:
    """A length of time in minutes; `unit` begins with min or h."""
    return length * 60 if unit.startswith("h") else length
