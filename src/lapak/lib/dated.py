"""Numbers that change with a date: a new one holds from its day on, and whoever began before keeps the old."""

import re
from datetime import date
from typing import Generic, TypeVar

V = TypeVar("V")

_STEP = re.compile(r"(\d+)(?: from (\d{4}-\d{2}-\d{2}))?")


class Dated(Generic[V]):
    """The values of one rule, oldest first, each with the day it begins."""

    def __init__(self, *steps: tuple[date, V]) -> None:
        """`ValueError` unless the days rise."""
        days = [day for day, _ in steps]
        if not days or days != sorted(set(days)):
            raise ValueError(f"one value after the other, each from a later day: {steps}")
        self.steps = steps

    def __repr__(self) -> str:
        return f"Dated{self.steps}"

    def on(self, day: date) -> V:
        """What holds on a day. `ValueError` before the first."""
        for since, value in reversed(self.steps):
            if since <= day:
                return value
        raise ValueError(f"nothing held on {day} yet, the first from {self.steps[0][0]} on")


def always(value: V) -> Dated[V]:
    """A value that holds on any day."""
    return Dated((date.min, value))


def dated_number(text: str) -> Dated[int]:
    """As a setting says it: `2`, or `2; 3 from 2027-01-01`. `ValueError` when it is neither."""
    steps = [_STEP.fullmatch(step.strip()) for step in text.split(";")]
    if not all(steps) or [bool(step and step[2]) for step in steps] != [False] + [True] * (len(steps) - 1):
        raise ValueError(f"“{text}” is neither a number nor one with dates, such as “2; 3 from 2027-01-01”")
    return Dated(*((date.fromisoformat(step[2]) if step[2] else date.min, int(step[1])) for step in steps if step))
