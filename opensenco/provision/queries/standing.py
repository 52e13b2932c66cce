"""What stands in the ledger, and what it comes to for each of many promises: one row for each."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import (
    Aggregate,
    Case,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce, NullIf

from opensenco.audit.history import end_of
from opensenco.provision.models import Session
from opensenco.provision.reckoning import Gave, Logged
from opensenco.provision.states import Went


def standing_sessions(rows: QuerySet[Session], known_by: date | None = None) -> QuerySet[Session]:
    """Give the rows of the ledger that no other row corrects.

    Args:
        known_by: as the ledger stood at the end of this day.
    """
    # that there is one is said too: without it PostgreSQL expects as many corrections as sessions
    later = Session.objects.filter(corrects=OuterRef("pk"), corrects__isnull=False)
    if known_by is not None:
        later = later.filter(at__lte=end_of(known_by))
        rows = rows.filter(at__lte=end_of(known_by))
    return rows.filter(~Exists(later))


#: from so many promises on their sessions are a large part of a place's
MANY = 100


def standing_of_many(rows: QuerySet[Session]) -> QuerySet[Session]:
    """Give the same of rows that are a large part of a place's: what was corrected is gathered
    once, and not looked for again for each row."""
    corrections = Session.objects.filter(corrects__isnull=False)
    return rows.exclude(pk__in=corrections.values("corrects"))


class _Joined(Aggregate):
    """Words of many rows with commas between them; None where there are none."""

    function = "GROUP_CONCAT"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **options: Any) -> Any:
        """Say the comma, which SQLite takes of itself."""
        template = "STRING_AGG(%(expressions)s, ',')"
        return self.as_sql(compiler, connection, template=template, **options)


#: what stood in the way of a session that was missed: codes, in which there is no comma
_WHY = Case(When(~Q(went=Went.DELIVERED), then=Coalesce(NullIf("reason", Value("")), F("went"))))


def sums(standing: QuerySet[Session], **apart: Any) -> QuerySet[Any, Any]:
    """Give what of these rows there is of each promise, in one row each, for `logged`.

    Rows are grouped by their promise alone, in whose order the database reads them: by what stood
    in the way as well it would sort them all first.

    Args:
        standing: what no other row corrects.
        apart: by what else they are told apart, such as who gave them.
    """
    ledger = standing.exclude(went=Went.MISTAKE).order_by()
    found = ledger.values("allocation_id", **apart).annotate(
        logged=Count("pk"), total=Sum("minutes"),
        # a count of the key passes over what is empty: those that say which missed one they make up
        linked=Count("makes_up"),
        again=Sum("minutes", filter=Q(makes_up__isnull=False)),
        why=_Joined(_WHY),
    )  # fmt: skip
    return found.values_list("allocation_id", "logged", "total", "linked", "again", "why", *apart)


def logged(rows: Iterable[Sequence[Any]]) -> dict[int, Logged]:
    """Give by promise what `sums` found; with who gave it where that was asked."""
    found: dict[int, Logged] = defaultdict(Logged)
    for key, number, minutes, linked, again, why, *givers in rows:
        one = found[key]
        missed = why.split(",") if why else ()
        for reason in missed:
            one.why[reason] = one.why.get(reason, 0) + 1
        held = number - len(missed)
        one.held += held
        one.minutes += minutes
        one.linked += linked
        one.again += again or 0
        for giver in givers if held else ():
            one.gave[giver] = Gave(held, minutes)
    return found
