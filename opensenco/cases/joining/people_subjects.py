"""What of the people's part of two records can clash: details, classes; and who is barred."""

from datetime import date, timedelta
from typing import Any, ClassVar

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.access.actions import Action
from opensenco.cases.joining.questions import FIRST, SECOND, Subject
from opensenco.cases.joining.rows import Deeds
from opensenco.kernel.text import search_key
from opensenco.kernel.words import say
from opensenco.people.models import Contact, GroupPupil, Pupil
from opensenco.people.states import GroupKind

ONE_DAY = timedelta(days=1)


class Detail(Subject):
    """One field of the pupil; several where they only make sense together.

    The value that is not chosen stays in the record that is set aside; a name or number of it is
    kept as a former one.
    """

    action = Action.PUPIL_EDIT

    def __init__(self, code: str, title: Promise, *fields: str) -> None:
        self.code = code  # type: ignore[misc]
        self.title = title  # type: ignore[misc]
        self.fields = fields

    def lines(self, pupil: Pupil) -> list[str]:
        """The values in words."""
        return [text for name in self.fields if (text := _in_words(pupil, name))]

    def settle(self, deeds: Deeds, chosen: str) -> None:
        """Take the chosen value; where the record that goes on has none, the other's."""
        mine, theirs = self.lines(deeds.first), self.lines(deeds.second)
        if theirs and (chosen == SECOND or not mine):
            self.take(deeds)

    def take(self, deeds: Deeds) -> None:
        """Note what is written into the record that goes on once the other is set aside."""
        values = {name: getattr(deeds.second, name) for name in self.fields}
        deeds.details.update({n: v for n, v in values.items() if v != getattr(deeds.first, n)})


def _in_words(pupil: Pupil, name: str) -> str:
    value: Any = getattr(pupil, name)
    if isinstance(value, bool):
        return _("Yes") if value else ""
    if isinstance(value, date):
        return say(value)
    if name == "sex":
        return "" if value == "U" else str(pupil.get_sex_display())
    return "" if value is None else str(value)


class Name(Detail):
    """First name and surname, with the name in use."""

    def lines(self, pupil: Pupil) -> list[str]:
        """The whole name on one line."""
        known = f" ({pupil.known_as})" if pupil.known_as else ""
        return [f"{pupil.first_name} {pupil.last_name}{known}"]


DETAILS = (
    Name("name", gettext_lazy("Name"), "first_name", "last_name", "known_as"),
    Detail("birth_date", gettext_lazy("Date of birth"), "birth_date"),
    Detail("upn", gettext_lazy("Unique pupil number"), "upn"),
    Detail("sex", gettext_lazy("Sex, as the register holds it"), "sex"),
    Detail("year_group", gettext_lazy("Year group"), "year_group"),
    Detail("part", gettext_lazy("Part of the school"), "part"),
    Detail("roll", gettext_lazy("First and last day on the roll"), "joined_on", "left_on"),
    Detail("home_language", gettext_lazy("Language at home"), "home_language"),
    Detail("interpreter", gettext_lazy("The family needs an interpreter"), "interpreter_needed"),
)


class Class(Subject):
    """The class of today and of days to come: a pupil is in one at a time."""

    code: ClassVar[str] = "class"
    title: ClassVar[Promise] = gettext_lazy("Class")
    action: ClassVar[Action] = Action.PUPIL_VIEW

    def lines(self, pupil: Pupil) -> list[str]:
        """The class with its first day."""
        return [
            _("%(name)s since %(day)s") % {"name": row.group.name, "day": say(row.starts)}
            for row in _places(pupil, GroupKind.CLASS)
        ]

    def settle(self, deeds: Deeds, chosen: str) -> None:
        """End the places that were not chosen, and of two places in one group the later one."""
        twice = _doubled(deeds)
        for row in twice:
            _end(deeds, row, row.starts)
        mine = _places(deeds.first, GroupKind.CLASS)
        theirs = _places(deeds.second, GroupKind.CLASS)
        if mine and theirs:
            for row in theirs if chosen == FIRST else mine:
                _end(deeds, row, deeds.actor.today)


def _places(pupil: Pupil, *kinds: str) -> list[GroupPupil]:
    goes_on = Q(ends__isnull=True)
    rows = GroupPupil.objects.filter(goes_on, pupil=pupil, withdrawn=False)
    if kinds:
        rows = rows.filter(group__kind__in=kinds)
    return list(rows.select_related("group").order_by("starts", "id"))


def _doubled(deeds: Deeds) -> list[GroupPupil]:
    """Give of two places in one group, of which one day has both, the one that began later."""
    places = [
        GroupPupil.objects.filter(pupil=one, withdrawn=False).order_by("id")
        for one in (deeds.first, deeds.second)
    ]
    found = []
    for mine in places[0]:
        for theirs in places[1]:
            if mine.group_id == theirs.group_id and _meet(mine, theirs):
                found.append(max(theirs, mine, key=lambda row: row.starts))
    return list({row.pk: row for row in found}.values())


def _meet(one: GroupPupil, other: GroupPupil) -> bool:
    return not ((one.ends and one.ends < other.starts) or (other.ends and other.ends < one.starts))


def _end(deeds: Deeds, row: GroupPupil, day: date) -> None:
    """Let a place end on the day before; one that begins no earlier was never one."""
    ends = day - ONE_DAY
    if row.starts > ends:
        deeds.change(row, ends=row.starts - ONE_DAY, withdrawn=True)
    else:
        deeds.change(row, ends=ends)


class Contacts(Subject):
    """Contacts of both are kept. Who is barred in one record is barred in the one."""

    code: ClassVar[str] = "contacts"
    title: ClassVar[Promise] = gettext_lazy("Contacts")
    action: ClassVar[Action] = Action.CONTACT_VIEW

    def lines(self, pupil: Pupil) -> list[str]:
        """Nothing to choose."""
        return []

    def settle(self, deeds: Deeds, chosen: str) -> None:
        """Never open to somebody what one of the two records keeps from them."""
        both = [
            list(Contact.objects.filter(pupil=one, in_error_at__isnull=True).order_by("id"))
            for one in (deeds.first, deeds.second)
        ]
        for mine in both[0]:
            for theirs in both[1]:
                if _one_person(mine, theirs):
                    _the_stricter(deeds, mine, theirs)


def _one_person(one: Contact, other: Contact) -> bool:
    if one.person_id and one.person_id == other.person_id:
        return True
    if one.email and one.email.casefold() == other.email.casefold():
        return True
    return search_key(one.name) == search_key(other.name)


def _the_stricter(deeds: Deeds, one: Contact, other: Contact) -> None:
    """Give each of two contacts of one person what is narrower."""
    allowed = ("may_see", "may_reply", "to_be_told")
    narrow: dict[str, Any] = {n: getattr(one, n) and getattr(other, n) for n in allowed}
    narrow["barred"] = one.barred or other.barred
    words = dict.fromkeys(w for row in (one, other) if (w := row.restriction.strip()))
    narrow["restriction"] = "\n".join(words)
    for row in (one, other):
        values = {name: value for name, value in narrow.items() if getattr(row, name) != value}
        if values:
            deeds.change(row, **values)


SUBJECTS: tuple[Subject, ...] = (*DETAILS, Class(), Contacts())
