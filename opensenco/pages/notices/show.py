"""What the pages of notices and mail show."""

import uuid
from collections.abc import Mapping
from itertools import groupby
from typing import Any

from django.conf import settings
from django.urls import resolve, reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.page import Door
from opensenco.notices import queries
from opensenco.notices.backends.folder import Kept, kept_in
from opensenco.notices.states import How
from opensenco.notices.whats_new import NEWS, News


def addresses_back(actor: Actor) -> Mapping[str, Any]:
    """Give to how many addresses no mail is sent, for the home page of whoever manages people."""
    return {"count": queries.addresses_back(actor)}


def by_day(lines: list[queries.Line]) -> list[tuple[str, list[tuple[Any, list[queries.Line]]]]]:
    """Give notices under two headings, each by its days."""
    parts = []
    for heading, read in ((_("Not read yet"), False), (_("Read"), True)):
        some = [line for line in lines if (line.read_at is not None) is read]
        days = [(day, list(of_day)) for day, of_day in groupby(some, lambda line: line.day)]
        if days:
            parts.append((heading, days))
    return parts


def ref_of(text: str) -> uuid.UUID | None:
    """Read a reference; what is none is taken for none."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def choice_of(actor: Actor) -> dict[str, Any]:
    """Give what this person chose, as the form has it."""
    row = queries.my_choice(actor)
    names = ("mine", "role", "urgent", "digest_hour", "quiet_from", "quiet_until")
    return {name: getattr(row, name) for name in (*names, "school_days_only")}


def safeguards(actor: Actor) -> bool:
    """Tell whether this person is sent what is marked for the safeguarding lead."""
    return actor.can_somewhere(Action.SAFEGUARDING_VIEW)


def given(actor: Actor, values: Mapping[str, Any]) -> dict[str, Any]:
    """Give what was chosen; who receives nothing urgent keeps the usual for it."""
    return {"urgent": How(choice_of(actor)["urgent"]), **values}


def mail_leaves() -> bool:
    """Tell whether mail leaves this server at all."""
    return bool(settings.MAIL.kind)


def kept_mail() -> list[Kept] | None:
    """Give the mail that would have been sent; None where this is no demonstration.

    In a folder stands the mail of every place, so it is shown where everybody is made up.
    """
    if not settings.DEMO or settings.MAIL.kind != "folder":
        return None
    return kept_in(settings.MAIL.folder or settings.DATA / "mail")


def news(actor: Actor) -> list[tuple[News, str]]:
    """Give what is new, each with the address of its page for those who may open that."""
    return [(one, _page_of(actor, one.address) if one.address else "") for one in NEWS]


def _page_of(actor: Actor, name: str) -> str:
    address = reverse(name)
    door: Door | None = getattr(resolve(address).func, "door", None)
    return address if door is None or actor.can_somewhere(door.action) else ""
