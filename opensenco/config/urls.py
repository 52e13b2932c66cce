"""The table of addresses, and what the navigation holds."""

from django.urls import URLPattern, URLResolver, include, path, register_converter
from django.utils.translation import gettext_lazy as _

from opensenco.access.actions import Action
from opensenco.access.refs import RefConverter
from opensenco.gate import chrome

register_converter(RefConverter, "ref")

from opensenco.pages.account.urls import signing_in  # noqa: E402 (converters come first)

JOURNEYS = ("account", "pupils", "plans", "public", "school")

urlpatterns: list[URLPattern | URLResolver] = [
    *(path("", include(f"opensenco.pages.{journey}.urls")) for journey in JOURNEYS),
    *signing_in,
]

handler400 = "opensenco.gate.errors.not_found"
handler403 = "opensenco.gate.errors.forbidden"
handler404 = "opensenco.gate.errors.not_found"
handler500 = "opensenco.gate.errors.failed"

EVERY_STAFF_HOME = ("senco", "teacher", "assistant", "staff", "tier")

chrome.set_navigation(
    [
        chrome.Item(
            "school",
            _("Who sees what"),
            "school:who_sees",
            Action.WHO_SEES,
            homes=EVERY_STAFF_HOME,
        ),
    ]
)
