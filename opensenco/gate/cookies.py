"""Every cookie that OpenSENCO sets: what it is for, and how long it stays. A test compares."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from opensenco.gate import tablet

HOUR = 60 * 60


@dataclass(frozen=True, slots=True)
class Cookie:
    """One cookie in plain words."""

    name: str
    says: str | Promise
    stays: str | Promise


def cookies() -> tuple[Cookie, ...]:
    """Give all of them, in the order in which a browser meets them."""
    hours = settings.SESSION_COOKIE_AGE // HOUR
    return (
        Cookie(
            settings.CSRF_COOKIE_NAME,
            _("Makes sure that a form you send came from a page of ours."),
            _("a year"),
        ),
        Cookie(
            settings.SESSION_COOKIE_NAME,
            _("Knows that you are signed in, in which role, and what to tell you next."),
            _(
                "until you sign out, close the browser or leave it for %(minutes)s minutes; "
                "%(hours)s hours at most"
            )
            % {"hours": hours, "minutes": settings.IDLE // 60},
        ),
        Cookie(
            f"{settings.HOST_COOKIE}known_device",
            _("Knows a browser that you signed in with before, so that you are told of new ones."),
            _("some months, or until you clear it"),
        ),
        Cookie(
            tablet.COOKIE,
            _("On a shared tablet alone: says which tablet of your place it is."),
            _("%(days)s days, or until your place takes the tablet away")
            % {"days": tablet.KEPT.days},
        ),
    )
