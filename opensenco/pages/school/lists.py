"""The lists of our own place as they go into a file."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from opensenco.exchange.out import Cell, Table


def staff(lines: Iterable[Any]) -> Table:
    """Give roles: opensenco.people.staffing.Line."""
    heads = [
        _("Name"), _("Email"), _("Role"), _("Part"), _("School"), _("First day"), _("Last day"),
    ]  # fmt: skip
    rows = [
        (one.name, one.email, one.role, one.part, one.place, one.starts, one.ends) for one in lines
    ]
    return Table(_("Staff and roles"), heads, rows)


def classes(shown: Any) -> Table:
    """Give the classes and groups of a school: opensenco.pages.school.classroom.School."""
    heads = [
        _("Name"), _("Kind"), _("Part"), _("Who works with it"), _("Pupils"), _("Last day"),
    ]  # fmt: skip
    rows = [
        (
            one.name, shown.kind_names[one.kind], one.part, ", ".join(one.staff),
            None if shown.ended else one.pupils, one.ended_on,
        )
        for _kind, _heading, lines in shown.kinds
        for one in lines
    ]  # fmt: skip
    return Table(_("Classes and groups"), heads, rows)


def one_class(pupils: Any, staff: Any) -> Table:
    """Give who is in a class or group and who works with it: opensenco.people.classes.Places."""
    heads = [_("Name"), _("In it as"), _("First day"), _("Last day")]
    return Table(_("Class or group"), heads, [*_places(staff), *_places(pupils)])


def _places(places: Any) -> Iterator[tuple[Cell, ...]]:
    for one in (*places.now, *places.coming, *places.before):
        yield one.name, one.what or _("pupil"), one.starts, one.ends


def seers(seers: Iterable[Any]) -> Table:
    """Give who can see what of one pupil: opensenco.people.who_sees.Seer."""
    heads = [
        _("Who"), _("Role"), _("How they reach the pupil"), _("What they see"), _("Until"),
    ]  # fmt: skip
    rows = [(one.name, one.role, one.how, ", ".join(one.sees), one.until) for one in seers]
    return Table(_("Who can see what"), heads, rows)
