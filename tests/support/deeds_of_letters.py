"""What people can do with calls, letters and time and the tests' world does not, once each."""

from typing import Any

from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.cases import time_log
from opensenco.cases.contact_log import Said
from opensenco.cases.operations import contact_log
from opensenco.cases.operations import time_log as own_time
from opensenco.letters import queries
from opensenco.letters.operations import mailings, templates
from opensenco.letters.operations.templates import Words
from opensenco.people.models import Pupil
from tests.cast import TODAY


def do(actor: Actor, org: Organisation) -> None:
    """Do it all."""
    idris = Pupil.objects.select_related("org").filter(first_name="Idris").earliest("pk")
    about_calls(actor, idris)
    about_time(actor, org)
    about_letters(actor, idris)


def about_calls(actor: Actor, pupil: Pupil) -> None:
    """A call is put right and followed up, and was a mistake; another has no minutes."""
    said = Said(with_whom="An aunt", words="She will ring.", on=TODAY, follow_up_by=TODAY)
    row = contact_log.log_contact(actor=actor, pupil=pupil, said=said)
    contact_log.correct_contact(actor=actor, logged=row, said=said, version=None)
    contact_log.say_followed_up(actor=actor, logged=row)
    contact_log.contact_in_error(actor=actor, logged=row, reason="Of another.", version=None)
    again = Said(with_whom="An uncle", words="He rang.", on=TODAY)
    contact_log.log_contact(actor=actor, pupil=pupil, said=again)


def about_time(actor: Actor, org: Organisation) -> None:
    """How long it took is said, put right, and was a mistake."""
    known = time_log.hints(actor)[0].source_ref
    entry = own_time.say_how_long(actor=actor, org=org, source=known, minutes=5)
    changed: dict[str, Any] = {"work": entry.work, "minutes": 6, "on": TODAY, "words": ""}
    own_time.correct_time(actor=actor, entry=entry, version=None, **changed)
    own_time.time_in_error(actor=actor, entry=entry, reason="Not mine.", version=None)


def about_letters(actor: Actor, pupil: Pupil) -> None:
    """A wording is changed and put away; a letter is changed by hand, and dropped."""
    words = Words(name="Visit", subject="Visit", standard="Dear {contact_name}\n\nCome.")
    own = templates.add_template(actor=actor, org=pupil.org, words=words)
    templates.change_template(actor=actor, template=own, words=words, version=None)
    row = mailings.begin_mailing(actor=actor, pupils=[pupil], wording=queries.of_template(own))
    letter = queries.letters_of(actor, row)[0]
    mailings.write_letter(
        actor=actor, letter=letter, subject="Come", body="Come.", left_out=False, version=None
    )
    mailings.drop_mailing(actor=actor, mailing=row, version=None)
    templates.put_template_away(actor=actor, template=own, version=None)
