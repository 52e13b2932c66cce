"""What goes into the file of a place, what stays out, and why. Found from the models, not listed.

Every row of an organisation goes out. What stays is named here with its reason, which the file
itself repeats; a contract test refuses a model that is neither.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.db import models
from django.db.models import Q

from opensenco.access.keys import all_models
from opensenco.access.tenancy import Account, Between, Public
from opensenco.exchange.states import State

#: version of the form of the file; a reader that knows another one refuses it
FORMAT = "opensenco-place"
FORMAT_VERSION = 1
#: what stands for somebody who is not known in this place
ELSEWHERE = "elsewhere"
#: what stands for the installation itself, in whose name commands act
INSTALLATION = "installation"
PEOPLE = "access.Person"
PLACES = "access.Organisation"

_MAIL = "mail on its way out of one installation, which can hold one-time links"
_REGISTER = "the national register of establishments, which is public: opensenco import gias"
#: models that stay out, each with its reason
LEFT_OUT: dict[str, str] = {
    "gate.Draft": "words that somebody typed and has not sent: theirs alone, and no record yet",
    "gate.Submission": "which form of which browser was sent: keeps one from being sent twice",
    "notices.Mail": _MAIL,
    "notices.DueMail": _MAIL,
    "notices.MailChoice": "what one person wants by mail, which only they may read",
    "notices.NewsRead": "which news of the application one person has read, theirs alone",
    "access.KnownDevice": "browsers that one installation has seen somebody sign in with",
    "access.WebSession": "who is signed in to one installation just now",
    "access.Tablet": "devices that hold a secret of one installation: enrol them anew",
    "access.TabletPin": "six digits of one person, made with a secret of one installation",
    "participation.AskDraft": "words that somebody typed behind a link and has not sent",
    "meetings.CalendarFeed": "secret addresses of calendars; each person can make a new one",
    "exchange.KeptFile": "bytes of a list that has not been applied; send the list again",
    "exchange.PlaceCopy": "who asked for copies like this one, in this installation",
    "cases.CensusDay": "days that were published for everybody",
    "exchange.Establishment": _REGISTER,
    "exchange.EstablishmentPast": _REGISTER,
    "exchange.EstablishmentLink": _REGISTER,
    "exchange.RegisterReading": _REGISTER,
    "exchange.RegisterGroup": _REGISTER,
    "exchange.RegisterSpan": _REGISTER,
}

_NOT_THEIRS = "nobody leaves with a password: each person is invited anew"
_LINK = "the secret of a one-time link, or what it is worked out from; old links end here"
_ROW_NUMBER = "a number of a row in one installation, that nothing reads once a list is settled"
#: fields that stay out of a model that goes, each with its reason
LEFT_OUT_FIELDS: dict[tuple[str, str], str] = {
    (PEOPLE, "password"): _NOT_THEIRS,
    (PEOPLE, "last_login"): "when somebody last signed in to one installation",
    ("access.Invitation", "key"): _LINK,
    ("access.Organisation", "sign_in_by"): "which provider of one installation its staff come by",
    ("participation.AskLink", "key"): _LINK,
    ("participation.AskLink", "nonce"): _LINK,
    ("participation.AskLink", "code"): _LINK,
    ("participation.AskLink", "code_at"): _LINK,
    ("exchange.ImportRow", "subject"): _ROW_NUMBER,
    ("exchange.ImportRow", "candidates"): _ROW_NUMBER,
}
#: every row has its number in one installation, and names itself outside by its reference
NUMBERS = frozenset({"id", "history_id"})

#: rows of which only some go, with the condition and its reason
_SETTLED = frozenset({State.APPLIED, State.UNDOING, State.UNDONE, State.ABANDONED})
_ONLY_SETTLED = "lists that have not been applied or given up stay out: send them again"
_WITH_THE_PACK = (
    "receipts, answers and papers of packs that this place may no longer read stay out with them"
)
ONLY: dict[str, tuple[Callable[[], Q], str]] = {
    "exchange.FileImport": (lambda: Q(state__in=_SETTLED), _ONLY_SETTLED),
    "exchange.ImportRow": (lambda: Q(file__state__in=_SETTLED), _ONLY_SETTLED),
    "exchange.Trace": (lambda: Q(file__state__in=_SETTLED), _ONLY_SETTLED),
    "exchange.ReadPack": (lambda: Q(file__state__in=_SETTLED), _ONLY_SETTLED),
    "network.Receipt": (lambda: _of_a_pack_we_read(), _WITH_THE_PACK),
    "network.Reply": (lambda: _of_a_pack_we_read(), _WITH_THE_PACK),
    "network.PackEdition": (lambda: Q(pack__isnull=True) | _of_a_pack_we_read(), _WITH_THE_PACK),
    "network.PackFile": (lambda: _of_an_edition_that_goes(), _WITH_THE_PACK),
}
#: models whose field `digest` names a file that is kept for ever
WITH_FILES = (
    "documents.StoredFile", "documents.PupilPhoto", "reports.ReportPaper", "letters.SentLetter",
    "network.PackFile", "protection.RequestPackage",
)  # fmt: skip
#: models in whose `digest` no kept file is named
WITHOUT_FILES = ("exchange.FileImport", "network.PackEdition", "protection.GatheredItem")


def _of_a_pack_we_read() -> Q:
    from opensenco.network.models import Pack

    return Q(pack__in=Pack.objects.all())


def _of_an_edition_that_goes() -> Q:
    from opensenco.network.models import Pack, PackEdition

    ours = Q(pack__isnull=True) | Q(pack__in=Pack.objects.all())
    return Q(edition__in=PackEdition.objects.filter(ours))


def is_history(model: type[models.Model]) -> bool:
    """Tell whether a model holds the versions of another."""
    return hasattr(model, "history_date")


def history_of(model: type[models.Model]) -> type[models.Model] | None:
    """Give the model that holds the versions of this one, if it keeps any."""
    manager = getattr(model, "history", None)
    found: type[models.Model] | None = manager.model if manager is not None else None
    return found


def label_of(model: type[models.Model]) -> str:
    """Give what a model is called in the file: "people.Pupil", "people.Pupil.history"."""
    if is_history(model):
        base: Any = model.instance_type  # type: ignore[attr-defined]
        return f"{base._meta.label}.history"
    return model._meta.label


def _goes(model: type[models.Model]) -> bool:
    return not is_history(model) and model._meta.label not in LEFT_OUT


@lru_cache(maxsize=1)
def carried() -> tuple[type[models.Model], ...]:
    """Give the models that go, each after those that it points at, and their histories last."""
    waiting = sorted(
        (model for model in all_models() if _goes(model)), key=lambda model: model._meta.label
    )
    order: list[type[models.Model]] = []
    while waiting:
        ready = [model for model in waiting if not _points_at(model) & set(waiting) - {model}]
        if not ready:
            raise TypeError(f"these point at each other: {[m._meta.label for m in waiting]}")
        order += ready
        waiting = [model for model in waiting if model not in ready]
    return (*order, *(past for model in order if (past := history_of(model))))


def _points_at(model: type[models.Model]) -> set[Any]:
    return {field.related_model for field in model._meta.concrete_fields if field.is_relation}


def fields_of(model: type[models.Model]) -> list[Any]:
    """Give the fields that go, in their order; keys by their own name."""
    label = label_of(model).removesuffix(".history")
    return [
        field
        for field in model._meta.concrete_fields
        if field.name not in NUMBERS and (label, field.name) not in LEFT_OUT_FIELDS
    ]


def owner(model: type[models.Model]) -> str:
    """Give how it is said of a model's rows whose they are: "org", "two", "of", "person", "place".

    Raises:
        TypeError: nobody says whose rows go.
    """
    tenancy = model.tenancy  # type: ignore[attr-defined]
    if isinstance(tenancy, Between):
        return "two"
    if isinstance(tenancy, Account):
        return "person"
    if model._meta.label == PLACES:
        return "place"
    names = {field.name for field in model._meta.fields}
    if "org" in names:
        return "org"
    if isinstance(tenancy, Public) and {"member", "of"} <= names:
        return "of"
    raise TypeError(f"{model._meta.label}: say whose rows go, or why none do (LEFT_OUT)")


def rows_of(model: type[models.Model], place: int) -> models.QuerySet[Any]:
    """Give the rows of a place that its own scope may see.

    Args:
        place: the organisation's number here. Its scope must be open, and no wider one.
    """
    rows = model._default_manager.all()
    # of rows between two what it sent, and what it may still read; of people those whom it knows
    whose = {"org": Q(org=place), "of": Q(member=place) | Q(of=place)}
    found = rows.filter(whose.get(owner(model), Q()))
    only = ONLY.get(model._meta.label)
    return found.filter(only[0]()) if only else found
