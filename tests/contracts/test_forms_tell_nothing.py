"""No form tells of a row that is somebody else's: to choose it is to choose what is not there.

The forms are found by opening each address that may write. Whatever in them names a row is sent
once with the reference of such a row of Outside Academy and once with one that there is nowhere;
whatever takes words is sent once with words that stand only there and once with words that stand
nowhere. Status, page, where it leads and what stands there are the same.
"""

import re
import uuid
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, reverse

from opensenco.kernel.refs import short
from tests.client import DRAWN_ANEW
from tests.contracts.test_routes import ALL, at_every, door, fill
from tests.contracts.walk import Named, parts
from tests.pages.gate.test_form_walk import forms_at, plain, who_may
from tests.people import acting_as
from tests.support.forms import Field, PageForm, choosing
from tests.support.undone import undone

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
WRITING = parts(one for one in ALL if door(one[1]).writes and door(one[1]).reads)
#: references and keys in addresses and forms; a new row's are others each time
REF = re.compile(
    r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b[0-9a-f]{32}\b"
    r"|(?<![\w-])[\w-]{22}(?![\w-])|(?<=/)[\w-]{32}(?=/)|<code>\d{4} \d{4}</code>"
)
#: what stands at Outside Academy alone, and what stands nowhere and is as long, by what is asked
THEIRS = {"email": "outsider@outside.example", "": "Markerword"}
NONE = {"email": "outsaids@outside.example", "": "Mirkerword"}


@cache
def own_rows() -> dict[str, type[Model]]:
    """Give the model of every reference that this school's SENCO holds."""
    found: dict[str, type[Model]] = {}
    with acting_as("senco", write=False):
        for model in with_refs():
            for ref in model._default_manager.values_list("ref", flat=True):
                found[str(ref)] = found[short(ref)] = model
    return found


@cache
def with_refs() -> tuple[type[Model], ...]:
    return tuple(
        model
        for model in apps.get_models()
        if model.__module__.startswith("opensenco.") and hasattr(model, "tenancy")
        and any(field.name == "ref" for field in model._meta.fields)
    )  # fmt: skip


@cache
def their_row(model: type[Model]) -> uuid.UUID | None:
    """Give the reference of a row at Outside Academy that nobody at Larkrise sees."""
    with acting_as("outsider", write=False):
        refs = list(model._default_manager.order_by("id").values_list("ref", flat=True))
    return next((ref for ref in refs if str(ref) not in own_rows()), None)


def named_by(one: Field) -> type[Model] | None:
    """Give the model whose rows a field names, by what it offers."""
    offered = [*one.options, *one.value]
    return next((own_rows()[value] for value in offered if value in own_rows()), None)


def written_like(one: Field, ref: uuid.UUID) -> str:
    offered = next(value for value in [*one.options, *one.value] if value in own_rows())
    return short(ref) if len(offered) == 22 else str(ref)


Answering = Callable[[Field], list[str] | None]


def choosing_for(field: Field, ref: uuid.UUID) -> Answering:
    """Answer a form with one row chosen in one field, and whatever is right in the others."""

    def answer(one: Field) -> list[str] | None:
        if one.name == field.name:
            return [written_like(one, ref)]
        return with_words({"": "Plain words", "email": "kept@larkrise.example"})(one)

    return answer


def with_words(words: dict[str, str]) -> Answering:
    """Answer a form with words, the same in each field that takes some."""

    def answer(one: Field) -> list[str] | None:
        if one.kind == "day":
            return [{"day": "7", "month": "4", "year": "2027"}[one.name.rpartition("-")[2]]]
        if one.kind == "text":
            kind = next((name for name in words if name and name in one.name), "")
            return [words[kind]]
        if one.kind == "date":
            return ["7/4/2027"]
        if one.kind == "number":
            return one.value if any(one.value) else ["5"]
        return choosing(one)

    return answer


def sent(client: Client, to: str, form: PageForm, fill_in: Answering, *words: str) -> Any:
    """Give all that somebody learns by sending a form, without the words that they sent."""
    with undone():
        answer = client.post(form.action or to, form.sent(fill_in))
        seen = [answer]
        if answer.status_code == 302:
            seen.append(client.get(answer.headers["Location"]))
        return [(one.status_code, plainly(one, words)) for one in seen]


def plainly(answer: Any, words: tuple[str, ...]) -> str:
    kind = answer.headers.get("Content-Type", "")
    text = answer.content.decode() if kind.startswith("text/") else ""
    text = DRAWN_ANEW.sub(r'\1="_"', answer.headers.get("Location", "") + text)
    for word in sorted(words, key=len, reverse=True):
        text = re.sub(re.escape(word), "WORD", text, flags=re.IGNORECASE)
    return REF.sub("REF", text)


def first_difference(one: Any, other: Any) -> str:
    for (status, text), (status_2, text_2) in zip(one, other, strict=False):
        if status != status_2:
            return f"{status} and {status_2}"
        for line, line_2 in zip(text.splitlines(), text_2.splitlines(), strict=False):
            if line != line_2:
                return f"{line.strip()[:150]!r} and {line_2.strip()[:150]!r}"
    return "one leads further or is longer than the other"


@pytest.mark.parametrize("doors", WRITING)
def test_no_form_tells_of_what_is_somebody_elses(doors: list[Named]) -> None:
    tried = []

    def check(name: str, entry: URLPattern) -> None:
        address = reverse(name, kwargs=fill(entry, "senco"))
        client = plain(who_may(entry))
        for form in forms_at(client, address, entry):
            for theirs, none, said in trials(client, address, form):
                tried.append(said)
                assert theirs == none, f"{said}: {first_difference(theirs, none)}"

    at_every(doors, check)
    assert len(tried) > 10, "so few fields were tried that nothing is proven"


def trials(client: Client, address: str, form: PageForm) -> Any:
    """Give what is learned from theirs and from none, for each field that names rows; for words."""
    for one in form.fields.values():
        model = named_by(one)
        theirs = their_row(model) if model else None
        if theirs is not None:
            none = uuid.uuid4()
            answers = [
                sent(client, address, form, choosing_for(one, ref), str(ref), short(ref))
                for ref in (theirs, none)
            ]
            yield *answers, f"choosing in {one.name}"
    if any(one.kind == "text" for one in form.fields.values()):
        yield (
            sent(client, address, form, with_words(THEIRS), *THEIRS.values()),
            sent(client, address, form, with_words(NONE), *NONE.values()),
            "words",
        )
