"""Who moves where when the school year turns, as it goes into a file."""

from typing import Any

from django.utils.translation import gettext as _

from opensenco.exchange.out import Table


def moves(chosen: Any) -> Table:
    """Give the moves of a list: opensenco.pages.school.turned.Chosen."""
    heads = [
        _("Surname"), _("First name"), _("Date of birth"), _("UPN"), _("Year group now"),
        _("Class now"), _("What becomes of them"), _("Year group then"), _("Class then"),
        _("Last day"), _("Where they go"), _("To look at"),
    ]  # fmt: skip
    rows = [
        (
            one.pupil.last_name, one.pupil.first_name, one.pupil.birth_date, one.pupil.upn,
            one.before, one.now, one.kind, one.after, one.into, one.leave_on, one.left_to,
            " ".join(one.doubts),
        )
        for one in chosen.shown.lines(chosen.moves)
    ]  # fmt: skip
    return Table(_("School year"), heads, rows)
