"""The school's own wordings: written, changed by versions, put away."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.letters import wording
from opensenco.letters.models import LetterTemplate
from opensenco.letters.starter import starters
from opensenco.letters.states import MOST_NAME, MOST_SUBJECT, MOST_TEXT


@dataclass(frozen=True, slots=True)
class Words:
    """What a wording says."""

    name: str
    subject: str
    standard: str
    easy_read: str = ""
    use_when: str = ""


@operation(Action.LETTER_TEMPLATES, on="org")
def add_template(
    *, actor: Actor, org: Organisation, words: Words, starter: str = ""
) -> LetterTemplate:
    """Add a wording of the school's own, written new or begun from a shipped one.

    Raises:
        Invalid: a field that there is not, or a part that says nothing.
    """
    shipped = starters().get(starter)
    row = LetterTemplate(
        org=org,
        starter=shipped.id if shipped else "",
        tells_support=bool(shipped and shipped.tells_support),
        **_checked(org, words),
    )
    row.save()
    return row


@operation(Action.LETTER_TEMPLATES, on="template")
def change_template(
    *, actor: Actor, template: LetterTemplate, words: Words, version: int | None
) -> LetterTemplate:
    """Change a wording of the school's own; letters that were sent keep the words they had.

    Raises:
        Invalid: see `add_template`.
        NotPossible: it was put away.
        Stale: somebody else changed it in between.
    """
    if template.ended_on is not None:
        raise NotPossible(_("This letter has been put away."))
    return change(template, version=version, **_checked(template.org, words, template))


@operation(Action.LETTER_TEMPLATES, on="template")
def put_template_away(
    *, actor: Actor, template: LetterTemplate, version: int | None
) -> LetterTemplate:
    """Put a wording away: the letter as it is shipped, where it was begun from one, is back.

    Raises:
        NotPossible: it was put away already.
        Stale: somebody else changed it in between.
    """
    if template.ended_on is not None:
        raise NotPossible(_("This letter has been put away."))
    return change(template, version=version, ended_on=actor.today)


def _checked(
    org: Organisation, words: Words, before: LetterTemplate | None = None
) -> dict[str, str]:
    name, subject = " ".join(words.name.split()), " ".join(words.subject.split())
    if not name or len(name) > MOST_NAME:
        raise Invalid("name", _("Give the letter a name of at most 120 characters."))
    if not subject or len(subject) > MOST_SUBJECT:
        raise Invalid("subject", _("Give the letter a subject of at most 160 characters."))
    if not words.standard.strip():
        raise Invalid("standard", _("Write what the letter says."))
    same = LetterTemplate.objects.filter(org=org, name=name, ended_on__isnull=True)
    if (same.exclude(pk=before.pk) if before else same).exists():
        raise Invalid("name", _("There is a letter of this name. Choose another."))
    found = {"name": name, "subject": subject, "use_when": words.use_when.strip()[:500]}
    for field in ("standard", "easy_read"):
        text = getattr(words, field).replace("\r\n", "\n").strip()
        if len(text) > MOST_TEXT:
            raise Invalid(field, _("Shorten this to %(most)s characters.") % {"most": MOST_TEXT})
        found[field] = text
    for field in ("subject", "standard", "easy_read"):
        wording.check(field, found[field])
    return found
