"""The school's own fields are made, changed, ordered, retired and brought back."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Max
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.support.field_kinds import (
    CHOSEN,
    MOST_HELP,
    MOST_LABEL,
    MOST_NAME,
    FieldKind,
    RoleMay,
)
from opensenco.support.field_roles import may_fill, may_see
from opensenco.support.models import OwnField, OwnFieldChoice, OwnFieldRole
from opensenco.support.words import differing, line

#: fields of one place, columns of its register and answers of one list; more nobody reads
MOST, MOST_COLUMNS, MOST_CHOICES = 30, 4, 20


@dataclass(frozen=True)
class FieldWords:
    """What somebody says of a field.

    Args:
        choices: what a list offers, in order; nothing for other kinds.
        sees, fills: codes of roles beside those who co-ordinate; who fills in sees.
    """

    name: str
    help_text: str = ""
    on_register: bool = False
    choices: Sequence[str] = ()
    sees: Collection[str] = ()
    fills: Collection[str] = ()


@operation(Action.FIELD_MAKE, on="org")
def make_field(*, actor: Actor, org: Organisation, kind: str, words: FieldWords) -> OwnField:
    """Make a field of the place's own.

    Raises:
        Invalid: no name or one that there is, no kind, no choices, a role that cannot have it.
        NotPossible: there are very many fields.
    """
    if kind not in FieldKind.values:
        raise Invalid("kind", _("Choose what the field holds."))
    here = OwnField.objects.filter(org=org, retired_on__isnull=True)
    if here.count() >= MOST:
        raise NotPossible(_("There are 30 fields. Retire one before you make another."))
    values = _checked(org.pk, words, None)
    last = OwnField.objects.filter(org=org).aggregate(last=Max("position"))["last"] or 0
    row = OwnField(org=org, kind=kind, position=last + 1, **values)
    choices = _choices(row, words.choices)
    row.save()
    _keep_choices(actor, row, choices)
    _keep_roles(row, words)
    return row


@operation(Action.FIELD_MAKE, on="field")
def change_field(
    *, actor: Actor, field: OwnField, words: FieldWords, version: int | None = None
) -> OwnField:
    """Change what a field is called, offers and to whom it is open. Its kind stays.

    A choice that is left out is offered no more; whoever has it keeps it.

    Raises:
        Invalid: as for `make_field`.
        NotPossible: it is retired.
        Stale: somebody else changed it in between.
    """
    if field.retired_on is not None:
        raise NotPossible(_("This field is retired. Bring it back to change it."))
    values = _checked(field.org_id, words, field)
    choices = _choices(field, words.choices)
    change(field, version=version, **differing(field, values.items()))
    _keep_choices(actor, field, choices)
    _keep_roles(field, words)
    return field


@operation(Action.FIELD_MAKE, on="field")
def move_field(*, actor: Actor, field: OwnField, earlier: bool) -> OwnField:
    """Put a field before the one above it, or after the one below; at the end nothing happens."""
    rows = OwnField.objects.filter(org_id=field.org_id, retired_on__isnull=True)
    ordered = list(rows.order_by("position", "id"))
    place = next((n for n, row in enumerate(ordered) if row.pk == field.pk), None)
    if place is None:
        raise NotPossible(_("This field is retired. Bring it back to change it."))
    to = place - 1 if earlier else place + 1
    if 0 <= to < len(ordered):
        ordered[place], ordered[to] = ordered[to], ordered[place]
    for number, row in enumerate(ordered, start=1):
        if row.position != number:
            change(row, version=None, position=number)
    return field


@operation(Action.FIELD_MAKE, on="field")
def retire_field(*, actor: Actor, field: OwnField, version: int | None = None) -> OwnField:
    """Ask for a field no more. What it says of pupils is kept, and is never deleted by this.

    Raises:
        NotPossible: it is retired already.
        Stale: somebody else changed it in between.
    """
    if field.retired_on is not None:
        raise NotPossible(_("This field is retired already."))
    return change(field, version=version, retired_on=actor.today, on_register=False)


@operation(Action.FIELD_MAKE, on="field")
def bring_field_back(*, actor: Actor, field: OwnField, version: int | None = None) -> OwnField:
    """Ask for a retired field again, with what it says of pupils.

    Raises:
        NotPossible: it is in use, another has its name, or there are very many.
        Stale: somebody else changed it in between.
    """
    if field.retired_on is None:
        raise NotPossible(_("This field is in use."))
    others = OwnField.objects.filter(org_id=field.org_id, retired_on__isnull=True)
    if others.filter(name=field.name).exists():
        raise NotPossible(_("Another field has this name now. Give that one another name first."))
    if others.count() >= MOST:
        raise NotPossible(_("There are 30 fields. Retire one before you bring this one back."))
    return change(field, version=version, retired_on=None)


def _checked(org: int, words: FieldWords, field: OwnField | None) -> dict[str, object]:
    name = line("name", words.name, MOST_NAME)
    if not any(letter.isalpha() for letter in name):
        raise Invalid("name", _("Give the field a name."))
    others = OwnField.objects.filter(org=org, retired_on__isnull=True)
    if field is not None:
        others = others.exclude(pk=field.pk)
    if others.filter(name__iexact=name).exists():
        raise Invalid("name", _("There is a field of this name already. Choose another."))
    if words.on_register and others.filter(on_register=True).count() >= MOST_COLUMNS:
        raise Invalid(
            "on_register",
            _("The register has four columns of yours, and cannot hold more side by side."),
        )
    for name_of, codes, allowed in (
        ("sees", words.sees, may_see()), ("fills", words.fills, may_fill()),
    ):  # fmt: skip
        if not set(codes) <= set(allowed):
            raise Invalid(name_of, _("Choose from the roles shown."))
    return {
        "name": name,
        "help_text": line("help_text", words.help_text, MOST_HELP),
        "on_register": words.on_register,
    }


def _choices(field: OwnField, given: Iterable[str]) -> list[str]:
    """Give what a list offers, each once; nothing for a field that is no list."""
    if field.kind not in CHOSEN:
        return []
    labels = [label for one in given if (label := line("choices", one, MOST_LABEL))]
    labels = list(dict.fromkeys(labels))
    if len(labels) < 2:
        raise Invalid("choices", _("Write at least two choices, one on each line."))
    if len(labels) > MOST_CHOICES:
        raise Invalid("choices", _("Keep at most 20 choices."))
    return labels


def _keep_choices(actor: Actor, field: OwnField, labels: Sequence[str]) -> None:
    known = {row.label: row for row in OwnFieldChoice.objects.filter(field=field)}
    for label, row in known.items():
        if label not in labels and row.retired_on is None:
            change(row, version=None, retired_on=actor.today)
    for place, label in enumerate(labels, start=1):
        before = known.get(label)
        if before is None:
            OwnFieldChoice(org_id=field.org_id, field=field, label=label, position=place).save()
        elif before.position != place or before.retired_on is not None:
            change(before, version=None, position=place, retired_on=None)


def _keep_roles(field: OwnField, words: FieldWords) -> None:
    wanted = {
        **dict.fromkeys(words.sees, RoleMay.SEE),
        **dict.fromkeys(words.fills, RoleMay.FILL),
    }
    known = {row.role: row for row in OwnFieldRole.objects.filter(field=field)}
    for role, row in known.items():
        may = wanted.get(role, RoleMay.NOTHING)
        if row.may != may:
            change(row, version=None, may=may.value)
    for role, may in wanted.items():
        if role not in known:
            OwnFieldRole(org_id=field.org_id, field=field, role=role, may=may.value).save()
