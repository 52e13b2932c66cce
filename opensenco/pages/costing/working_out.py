"""What an hour of somebody costs their employer, worked out from pay and entered as a rate.

Pay itself is never kept and stands in no address: the form is sent, worked out and shown again.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.costing import queries
from opensenco.costing.operations import rates as verbs
from opensenco.costing.states import Post, RateKind
from opensenco.gate import held
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.refs import short
from opensenco.law.money import staff
from opensenco.pages.costing.forms import Pounds
from opensenco.pages.costing.keeping import KEEPERS, place_of, to
from opensenco.ui.forms import Form, PickDateField, Words
from opensenco.ui.words import money_pounds

HUNDRED = 100
ENTER = "enter"
_NUMBER = re.compile(r"\d{1,3}(\.\d{1,3})?")


class Number(Words):
    """A number as people write it, such as 32.5, above nought where it must be."""

    def __init__(self, *, most: int, least: Decimal = Decimal(0), **options: Any) -> None:
        super().__init__(max_length=8, **options)
        self.most, self.least = most, least

    def clean(self, value: Any) -> Any:
        """Give an exact number; of a percentage the sign may stand after it."""
        text = super().clean(value).removesuffix("%").strip()
        if not _NUMBER.fullmatch(text) or not self.least <= Decimal(text) <= self.most:
            words = _("Enter a number up to %(most)s, such as 32.5.") % {"most": self.most}
            raise ValidationError(words)
        return Decimal(text)


FEW = Decimal("0.1")


class WorkOutForm(Form):
    """What is paid for a post in a year."""

    post = forms.ChoiceField(label=gettext_lazy("Kind of post"), choices=Post.choices)
    who = forms.ChoiceField(
        label=gettext_lazy("Of one person?"),
        help_text=gettext_lazy("Leave empty for the rate of everybody of this post."),
        required=False,
    )
    salary = Pounds(
        label=gettext_lazy("Pay of a full-time year"),
        help_text=gettext_lazy("As the pay scale has it, before it is cut to hours and weeks."),
    )
    hours = Number(label=gettext_lazy("Hours a week in this post"), most=60, least=FEW)
    full_time = Number(label=gettext_lazy("Hours a week at full time"), most=60, least=FEW)
    paid_weeks = Number(
        label=gettext_lazy("Weeks that are paid"), most=53,
        help_text=gettext_lazy("With leave and bank holidays. 52.143 where the whole year is."),
    )  # fmt: skip
    worked_weeks = Number(
        label=gettext_lazy("Weeks in which pupils are supported"), most=53, least=FEW
    )
    insurance = Number(label=gettext_lazy("Employer’s National Insurance, per cent"), most=100)
    insurance_from = Pounds(label=gettext_lazy("Above which pay in a year"))
    pension = Number(label=gettext_lazy("Employer’s pension, per cent"), most=100)
    levy = Number(label=gettext_lazy("Apprenticeship levy, per cent"), most=100)
    first = PickDateField(label=gettext_lazy("From which day?"))

    def __init__(self, *args: Any, staff: list[tuple[str, str]], **options: Any) -> None:
        """Take who works here."""
        super().__init__(*args, **options)
        field = self.fields["who"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = [("", _("Everybody of this post")), *staff]


def cost_of(given: dict[str, Any]) -> staff.EmployerCost:
    """Work out what an hour costs by what a form says."""
    return staff.employer_cost(
        post=staff.Post(
            salary=given["salary"] or 0, hours=given["hours"], full_time=given["full_time"],
            paid_weeks=given["paid_weeks"], worked_weeks=given["worked_weeks"],
            insurance_rate=given["insurance"] / HUNDRED,
            insurance_from=given["insurance_from"] or 0,
            pension_rate=given["pension"] / HUNDRED, levy_rate=given["levy"] / HUNDRED,
        )
    )  # fmt: skip


@dataclass(frozen=True)
class WorkedOut:
    """What came of it, in words for the page."""

    cost: staff.EmployerCost
    hours: str

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """The year's parts, their sum, and the hour."""
        cost = self.cost
        parts = (
            (_("Pay in the year, for these hours and weeks"), cost.gross),
            (_("National Insurance"), cost.insurance),
            (_("Pension"), cost.pension),
            (_("Apprenticeship levy"), cost.levy),
            (_("All of it in the year"), cost.total),
        )
        hour = money_pounds(cost.hourly.pence, ledger=True)
        basic = money_pounds(cost.basic_hourly.pence, ledger=True)
        return (
            *((name, money_pounds(part.pence, ledger=True)) for name, part in parts),
            (_("An hour, of %(hours)s hours worked") % {"hours": self.hours}, hour),
            (_("Basic pay of an hour, which understates it"), basic),
        )

    @property
    def hour(self) -> str:
        """What an hour costs."""
        return money_pounds(self.cost.hourly.pence, ledger=True)


def worked_out(given: dict[str, Any]) -> WorkedOut:
    """Work out an hour and say it in words."""
    return WorkedOut(cost_of(given), f"{float(given['hours'] * given['worked_weeks']):,g}")


@page(Action.RATES_KEEP, logs=Logs.NOTHING, writes=True, fresh=True, tab="school", who=KEEPERS)
def work_out(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Work out what an hour costs the employer; show it, and enter it as a rate if wished."""
    place, _picks = place_of(request, actor, "costing:rates")
    people = {short(one.ref): one for one in queries.staff(actor, place)}
    found: list[WorkedOut] = []

    def make(**given: Any) -> WorkOutForm:
        return WorkOutForm(staff=[(key, one.name) for key, one in people.items()], **given)

    if request.method == "POST" and request.POST.get("do") != ENTER:
        form = make(data=request.POST)
        if form.is_valid():
            found.append(worked_out(form.cleaned_data))
        form.data = held.printable_data(request.POST)
    else:
        answer = converse(
            request,
            actor,
            make,
            act=lambda given: verbs.set_rate(
                actor=actor, org=place, post=given["post"], kind=RateKind.FULL.value,
                pence=cost_of(given).hourly.pence, first=given["first"],
                who=people.get(given["who"]),
            ),
            then=lambda _row: to("costing:rates", place),
            said=_("Entered. Costs are counted with it from that day on."),
            initial={"first": actor.today, "full_time": "37", "worked_weeks": "38"},
        )  # fmt: skip
        if isinstance(answer, HttpResponse):
            return answer
        form = answer
    show = {"form": form, "found": found[0] if found else None, "enter": ENTER,
            "back": to("costing:rates", place)}  # fmt: skip
    return Answer("costing/work_out.html", show)
