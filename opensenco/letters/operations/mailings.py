"""Letters are begun for pupils, filled in, changed one by one, and dropped."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.operation import operation
from opensenco.gate.rows import change, change_each
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.letters import facts, queries
from opensenco.letters.models import Mailing, MailingLetter
from opensenco.letters.queries import Wording
from opensenco.letters.starter import fields
from opensenco.letters.states import MOST_AT_ONCE, MOST_GIVEN, MOST_TEXT, TRANSITIONS, Form, State
from opensenco.letters.wording import empty, merged
from opensenco.people.models import Pupil

LONGEST_SUBJECT = 300


@operation(Action.LETTER_WRITE, on="pupils")
def begin_mailing(
    *, actor: Actor, pupils: Sequence[Pupil], wording: Wording, form: str = Form.STANDARD
) -> Mailing:
    """Begin letters about pupils, one to each contact who is to be told.

    Raises:
        Invalid: nobody is chosen, or too many.
        NotPossible: the pupils are of several schools, or the wording is of another.
    """
    if not pupils or len(pupils) > MOST_AT_ONCE:
        raise Invalid("pupils", _("Choose from 1 to %(most)s pupils.") % {"most": MOST_AT_ONCE})
    if len({one.org_id for one in pupils}) != 1:
        raise NotPossible(_("Write to the families of one school at a time."))
    org = pupils[0].org
    if wording.template is not None and wording.template.org_id != org.pk:
        raise NotPossible(_("This is the wording of another school. Choose one of this school’s."))
    row = Mailing(
        org=org, template=wording.template, starter=wording.starter, name=wording.name,
        template_version=wording.version, subject=wording.subject, standard=wording.standard,
        easy_read=wording.easy_read, tells_support=wording.tells_support, form=_form(form),
        given=queries.remembered(org), person=actor.person, at=actor.at,
    )  # fmt: skip
    row.save()
    for number, one in enumerate(facts.recipients(actor, org, pupils), start=1):
        MailingLetter(
            org=org, mailing=row, pupil=one.pupil, contact=one.contact, number=number,
            addressed_to=one.contact.name if one.contact else "",
            **_filled(row, {**row.given, **_known(one.values)}),
        ).save()  # fmt: skip
    return row


@operation(Action.LETTER_WRITE, on="mailing")
def fill_in(
    *, actor: Actor, mailing: Mailing, form: str, given: Mapping[str, str], version: int | None
) -> Mailing:
    """Choose how the letters read and fill in what the record does not hold, for all of them.

    Letters that were changed by hand keep their words.

    Raises:
        Invalid: a field that there is not, or too many words.
        NotPossible: they are sent or dropped.
        Stale: somebody else changed them in between.
    """
    _refuse_settled(mailing)
    kept = _given(given)
    change(mailing, version=version, form=_form(form), given=kept)
    letters = [one for one in queries.letters_of(actor, mailing) if not one.edited]
    pupils = list({one.pupil_id: one.pupil for one in letters}.values())
    known = {one.pupil.pk: one.values for one in facts.recipients(actor, mailing.org, pupils)}
    for one in letters:
        name = {"contact_name": one.contact.name if one.contact else ""}
        for field, value in _filled(
            mailing, {**kept, **_known({**known[one.pupil_id], **name})}
        ).items():
            setattr(one, field, value)
    change_each(letters, "subject", "body", "missing")
    return mailing


@operation(Action.LETTER_WRITE, on="letter")
def write_letter(
    *,
    actor: Actor,
    letter: MailingLetter,
    subject: str,
    body: str,
    left_out: bool,
    version: int | None,
) -> MailingLetter:
    """Change the words of one letter, or leave it out.

    Raises:
        Invalid: nothing to say, or too much.
        NotPossible: it is sent or dropped.
        Stale: somebody else changed it in between.
    """
    _refuse_settled(letter.mailing)
    head, text = " ".join(subject.split()), body.replace("\r\n", "\n").strip()
    if not head or len(head) > LONGEST_SUBJECT:
        raise Invalid("subject", _("Give the letter a subject."))
    if not text or len(text) > MOST_TEXT:
        raise Invalid("body", _("Write what the letter says."))
    edited = letter.edited or (head, text) != (letter.subject, letter.body)
    return change(
        letter, version=version, subject=head, body=text, left_out=left_out, edited=edited
    )


@operation(Action.LETTER_WRITE, on="mailing")
def drop_mailing(*, actor: Actor, mailing: Mailing, version: int | None) -> Mailing:
    """Drop letters that were begun: they are never sent, and stay in the history.

    Raises:
        NotPossible: they are sent or dropped already.
        Stale: somebody else changed them in between.
    """
    _refuse_settled(mailing)
    return change(mailing, version=version, state=State.DROPPED, settled_at=actor.at)


def _refuse_settled(mailing: Mailing) -> None:
    if not TRANSITIONS[State(mailing.state)]:
        raise NotPossible(_("These letters have been sent or dropped, and stay as they are."))


def _form(form: str) -> str:
    if form not in Form.values:
        raise Invalid("form", _("Choose one of the answers shown."))
    return form


def _known(values: Mapping[str, str]) -> dict[str, str]:
    """Give what the record holds; what it lacks does not stand in the way of what was typed."""
    return {name: text for name, text in values.items() if text.strip()}


def _filled(mailing: Mailing, values: Mapping[str, str]) -> dict[str, Any]:
    text = queries.text_of(mailing)
    return {
        "subject": merged(mailing.subject, values)[:LONGEST_SUBJECT] or mailing.name,
        "body": merged(text, values),
        "missing": sorted({*empty(text, values), *empty(mailing.subject, values)}),
    }


def _given(given: Mapping[str, str]) -> dict[str, str]:
    known, kept = fields(), {}
    for name, text in given.items():
        if name not in known:
            raise Invalid("form", _("There is no such field."))
        if len(text) > MOST_GIVEN:
            raise Invalid(name, _("Shorten this to %(most)s characters.") % {"most": MOST_GIVEN})
        if text.strip():
            kept[name] = text.replace("\r\n", "\n").strip()
    return kept
