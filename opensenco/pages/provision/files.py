"""The lists of provision as they go into a file. Minutes are whole numbers."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from opensenco.exchange.out import Table
from opensenco.provision.delivery import Delivery


def running(layers: Iterable[Any]) -> Table:
    """Give what runs, by layer: opensenco.pages.provision.show.LayerRows."""
    heads = [
        _("Layer"), _("Provision"), _("Pupils"), _("Who delivers it"), _("Minutes promised"),
        _("Minutes due"), _("Minutes delivered"), _("Sessions missed"),
    ]  # fmt: skip
    rows = [
        (
            layer.name, row.provision.name, row.total.pupils, row.people, row.total.promised,
            row.total.due, row.total.delivered, row.missed,
        )
        for layer in layers
        for row in layer.rows
    ]  # fmt: skip
    return Table(_("Provision"), heads, rows)


def one(parts: Iterable[Delivery]) -> Table:
    """Give who gets one provision and what came of it."""
    heads = [
        _("Pupil"), _("How often"), _("By whom"), _("From"), _("Until"), _("Minutes promised"),
        _("Minutes due"), _("Minutes delivered"), _("Missed"),
    ]  # fmt: skip
    rows = [
        (
            part.allocation.pupil.register_name, part.often, part.by, part.allocation.starts,
            part.allocation.ends, part.promised, part.due, part.delivered, part.missed_words,
        )
        for part in parts
    ]  # fmt: skip
    return Table(_("Who gets it"), heads, rows)


def sessions(ledger: Iterable[Any]) -> Table:
    """Give the sessions of one promise, newest first."""
    heads = [
        _("Day"), _("How it went"), _("Note"), _("Minutes"), _("Makes up"), _("Given by"),
        _("Logged by"), _("Days later"), _("Put right"),
    ]  # fmt: skip
    rows = [
        (
            one.on, one.how, one.note,
            one.minutes or None, one.makes_up and one.makes_up.on, one.given_by.name,
            one.person.name, one.days_late or None, _("put right later") if one.corrects_id else "",
        )
        for one in ledger
    ]  # fmt: skip
    return Table(_("Session by session"), heads, rows)
