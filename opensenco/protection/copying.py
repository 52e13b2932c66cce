"""A copy of all that is held about a child, piece by piece, in words that a person can read.

One row is one piece, with what it said before. Whoever may read it is not asked here: the pieces
are made for somebody who has to look through all of them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby, pairwise
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.dateformat import format as written
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from opensenco.access.actions import UNSEEN
from opensenco.access.models import Person
from opensenco.access.personal import declared, part_of
from opensenco.documents.models import Document, DocumentVersion, PaperText
from opensenco.documents.states import Level
from opensenco.kernel.clock import london_date
from opensenco.people.models import Pupil
from opensenco.protection import held
from opensenco.protection.marks import Names, marks_in
from opensenco.protection.states import USUAL_MARKS, Mark

#: what says nothing about anybody: numbers of the database, and keys to find and sort by
HOUSE = frozenset({"id", "ref", "org", "version", "search_key", "sort_key", "key", "fingerprint"})
#: kinds of document that others wrote by their profession
ADVICE = frozenset({"report", "ehc_plan"})
SAFEGUARDING = "safeguarding"
LONGEST_TITLE = 200
_HIDDEN_VERBS = frozenset(verb.value for verb in UNSEEN)


@dataclass(frozen=True)
class Piece:
    """One row of what is held, as a person reads it.

    Args:
        values: labels and values, in the order in which the row holds them.
        earlier: when, by whom, and which values stood before.
        lead: for the safeguarding lead alone.
        digest: of the file that it holds, with its name.
    """

    part: str
    label: str
    of_ref: UUID | None
    on: date | None
    title: str
    values: tuple[tuple[str, str], ...]
    earlier: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = ()
    marks: dict[str, list[str]] = field(default_factory=dict)
    lead: bool = False
    digest: str = ""
    file_name: str = ""

    @property
    def to_look_at(self) -> bool:
        """Whether somebody must look at it by itself before it is given."""
        return bool(set(self.marks) - {str(mark) for mark in USUAL_MARKS})

    @property
    def content(self) -> dict[str, Any]:
        """The copy, as JSON keeps it."""
        earlier = [[when, who, [list(one) for one in was]] for when, who, was in self.earlier]
        return {"values": [list(one) for one in self.values], "earlier": earlier}


def pieces(child: held.Whose, names: Names) -> Iterator[Piece]:
    """Give a copy of all that is held about a child, in the order of the models' labels."""
    copier = Copier(child, names)
    for model in held.belonging():
        # what only its writer sees is read by the worker (`jobs.read_beyond`)
        if not declared(model, "copy_of") and not declared(model, "by_ref"):
            yield from copier.of(model)


class Copier:
    """Reads rows and says them in words; asks for each name once."""

    def __init__(self, child: held.Whose, names: Names) -> None:
        self.child, self.names = child, names
        self._named: dict[type[models.Model], dict[Any, str]] = {}
        self._secret = set(held.rows(_note(), child).values_list("ref", flat=True))
        papers = held.rows(Document, child).filter(level=Level.SAFEGUARDING)
        self._secret |= set(papers.values_list("ref", flat=True))
        self._secret_papers = set(papers.values_list("pk", flat=True))
        self._inside = dict(held.rows(PaperText, child).values_list("version_id", "words"))

    def of(self, model: type[models.Model]) -> Iterator[Piece]:
        """Give the pieces of one model."""
        rows = list(held.rows(model, self.child).order_by("id"))
        kept = self._versions(model)
        self._learn(model, rows)
        for row in rows:
            yield self._piece(row, kept.pop(row.pk, []))
        # what was about the child once and has moved to another record since
        for old in kept.values():
            yield self._piece(old[-1], old)

    def _versions(self, model: type[models.Model]) -> dict[Any, list[Any]]:
        rows = held.versions(model, self.child)
        if rows is None:
            return {}
        ordered = list(rows.order_by("id", "history_date", "history_id"))
        self._learn(rows.model, ordered)
        return {pk: list(group) for pk, group in groupby(ordered, key=lambda row: row.id)}

    def _learn(self, model: type[models.Model], rows: Sequence[models.Model]) -> None:
        """Ask for the names of what rows point at, a model at a time."""
        for key in shown_fields(model):
            if not isinstance(key, models.ForeignKey) or not rows:
                continue
            target = key.related_model
            known = self._named.setdefault(target, {})
            wanted = {getattr(row, key.attname) for row in rows} - known.keys() - {None}
            if wanted and _has_a_name(target):
                found = target._default_manager.filter(pk__in=wanted)
                known |= {one.pk: str(getattr(one, _has_a_name(target))) for one in found}

    def _piece(self, row: Any, old: Sequence[Any]) -> Piece:
        model = getattr(type(row), "instance_type", type(row))
        values = tuple(self._values(row))
        earlier = tuple(self._earlier(old))
        marks = self._marks(row, [text for _l, text in values], earlier)
        digest, name = _file_of(row)
        return Piece(
            part_of(model).code, model._meta.label, getattr(row, "ref", None), _day(row),
            _title(model, values), values, earlier, marks, self._is_lead(row, model), digest, name,
        )  # fmt: skip

    def _values(self, row: Any) -> Iterator[tuple[str, str]]:
        for one in shown_fields(type(row)):
            text = self._said(row, one)
            if text:
                yield capfirst(str(one.verbose_name)), text

    def _said(self, row: Any, one: Any) -> str:
        value = getattr(row, one.attname)
        if value is None or value == "":
            return ""
        if isinstance(one, models.ForeignKey):
            return self._named.get(one.related_model, {}).get(value, "")
        if one.choices:
            return str(getattr(row, f"get_{one.name}_display")())
        return in_words(value)

    def _earlier(
        self, old: Sequence[Any]
    ) -> Iterator[tuple[str, str, tuple[tuple[str, str], ...]]]:
        """Give what each version said that the one after it does not."""
        for before, after in pairwise(old):
            now = dict(self._values(after))
            gone = tuple(one for one in self._values(before) if now.get(one[0]) != one[1])
            if gone:
                who = self._person(after.history_user_id)
                yield in_words(after.history_date), who, gone

    def _person(self, pk: Any) -> str:
        known = self._named.setdefault(Person, {})
        if pk is not None and pk not in known:
            one = Person.objects.filter(pk=pk).first()
            known[pk] = one.name if one else ""
        return known.get(pk, "")

    def _marks(
        self, row: Any, texts: Iterable[str], earlier: Iterable[Any]
    ) -> dict[str, list[str]]:
        before = [text for _w, _who, values in earlier for _l, text in values]
        inside = self._inside.get(row.pk, "") if isinstance(row, DocumentVersion) else ""
        found = marks_in([*texts, *before, inside], self.names)
        if any(_other_pupil(row, name, self.child) for name in held.own_keys(type(row))):
            found.setdefault(str(Mark.PUPILS), [])
        if getattr(row, "level", "") == Level.CONFIDENTIAL or getattr(row, "confidential", False):
            found[str(Mark.CONFIDENTIAL)] = []
        if isinstance(row, Document) and row.kind in ADVICE:
            found[str(Mark.ADVICE)] = []
        if part_of(type(row)).code == "family":
            found.setdefault(str(Mark.FAMILY), [])
        if isinstance(row, DocumentVersion):
            found[str(Mark.FILE)] = []
        if declared(type(row), "named_in") and getattr(row, "from_org_id", 0) != self.child.org:
            found[str(Mark.BY_NAME)] = []
        return found

    def _is_lead(self, row: Any, model: type[models.Model]) -> bool:
        """Tell whether a row is the safeguarding lead's alone, or tells that one is there."""
        if part_of(model).code == SAFEGUARDING or getattr(row, "level", "") == Level.SAFEGUARDING:
            return True
        if getattr(row, "document_id", None) in self._secret_papers:
            return True
        verbs = {getattr(row, name, "") for name in ("action", "reader", "role_action")}
        if verbs & _HIDDEN_VERBS:
            return True
        refs = {getattr(row, one.name) for one in row._meta.fields if _is_ref(one)}
        return bool(refs & self._secret)


def shown_fields(model: type[models.Model]) -> list[Any]:
    """Give the fields of a model that say something to a person."""
    hidden = HOUSE | set(declared(model, "not_personal", ()) if _has_secrets(model) else ())
    return [
        one
        for one in model._meta.fields
        if one.name not in hidden
        and not one.name.startswith("history_")
        and not isinstance(one, models.UUIDField | models.BinaryField)
        and not (isinstance(one, models.ForeignKey) and one.related_model is Pupil)
    ]


def _has_secrets(model: type[models.Model]) -> bool:
    """Links without an account keep hashes and codes, which let somebody in and tell nothing."""
    return any(one.name in ("key", "code", "nonce") for one in model._meta.fields) and bool(
        declared(model, "not_personal")
    )


def in_words(value: Any) -> str:
    """Say a value as a person writes it; nothing is left out."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return written(localtime(value), "j F Y, H:i")
    if isinstance(value, date):
        return written(value, "j F Y")
    if isinstance(value, dict):
        said = ((str(name), in_words(one)) for name, one in value.items())
        return "\n".join(f"{name}: {text}" for name, text in said if text)
    if isinstance(value, list | tuple):
        return "\n".join(text for one in value if (text := in_words(one)))
    return "" if value is None else str(value)


def _note() -> type[models.Model]:
    from opensenco.concerns.models import SafeguardingNote

    return SafeguardingNote


def _has_a_name(model: type[models.Model]) -> str:
    """Give the attribute by which rows of a model are called, empty where they have no name."""
    if model is Person:
        return "name"
    names = {one.name for one in model._meta.fields}
    return next((name for name in ("name", "title", "label") if name in names), "")


def _other_pupil(row: Any, name: str, child: held.Whose) -> bool:
    other = getattr(row, f"{name}_id", None)
    return other is not None and other not in child.pupils


def _is_ref(one: Any) -> bool:
    return isinstance(one, models.UUIDField)


def _file_of(row: Any) -> tuple[str, str]:
    if isinstance(row, DocumentVersion):
        return row.file.digest, row.name
    return "", ""


def _day(row: Any) -> date | None:
    """Give the day of what a row tells: the first that it holds, but for that of its mistake."""
    for one in row._meta.fields:
        if not isinstance(one, models.DateField) or one.name.startswith(("in_error", "history")):
            continue
        value = getattr(row, one.attname)
        if value is not None and one.name != "birth_date":
            return london_date(value) if isinstance(value, datetime) else value
    return None


def _title(model: type[models.Model], values: Sequence[tuple[str, str]]) -> str:
    """Give what a piece is called in a list: what it is, and how it begins."""
    called = capfirst(str(model._meta.verbose_name))
    begins = next((text for _l, text in values if not text[:1].isdigit()), "")
    line = f"{called}: {' '.join(begins.split())}" if begins else called
    return line if len(line) <= LONGEST_TITLE else line[: LONGEST_TITLE - 1] + "…"
