"""The school's own bank of strategies, and what it calls its plans."""

from typing import Any

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.cases import spine_many
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible, Stale
from opensenco.people.models import Pupil
from opensenco.support.models import BankStrategy, Cycle, PlanNaming, Strategy
from opensenco.support.operations.cycles import REVIEW, WRITE, asked
from opensenco.support.operations.needs import replace_strategies
from opensenco.support.starter import strategies
from opensenco.support.states import WRITABLE, Stage
from opensenco.support.words import differing, line


@operation(Action.PLAN_WRITE, on="org")
def add_strategy(
    *, actor: Actor, org: Organisation, text: str, why: str = "", situation: str = "any"
) -> BankStrategy:
    """Add a strategy to the school's bank.

    Raises:
        Invalid: no words, words that the bank has already, or an unknown situation.
    """
    values = _checked(text, why, situation)
    _check_free(org.pk, values["text"])
    row = BankStrategy(org=org, **values)
    row.save()
    return row


@operation(Action.PLAN_WRITE, on="org")
def add_strategy_from_starter(*, actor: Actor, org: Organisation, starter: str) -> BankStrategy:
    """Copy an entry of the starter bank into the school's own; one that is there is given.

    Raises:
        Invalid: there is no such entry.
    """
    entry = strategies().entries.get(starter)
    if entry is None:
        raise Invalid("starter", _("Choose one of the list."))
    own = BankStrategy.objects.filter(org=org, retired_on__isnull=True)
    have = own.filter(starter=entry.id).first() or own.filter(text=entry.text).first()
    if have is not None:
        return have
    row = BankStrategy(
        org=org, text=entry.text, why=entry.why, situation=entry.situations[0], starter=entry.id
    )
    row.save()
    return row


@operation(Action.PLAN_WRITE, on="strategy")
def change_strategy(
    *, actor: Actor, strategy: BankStrategy, text: str, why: str = "", situation: str = "any",
    version: int | None = None,
) -> BankStrategy:  # fmt: skip
    """Change what the bank says. What pupils were given keeps the words it was given in.

    Raises:
        Invalid: no words, words that the bank has already, or an unknown situation.
        NotPossible: it is retired.
        Stale: somebody else changed it in between.
    """
    if strategy.retired_on is not None:
        raise NotPossible(_("This strategy is retired. Bring it back to change it."))
    values = _checked(text, why, situation)
    if values["text"] != strategy.text:
        _check_free(strategy.org_id, values["text"])
    return change(strategy, version=version, **differing(strategy, values.items()))


@operation(Action.PLAN_WRITE, on="strategy")
def retire_strategy(
    *, actor: Actor, strategy: BankStrategy, version: int | None = None
) -> BankStrategy:
    """Offer a strategy no more. Where it is in use it stays, word for word; nothing is deleted.

    Raises:
        NotPossible: it is retired already.
        Stale: somebody else changed it in between.
    """
    if strategy.retired_on is not None:
        raise NotPossible(_("This strategy is retired already."))
    return change(strategy, version=version, retired_on=actor.today)


@operation(Action.PLAN_WRITE, on="strategy")
def bring_strategy_back(
    *, actor: Actor, strategy: BankStrategy, version: int | None = None
) -> BankStrategy:
    """Offer a retired strategy again.

    Raises:
        NotPossible: it is offered, or another of the same words is.
        Stale: somebody else changed it in between.
    """
    if strategy.retired_on is None:
        raise NotPossible(_("This strategy is offered already."))
    same = BankStrategy.objects.filter(org_id=strategy.org_id, text=strategy.text)
    if same.filter(retired_on__isnull=True).exists():
        raise NotPossible(_("The bank has another of the same words."))
    return change(strategy, version=version, retired_on=None)


@operation(Action.PROFILE_EDIT, on="pupil")
def use_strategy(*, actor: Actor, pupil: Pupil, strategy: BankStrategy) -> Pupil:
    """Put a strategy of the bank last among what every adult does in class for a pupil.

    Raises:
        NotPossible: it is retired, or the pupil has it already.
    """
    if strategy.retired_on is not None:
        raise NotPossible(_("This strategy is retired. Choose another."))
    rows = Strategy.objects.filter(pupil=pupil, group=None, ended_on__isnull=True).order_by(
        "position"
    )
    now = [row.text for row in rows]
    if strategy.text in now:
        raise NotPossible(_("Every adult does this already."))
    replace_strategies(actor.today, pupil, [*now, strategy.text])
    return pupil


@operation(Action.SETTING_EDIT, on="org")
def name_plans(
    *, actor: Actor, org: Organisation, name: str, proposed: bool = False,
    version: int | None = None,
) -> PlanNaming:  # fmt: skip
    """Say what this place calls its plans; an empty name takes ours.

    Args:
        proposed: whether plans are also laid out as the Individual Support Plan that is proposed.
        version: of what the writer saw; 0 where nothing was said before.

    Raises:
        Invalid: a name without a letter, or too long.
        Stale: somebody else changed it in between.
    """
    called = line("name", name, 60)
    if called and not any(letter.isalpha() for letter in called):
        raise Invalid("name", _("Write a name in words, like “My plan”."))
    before = PlanNaming.objects.filter(org=org).first()
    if version is not None and version != (before.version if before else 0):
        raise Stale
    if called != org.plan_word:
        change(org, version=None, plan_word=called)
        _call_them_so(org)
    if before is not None:
        return change(before, version=version or None, name=called, proposed=proposed)
    row = PlanNaming(org=org, name=called, proposed=proposed)
    row.save()
    return row


def _call_them_so(org: Organisation) -> None:
    """Let what waits name plans as the place does now. What was written stays as it was said."""
    cycles: dict[tuple[str, int], list[Cycle]] = {}
    waiting = Cycle.objects.filter(org=org, in_error_at__isnull=True).exclude(stage=Stage.CLOSED)
    for row in waiting.order_by("id"):
        kind = WRITE if row.stage in WRITABLE else REVIEW
        cycles.setdefault((kind, row.number), []).append(row)
    for (kind, number), rows in cycles.items():
        words = asked(org, number, kind)
        refs = [row.ref for row in rows]
        spine_many.reword_tasks(org=org, of=Cycle, refs=refs, kind=kind, words=words)


def _checked(text: str, why: str, situation: str) -> dict[str, Any]:
    values = {"text": line("text", text), "why": line("why", why, 300), "situation": situation}
    if not values["text"]:
        raise Invalid("text", _("Write one thing that an adult can do today."))
    if situation not in strategies().situations:
        raise Invalid("situation", _("Choose one of the list."))
    return values


def _check_free(org_id: int, text: str) -> None:
    if BankStrategy.objects.filter(org_id=org_id, text=text, retired_on__isnull=True).exists():
        raise Invalid("text", _("The bank has this one already."))
