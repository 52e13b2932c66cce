"""The table of addresses, and what the navigation holds."""

from functools import partial

from django.urls import URLPattern, URLResolver, include, path, register_converter
from django.utils.translation import gettext_lazy as _

from opensenco.access.actions import Action
from opensenco.access.refs import RefConverter
from opensenco.cases.queries import count_yours
from opensenco.gate import chrome
from opensenco.gate.chrome import Item

register_converter(RefConverter, "ref")

from opensenco.pages.account.urls import signing_in  # noqa: E402 (converters come first)

JOURNEYS = ("home", "account", "pupils", "concerns", "plans", "public")

urlpatterns: list[URLPattern | URLResolver] = [
    *(path("", include(f"opensenco.pages.{journey}.urls")) for journey in JOURNEYS),
    *signing_in,
]

handler400 = "opensenco.gate.errors.not_found"
handler403 = "opensenco.gate.errors.forbidden"
handler404 = "opensenco.gate.errors.not_found"
handler500 = "opensenco.gate.errors.failed"

ALL_STAFF = ("senco", "teacher", "staff")

chrome.set_navigation(
    [
        Item("home", _("Home"), "home:start", Action.TASK_VIEW, (*ALL_STAFF, "tier"), count_yours),
        Item(
            "concerns",
            _("Concerns"),
            "concerns:list",
            Action.CONCERN_VIEW,
            ALL_STAFF,
            partial(count_yours, kinds="concern."),
        ),
        Item(
            "safeguarding",
            _("For you only"),
            "concerns:notes",
            Action.SAFEGUARDING_VIEW,
            ("staff",),
        ),
    ]
)
