"""Which rows of the whole record are about a pupil, and what becomes of them when two are one.

Nobody lists them: a model says `tenancy = Org(pupil=…)`, and that is what is asked here. So a model
of tomorrow cannot be forgotten.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import Max, Q

from opensenco.access.keys import all_models
from opensenco.access.tenancy import Org
from opensenco.gate.rows import change
from opensenco.people.models import Joining, Pupil

#: rows in one statement
BATCH = 500


def about_pupils() -> list[type[models.Model]]:
    """Give every model whose rows are about one pupil, apart from histories and pupils."""
    return sorted(
        (model for model in all_models() if _is_about_a_pupil(model)),
        key=lambda model: model._meta.label,
    )


def _is_about_a_pupil(model: type[models.Model]) -> bool:
    if model is Pupil or hasattr(model, "instance_type"):
        return False
    return any(
        isinstance(one, models.ForeignKey) and one.name == "pupil" and one.related_model is Pupil
        for one in model._meta.get_fields()
    )


def moves(model: type[models.Model]) -> bool:
    """Tell whether rows of a model move to the record that goes on.

    What people edit moves, with a version in its history. What is never changed stays where it was
    written and is read through (`people.one_child.of_one_child`).
    """
    tenancy: Any = getattr(model, "tenancy", None)
    fixed = isinstance(tenancy, Org) and tenancy.append_only
    return not fixed and not getattr(model, "stays_where_written", False)


def movable() -> list[type[models.Model]]:
    """Give the models whose rows move."""
    return [model for model in about_pupils() if moves(model)]


class Deeds:
    """What making one of two does, kept so that it can be undone row by row.

    Args:
        actor: who does it. first, second: the record that goes on, and the one set aside.
    """

    def __init__(self, actor: Any, first: Pupil, second: Pupil, reason: str) -> None:
        self.actor, self.first, self.second, self.reason = actor, first, second, reason
        self.changed: list[dict[str, Any]] = []
        #: what the record that goes on takes of the other's details
        self.details: dict[str, Any] = {}
        self._left: dict[str, set[int]] = {}

    def change(self, row: models.Model, **values: Any) -> None:
        """Change a row and note what stood before."""
        before = {name: plain(getattr(row, _column(row, name))) for name in values}
        write(row, values)
        after = {name: plain(getattr(row, _column(row, name))) for name in values}
        self.changed.append(
            {"label": row._meta.label, "id": row.pk, "before": before, "after": after}
        )

    def leave(self, rows: Iterable[models.Model]) -> None:
        """Leave rows with the record that is set aside: they were not chosen, and stay whole."""
        for row in rows:
            self._left.setdefault(row._meta.label, set()).add(row.pk)

    def move_all(self) -> dict[str, list[int]]:
        """Move everything that is edited to the record that goes on. Gives ids by model."""
        moved = {}
        for model in movable():
            label = model._meta.label
            rows = model._default_manager.filter(pupil=self.second).order_by("id")
            taken = list(rows.exclude(pk__in=self._left.get(label, ())))
            twice = clashing(model, taken, self.first.pk)
            taken = [row for row in taken if row.pk not in twice]
            if taken:
                give(taken, self.first)
                moved[label] = [row.pk for row in taken]
        return moved


def clashing(model: type[models.Model], rows: Iterable[models.Model], first: int) -> set[int]:
    """Give the ids of rows of which the record that goes on has its own, and can have but one.

    The same figures of one term in both, say: they stay whole with the record that is set aside.
    """
    ids = [row.pk for row in rows]
    found: set[int] = set()
    for one in model._meta.constraints if ids else ():
        if not isinstance(one, models.UniqueConstraint) or "pupil" not in one.fields:
            continue
        names = [name for name in one.fields if name not in ("org", "pupil")]
        stands = model._default_manager.filter(one.condition or Q())
        mine = set(stands.filter(pupil=first).values_list(*names)) if names else {()}
        if not names and not stands.filter(pupil=first).exists():
            continue
        for pk, *values in stands.filter(pk__in=ids).values_list("pk", *names):
            if tuple(values) in mine and None not in values:
                found.add(pk)
    return found


def written_beside(others: Iterable[int]) -> dict[int, list[models.Model]]:
    """Give by record that was set aside what was written in it in the very moment of its going.

    A writer who was at it waits for the lock and is then let through. Nothing else ever stays.
    """
    found: dict[int, list[models.Model]] = {}
    goes_on = dict(Pupil.objects.filter(pk__in=list(others)).values_list("pk", "same_as"))
    for model in movable() if goes_on else ():
        by_pupil: dict[int, list[models.Model]] = {}
        for row in model._default_manager.filter(pupil__in=goes_on).order_by("id"):
            by_pupil.setdefault(row.pupil_id, []).append(row)  # type: ignore[attr-defined]
        for pupil, rows in by_pupil.items():
            twice = clashing(model, rows, goes_on[pupil] or 0)
            fresh = [row for row in rows if row.pk not in twice]
            if fresh:
                found.setdefault(pupil, []).extend(fresh)
    return found


def plain(value: Any) -> Any:
    """Give a value as JSON holds it."""
    return value.isoformat() if hasattr(value, "isoformat") else value


def _column(row: models.Model, name: str) -> str:
    """Give the attribute that holds a field: of a key, the id."""
    return str(row._meta.get_field(name).attname)  # type: ignore[union-attr]


def write(row: models.Model, values: Mapping[str, Any]) -> None:
    """Write values to a row that people edit, whether it counts its versions or not."""
    if hasattr(row, "version"):
        change(row, version=None, **values)
        return
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))


def give(rows: Sequence[models.Model], pupil: Pupil) -> None:
    """Make rows be about another record of the same child, each with a version in its history."""
    fields = ["pupil"]
    if hasattr(rows[0], "version"):
        fields.append("version")
    for row in rows:
        row.pupil = pupil  # type: ignore[attr-defined]
        if hasattr(row, "version"):
            row.version += 1
    manager = type(rows[0])._default_manager
    for start in range(0, len(rows), BATCH):
        manager.bulk_update(rows[start : start + BATCH], fields, batch_size=BATCH)


def marks() -> dict[str, int]:
    """Give the highest id of each model about pupils: what is written later has a higher one."""
    found = {}
    for model in about_pupils():
        highest = model._default_manager.aggregate(highest=Max("id"))["highest"]
        found[model._meta.label] = highest or 0
    return found


def since(joining: Joining, model: type[models.Model]) -> models.QuerySet[Any]:
    """Give the rows about the one record that were written after it was made of two."""
    mark = joining.marks.get(model._meta.label, 0)
    return model._default_manager.filter(Q(pupil=joining.pupil_id), pk__gt=mark).order_by("id")


#: fields of a pupil that go back together or not at all; every other field goes by itself
TOGETHER = (
    ("first_name", "last_name", "known_as", "search_key", "sort_key"),
    ("in_error_at", "in_error_by", "in_error_reason", "same_as"),
    ("joined_on", "left_on"),
)


def put_back(row: models.Model, one: Mapping[str, Any]) -> bool:
    """Give a row back what stood before, where what was put in its place still stands.

    Gives False where somebody has changed it since, or what was written since stands in its way:
    then it stays as it is.
    """
    done = [_put_back(row, one, names) for names in _groups(row, list(one["after"]))]
    return all(done)


def _groups(row: models.Model, names: list[str]) -> list[list[str]]:
    if not isinstance(row, Pupil):
        return [names]
    found = [[name for name in names if name in group] for group in TOGETHER]
    alone = [[name] for name in names if not any(name in group for group in TOGETHER)]
    return [group for group in (*found, *alone) if group]


def _put_back(row: models.Model, one: Mapping[str, Any], names: Sequence[str]) -> bool:
    columns = {name: _column(row, name) for name in names}
    if any(plain(getattr(row, columns[name])) != one["after"][name] for name in names):
        return False
    values = {columns[name]: _read(row, name, one["before"][name]) for name in names}
    try:
        with transaction.atomic():
            write(row, values)
    except IntegrityError:
        row.refresh_from_db()
        return False
    return True


def _read(row: models.Model, name: str, value: Any) -> Any:
    return row._meta.get_field(name).to_python(value)  # type: ignore[union-attr]
