"""One's own six digits for the shared tablets of a place."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import on_tablets
from opensenco.cases.operations.tablets import set_pin
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.pages.account.address import Secret
from opensenco.pages.account.views import EVERYBODY
from opensenco.ui.forms import Form


class PinForm(Form):
    """Six digits, twice: nobody sees what they type."""

    pin = Secret(label=gettext_lazy("Your six digits"), max_length=20)
    again = Secret(label=gettext_lazy("The six digits again"), max_length=20)

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        for name in ("pin", "again"):
            self.fields[name].widget.attrs.update(inputmode="numeric", autocomplete="off")

    def clean(self) -> dict[str, str] | None:
        """Both must be the same."""
        given = super().clean()
        if given and given.get("pin") and given.get("again") != given["pin"]:
            raise forms.ValidationError({"again": _("The two are not the same. Write both again.")})
        return given


@page(Action.SIGNED_IN, logs=Logs.NOTHING, who=EVERYBODY, writes=True)
def pin(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Choose the six digits, or others."""
    org = on_tablets.place_of_pin(actor)
    form = converse(
        request, actor, PinForm,
        act=lambda given: set_pin(actor=actor, org=org, pin="".join(given["pin"].split())),
        then=lambda _row: reverse("account:me"),
        said=_("You can use the shared tablets with these six digits now."),
    )  # fmt: skip
    if isinstance(form, HttpResponse):
        return form
    show = {"form": form, "place": org.name, "row": on_tablets.own_pin(actor)}
    return Answer("account/pin.html", show)
