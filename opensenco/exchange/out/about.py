"""What a reader of a list that went out should know of it: which filter, of which day, for whom."""

from django.utils.translation import gettext as _

from opensenco.access.actor import Actor
from opensenco.exchange.out.table import Held, Table


def about(actor: Actor, table: Table, chosen: str, *, filtered: bool) -> list[tuple[str, Held]]:
    """Give the lines of the sheet "About this list".

    Args:
        chosen: the filter in words, where the list has any.
        filtered: whether anything was chosen at all.
    """
    lines: list[tuple[str, Held]] = [
        (_("List"), table.title),
        (_("Place"), ", ".join(actor.hat.places)),
    ]
    if chosen or not filtered:
        lines.append((_("Chosen"), chosen or _("Everything that this role may see")))
    return [
        *lines,
        (_("Rows"), len(table.rows)),
        (_("As it was on"), actor.today),
        (_("Taken by"), f"{actor.person.name}, {actor.hat.name}"),
        (_("Private"), _("Keep it safe, and destroy it when you no longer need it.")),
    ]
