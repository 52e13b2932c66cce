"""What families were told and said: a talk at the gate about Idris, and a letter that is begun."""

from dataclasses import replace
from datetime import timedelta

from opensenco.access.actor import Actor, hat_for
from opensenco.access.models import Person
from opensenco.access.scope import scope
from opensenco.cases.contact_log import Said
from opensenco.cases.operations.contact_log import log_contact
from opensenco.cases.operations.time_log import record_time
from opensenco.letters.operations.mailings import begin_mailing, fill_in
from opensenco.letters.operations.sending import send_mailing
from opensenco.letters.operations.templates import Words, add_template, put_template_away
from opensenco.letters.queries import of_starter, of_template
from opensenco.letters.starter import starters
from opensenco.people.models import Contact, Pupil
from opensenco.support.operations.views import Keep, save_view
from opensenco.support.queries.views import place_of_views
from tests.cast import NOW, TODAY

SAID = "He reads to his sister every evening now."


def long_ago(person: Person) -> Actor:
    """Give somebody as they were most of a year ago, under the role they have today."""
    hat = hat_for(person, TODAY)
    assert hat is not None
    return replace(Actor(person, hat, NOW), at=NOW - timedelta(days=300))


def make_contacts(teacher: Person) -> None:
    """Write down a talk and time for Idris, in his teacher's own name."""
    actor = long_ago(teacher)
    with scope(replace(actor.scope), write=True):
        pupil = Pupil.objects.select_related("org").get(first_name="Idris")
        mother = Contact.objects.get(name="Leila Hassan")
        said = Said(contact=mother, how="gate", words=SAID, on=actor.today, minutes=10)
        log_contact(actor=actor, pupil=pupil, said=said)
        record_time(
            actor=actor, org=pupil.org, pupil=pupil, work="papers", minutes=30, on=actor.today
        )


def make_letters(senco: Person) -> None:
    """Begin a letter about Idris; it is not sent."""
    actor = long_ago(senco)
    with scope(replace(actor.scope), write=True):
        pupil = Pupil.objects.select_related("org").get(first_name="Idris")
        begin_mailing(actor=actor, pupils=[pupil], wording=of_starter(starters()["concern-thanks"]))


def make_view(senco: Person) -> None:
    """Keep what the SENCO chooses on the register."""
    actor = long_ago(senco)
    with scope(replace(actor.scope), write=True):
        org = place_of_views(actor)
        save_view(actor=actor, org=org, query="need=SLCN", keep=Keep("Speech and language"))


def make_sent(actor: Actor, pupil: Pupil, word: str) -> None:
    """Send a letter of a wording of the school's own, which is then put away."""
    words = Words(name=word, subject=word, standard=f"Dear {{contact_name}}\n\n{word}.")
    own = add_template(actor=actor, org=pupil.org, words=words)
    row = begin_mailing(actor=actor, pupils=[pupil], wording=of_template(own))
    fill_in(actor=actor, mailing=row, form="standard", given={}, version=None)
    send_mailing(actor=actor, mailing=row, how="hand", on=actor.today, version=None)
    put_template_away(actor=actor, template=own, version=None)
