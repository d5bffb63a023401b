"""Number words and numbers as people write them."""

from __future__ import annotations

import re

SMALL = {word: number for number, word in enumerate(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen".split())}  # fmt: skip
TENS = {word: 10 * number for number, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
UNITS = "one|two|three|four|five|six|seven|eight|nine"
TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
BELOW_HUNDRED = f"(?:{'|'.join(TENS)})(?:[ -](?:{UNITS}))?+|{TEENS}|{UNITS}"

NUMBER_WORDS = re.compile(
    rf"[ (\n/\[\"-]((?:{UNITS})[ -]hundred(?:(?:[ ]and|,)?[ ](?:{BELOW_HUNDRED}))?+|{BELOW_HUNDRED})\b"
)
"""six, twenty-eight, one hundred and eight: whole numbers below a thousand, in lower case, with the sign in front."""


def digits(words: str) -> str:
    """The number that English words name, in digits."""
    total = 0
    for word in re.findall(r"[a-z]+", words):
        if word == "hundred":
            total *= 100
        elif word != "and":
            total += SMALL.get(word, 0) + TENS.get(word, 0)
    return str(total)


def number(text: str) -> float:
    """A number in digits as a float; whole numbers compare equal to integers."""
    return float(text.replace(",", ""))


def whole_or_decimal(value: float) -> int | float:
    """An int when the number is whole, for output as people write it."""
    return int(value) if value == int(value) else value
