"""An empty installation is begun by answering a few questions."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from opensenco.access.models import Affiliation, Membership, Organisation
from opensenco.access.scope import system_scope
from tests.cast import PASSWORD
from tests.exchange.registers import register

pytestmark = [pytest.mark.django_db, pytest.mark.worker]


@pytest.fixture
def _register(tmp_path: Path) -> None:
    call_command("import", "gias", str(register(tmp_path)), stdout=io.StringIO())


def asked(monkeypatch: pytest.MonkeyPatch, *answers: str) -> str:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{one}\n" for one in answers)))
    out = io.StringIO()
    call_command("setup", stdout=out)
    return out.getvalue()


def roles_of(email: str) -> list[tuple[str, str]]:
    with system_scope("test", write=False):
        rows = Membership.objects.filter(person__email=email).select_related("org")
        return [(row.org.name, row.role) for row in rows]


@pytest.mark.usefixtures("_register")
def test_a_school_is_found_in_the_register_and_gets_its_first_person(monkeypatch):
    told = asked(monkeypatch, "Larkmead", "1", "ida@larkmead.example", "Ida", "Fen", "", PASSWORD)
    assert "1  900001  Larkmead Primary School, Exampleton" in told
    assert "Next: opensenco serve" in told
    assert roles_of("ida@larkmead.example") == [("Larkmead Primary School", "SENCO")]
    with pytest.raises(CommandError, match="no such number"):
        asked(monkeypatch, "Larkmead", "7")
    with pytest.raises(CommandError, match="nothing of the kind"):
        asked(monkeypatch, "zzz")
    out = io.StringIO()
    call_command("setup", "--find=larkmead", stdout=out)
    assert "(here already)" in out.getvalue()


def test_without_the_register_it_says_where_it_is_got_and_goes_on_by_name(monkeypatch):
    told = asked(monkeypatch, "Elm Nursery", "nursery", "mo@elm.example", "Mo", "Lea", "", PASSWORD)
    assert "get-information-schools.service.gov.uk" in told
    assert roles_of("mo@elm.example") == [("Elm Nursery", "MANAGER")]
    with pytest.raises(CommandError, match="Write one of these"):
        asked(monkeypatch, "Elm Nursery", "castle")
    with pytest.raises(CommandError, match="An answer is missing"):
        asked(monkeypatch, "Elm Nursery", "nursery", "")


class _Terminal(io.StringIO):
    """Somebody who types."""

    def isatty(self) -> bool:
        return True


@pytest.mark.usefixtures("_register")
def test_a_wrong_answer_is_asked_again_and_what_was_answered_stays(monkeypatch):
    answers = (
        "zzz", "Larkmead", "7", "one", "1", "", "ida", "ida@larkmead.example", "Ida", "", "Fen",
        "king", "",
    )  # fmt: skip
    passwords = iter(["short", "short", PASSWORD, "another one of mine", PASSWORD, PASSWORD])
    monkeypatch.setattr("sys.stdin", _Terminal("".join(f"{one}\n" for one in answers)))
    monkeypatch.setattr("getpass.getpass", lambda _words: next(passwords))
    out = io.StringIO()
    call_command("setup", stdout=out)
    told = out.getvalue()
    for sentence in (
        "nothing of the kind", "no such number", "An answer is needed here.",
        "not an email address", "Write one of these: SENCO", "The two passwords differ.",
    ):  # fmt: skip
        assert sentence in told
    assert "Nothing was done" not in told
    assert told.count("Surname:") == 2, "asked again where it was empty, and then kept"
    assert roles_of("ida@larkmead.example") == [("Larkmead Primary School", "SENCO")]
    monkeypatch.setattr("sys.stdin", _Terminal("Larkmead\n1\n"))
    with pytest.raises(CommandError, match=r"An answer is missing\. Nothing was done\."):
        call_command("setup", stdout=io.StringIO())


@pytest.mark.usefixtures("_register")
def test_an_authority_gets_its_first_person(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    out = io.StringIO()
    call_command(
        "createadmin", "--authority=891", "--email=ann@shire.example", "--first-name=Ann",
        "--last-name=Oak", "--password-stdin", "--json", stdout=out,
    )  # fmt: skip
    assert json.loads(out.getvalue())["role"] == "SEN_OFFICER"
    with pytest.raises(CommandError, match="no authority with the code 123"):
        call_command("createadmin", "--authority=123", "--email=x@shire.example",
                     "--first-name=A", "--last-name=B", "--password-stdin")  # fmt: skip
    assert Organisation.objects.filter(la_code="891", kind="authority").count() == 1
    assert not Affiliation.objects.filter(of__la_code="891").exists()
