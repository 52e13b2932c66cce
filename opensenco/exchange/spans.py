"""Which spans of membership a file of members adds, corrects and ends, beside those that are kept.

Pure: rows in, changes out. The register tells when a school joined a group and seldom when it left;
so a span ends with the day the file gives, else the day before the school joined another group of
the same family, else on the day of the first file in which the group no longer has it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from opensenco.exchange.readers.beside import Member
from opensenco.exchange.readers.establishment import Quarantined
from opensenco.exchange.states import ONE_AT_A_TIME, GroupFamily
from opensenco.kernel.words import sentence

_DAY = timedelta(days=1)
Who = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Span:
    """A stored span of membership, `pk` None for one to be added."""

    uid: str
    urn: str
    joined_on: date | None
    left_on: date | None = None
    left_seen: bool = False
    pk: int | None = None


@dataclass
class Spans:
    """What a file of members does: rows to add and to change, and how many stay."""

    new: list[Span] = field(default_factory=list)
    changed: list[Span] = field(default_factory=list)
    unchanged: list[Span] = field(default_factory=list)
    missing: int = 0
    quarantined: list[Quarantined] = field(default_factory=list)


def compare(
    members: Iterable[Member],
    known: Sequence[Span],
    families: Mapping[str, GroupFamily],
    today: date,
) -> Spans:
    """Hold the rows of a file beside what is stored.

    Args:
        families: what each group is, by its UID, of the file and of the record.
        today: the day of the reading.
    """
    found = Spans()
    rows = _one_at_a_time(members, families, found)
    kept: dict[Who, list[Span]] = defaultdict(list)
    for span in known:
        kept[span.uid, span.urn].append(span)
    for (uid, urn), given in rows.items():
        _beside(given, kept.pop((uid, urn), []), found)
    groups = {uid for uid, _urn in rows}
    moved = _first_joined(found.new, families)
    for spans in kept.values():
        for span in spans:
            _gone(span, groups, moved.get((families.get(span.uid), span.urn)), found, today)
    return found


def _one_at_a_time(
    members: Iterable[Member], families: Mapping[str, GroupFamily], found: Spans
) -> dict[Who, list[Span]]:
    """Give the spans of the file; of two at once in one family the earlier ends, or is refused."""
    by_setting: dict[tuple[object, str], list[Member]] = defaultdict(list)
    for one in members:
        family = families.get(one.uid, GroupFamily.OTHER)
        by_setting[family if family in ONE_AT_A_TIME else one.uid, one.urn].append(one)
    rows: dict[Who, list[Span]] = defaultdict(list)
    for several in by_setting.values():
        several.sort(key=lambda one: one.joined_on or date.min)
        for one, later in zip(several, [*several[1:], None], strict=True):
            left = one.left_on
            if later is not None and (left is None or (later.joined_on and left > later.joined_on)):
                if later.joined_on is None or later.joined_on == one.joined_on:
                    found.quarantined.append(_clash(one, later))
                    continue
                left = max(later.joined_on - _DAY, one.joined_on or date.min)
            rows[one.uid, one.urn].append(Span(one.uid, one.urn, one.joined_on, left))
    return rows


def _clash(one: Member, later: Member) -> Quarantined:
    told = sentence(
        "The establishment stands in two groups of one kind at once, again on line {line}.",
        line=later.line,
    )
    return Quarantined(one.line, one.line, one.urn, told)


def _beside(given: list[Span], stored: list[Span], found: Spans) -> None:
    """Hold the spans of one establishment in one group beside those that are stored."""
    left_over = sorted(stored, key=lambda span: span.joined_on or date.min)
    for span in given:
        same = next((one for one in left_over if one.joined_on == span.joined_on), None)
        same = same or _corrected(span, left_over)
        if same is None:
            found.new.append(span)
            continue
        left_over.remove(same)
        now = replace(
            same,
            joined_on=span.joined_on or same.joined_on,
            left_on=span.left_on,
            left_seen=False,
        )
        (found.unchanged if now == same else found.changed).append(now)
    for span in left_over:
        later = next(
            (one.joined_on for one in given if one.joined_on and _before(span, one.joined_on)), None
        )
        if span.left_on is None and later is not None:
            ended = max(later - _DAY, span.joined_on or date.min)
            found.changed.append(replace(span, left_on=ended))
        else:
            found.unchanged.append(span)


def _corrected(span: Span, stored: list[Span]) -> Span | None:
    """Give the open span of which the file now knows the beginning, or an earlier one."""
    for one in stored:
        if one.left_on is None or one.left_seen:
            earlier = one.joined_on and span.joined_on and span.joined_on < one.joined_on
            if one.joined_on is None or span.joined_on is None or earlier:
                return one
    return None


def _before(span: Span, day: date) -> bool:
    return (span.joined_on or date.min) < day


def _first_joined(
    new: Iterable[Span], families: Mapping[str, GroupFamily]
) -> dict[tuple[GroupFamily | None, str], date]:
    """Give the day on which each establishment newly joined a group of each exclusive family."""
    days: dict[tuple[GroupFamily | None, str], date] = {}
    for span in new:
        family = families.get(span.uid)
        if family in ONE_AT_A_TIME and span.joined_on:
            known = days.get((family, span.urn), span.joined_on)
            days[family, span.urn] = min(known, span.joined_on)
    return days


def _gone(span: Span, groups: set[str], moved: date | None, found: Spans, today: date) -> None:
    """Decide about a stored span whose establishment the file does not have in that group."""
    found.missing += span.left_on is None
    if span.left_on is not None:
        return
    if moved is not None and _before(span, moved):
        found.changed.append(replace(span, left_on=max(moved - _DAY, span.joined_on or date.min)))
    elif span.uid in groups:
        # The file has this group and not this member: a file of other groups says nothing.
        found.changed.append(
            replace(span, left_on=max(today, span.joined_on or date.min), left_seen=True)
        )
