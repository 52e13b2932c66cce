"""What differs between two sets of values, field by field."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Change:
    """One field that differs. The values may be personal, so they stay out of representations."""

    name: str
    before: object = field(repr=False)
    after: object = field(repr=False)


def changes(before: Mapping[str, object], after: Mapping[str, object]) -> tuple[Change, ...]:
    """The fields of `after` whose value in `before` is another or missing, in the order of `after`.

    A field that only `before` has is left alone: a file that lacks a column changes nothing in it.
    """
    return tuple(
        Change(name, before.get(name), value)
        for name, value in after.items()
        if name not in before or before[name] != value
    )
