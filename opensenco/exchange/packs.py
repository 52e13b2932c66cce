"""Packs that others sent, as lists of ours: what a record can take over, and the pack as a paper.

A pack becomes what a school would bring in by itself: a row of a pupil list, rows of a list of
contacts, a paper. So everything that holds for lists holds for it: it is laid beside the record,
doubts are questions, applied as a whole, taken back.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import visible
from opensenco.exchange import queries
from opensenco.exchange.models import FileImport, ReadPack
from opensenco.exchange.readers.papers import Sheet
from opensenco.kernel.dates import say
from opensenco.network.content import Section, from_data
from opensenco.network.facts import Facts
from opensenco.network.models import Pack
from opensenco.network.states import SENSITIVE

#: read in one go: each is opened, which its sender is told
MOST = 100
PUPIL_HEADINGS = (
    "Legal Surname", "Legal Forename", "Preferred Forename", "Date of Birth", "UPN", "Year Group",
    "Home Language", "SEN Status", "SEN Start Date",
)  # fmt: skip
MOST_NEEDS = 9
CONTACT_HEADINGS = (
    "Legal Surname", "Legal Forename", "Date of Birth", "UPN", "Contact Name", "Relationship",
    "Telephone", "Email", "Contact Language", "Parental Responsibility", "Court Order",
)  # fmt: skip
#: census codes; what else a record can hold is our own watching and stays in the paper
STATUSES = frozenset({"N", "K", "E"})


@dataclass(frozen=True)
class Offered:
    """A pack that can be taken over, and the list that was made of it before, if any."""

    pack: Pack
    before: FileImport | None

    @property
    def waits(self) -> bool:
        """Whether nobody has read it in yet."""
        return self.before is None


def offered(actor: Actor) -> list[Offered]:
    """Give the packs with a name that were sent to places where this person reads lists in."""
    places = queries.places(actor)
    packs = visible(actor, Action.PACK_OPEN, Pack).filter(org__in=places, blind=False)
    rows = list(
        packs.select_related("from_org", "org").defer("content", "facts").order_by("-at", "-id")
    )
    read = ReadPack.objects.filter(pack_ref__in=[row.ref for row in rows]).select_related("file")
    before = {one.pack_ref: one.file for one in read.order_by("-id")}
    return [Offered(row, before.get(row.ref)) for row in rows]


def pupil_list(packs: Iterable[Pack]) -> bytes:
    """Give the pupils of packs as a list; a pack without facts has none."""
    rows = []
    for facts in _told(packs):
        pupil, sen = facts["pupil"], facts.get("sen", {})
        status = sen.get("status", "") if sen.get("status") in STATUSES else ""
        needs = [*sen.get("needs", [])[:MOST_NEEDS]] if status in {"K", "E"} else []
        rows.append(
            [
                *(pupil[name] for name in ("last_name", "first_name", "known_as")),
                pupil["birth_date"], pupil["upn"], _year(pupil["year_group"]),
                pupil["home_language"], status, sen.get("since", "") if status else "",
                *needs, *[""] * (MOST_NEEDS - len(needs)),
            ]
        )  # fmt: skip
    return _csv((*PUPIL_HEADINGS, *(f"SEN Need {n + 1}" for n in range(MOST_NEEDS))), rows)


def contact_list(packs: Iterable[Pack]) -> bytes:
    """Give the contacts of packs as a list. Who is barred there comes in so, with no right."""
    rows = [
        [
            *(facts["pupil"][name] for name in ("last_name", "first_name", "birth_date", "upn")),
            *(one[name] for name in ("name", "relation", "phone", "email", "language")),
            "Yes" if one["parental_responsibility"] else "No", _restriction(one),
        ]
        for facts in _told(packs)
        for one in facts.get("contacts", [])
    ]  # fmt: skip
    return _csv(CONTACT_HEADINGS, rows) if rows else b""


def papers(packs: Iterable[Pack]) -> Iterator[Sheet]:
    """Give each pack as a paper of plain text: its words as they were sent, and from whom."""
    for pack in packs:
        upn = pack.facts.get("pupil", {}).get("upn", "")
        day = pack.sent_on.isoformat()
        words = {"who": pack.about, "place": pack.from_org.name, "day": day, "upn": upn}
        name = _("%(who)s %(upn)s, record sent by %(place)s, %(day)s") % words
        yield Sheet(f"{' '.join(name.split())}.txt", [_text(pack).encode()])


def has_facts(pack: Pack) -> bool:
    """Tell whether a pack says who the pupil is in a form that a list can hold."""
    return bool(pack.facts.get("pupil"))


def is_sensitive(packs: Iterable[Pack]) -> bool:
    """Tell whether health, care or confidential entries stand in one of them."""
    parts = {section["part"] for pack in packs for section in pack.content}
    return bool(parts & {part.value for part in SENSITIVE})


def _told(packs: Iterable[Pack]) -> Iterator[Facts]:
    return (pack.facts for pack in packs if has_facts(pack))


def _year(year: int | None) -> str:
    if year is None:
        return ""
    return str(year) if year > 0 else {0: "R", -1: "N2", -2: "N1"}.get(year, "")


def _restriction(contact: Facts) -> str:
    said = str(contact["restriction"])
    if contact["barred"]:
        barred = _("Barred at the school before: must not see or be told.")
        return f"{barred} {said}".strip()
    # one word would be read as yes or no
    return _("Restricted: %(words)s") % {"words": said} if said else ""


def _csv(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([headings, *rows])
    return out.getvalue().encode()


def _text(pack: Pack) -> str:
    by = ", ".join(part for part in (pack.by_name, pack.by_role) if part)
    told = {"place": pack.from_org.name, "by": by, "day": say(pack.sent_on)}
    head = [
        pack.about,
        _("Sent by %(place)s (%(by)s) on %(day)s. The words are the sender’s.") % told,
        str(pack.get_purpose_display()),
        pack.words,
    ]
    body = [_section(section) for section in from_data(pack.content)]
    return "\n\n".join(part for part in [*head, *body] if part) + "\n"


def _section(section: Section) -> str:
    lines = [section.title.upper()]
    for block in section.blocks:
        if block.heading:
            lines += ["", block.heading]
        lines += [": ".join(row) for row in block.rows]
    return "\n".join(lines)
