"""The lists of the pupil's journey as they go into a file."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from opensenco.exchange.out import Table


def found(rows: Iterable[Any]) -> Table:
    """Give the pupils who were found."""
    return Table(
        _("Pupils"), [_("Pupil"), _("Class")], [(r.register_name, r.class_name) for r in rows]
    )


def account(lines: Iterable[Any], *, changes: bool) -> Table:
    """Give who opened or who changed a record, newest first."""
    heads = [_("When"), _("Who"), _("In which role"), _("What"), _("Remark")]
    rows = [(one.at, one.who, one.role, one.what, _remark(one)) for one in lines]
    return Table(_("Changes") if changes else _("Openings"), heads, rows)


def _remark(line: Any) -> str:
    told = []
    if line.refused:
        told.append(_("refused"))
    if line.out_of_duty:
        told.append(_("outside their duty, with a reason"))
    return ", ".join(told)
