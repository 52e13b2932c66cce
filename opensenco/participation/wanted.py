"""What can be asked for once, in the asker's own words: a statement, a paper, an agreement."""

from django.utils.translation import gettext as _

from opensenco.kernel.errors import Invalid
from opensenco.participation.questions import Question, QuestionWords
from opensenco.participation.states import AskedOf, Kind, Wanted

MOST_TITLE, MOST_WORDS = 120, 4_000
FEWEST_AGREED = 3
#: minutes that whoever is asked is told
MINUTES = 5


def statement(title: str, about: str = "") -> QuestionWords:
    """Give what asks for a statement: a free text under a heading.

    Args:
        about: what to write about, where the heading does not say it.

    Raises:
        Invalid: no heading, or one that is too long.
    """
    text = about.strip() or _("In your own words")
    return _asked(Wanted.STATEMENT, title, Question("statement", text, Kind.LONGTEXT))


def report(title: str, kind: str, about: str = "") -> QuestionWords:
    """Give what asks for a paper, which is filed under the pupil's documents.

    Args:
        kind: a code of `documents.types.TYPES`, under which it is filed.
        about: what else to say to whoever is asked.

    Raises:
        Invalid: no heading, or one that is too long.
    """
    paper = Question("paper", _("The paper"), Kind.FILE, help=about.strip(), options=(kind,))
    return _asked(Wanted.REPORT, title, paper)


def signature(title: str, agreed_to: str) -> QuestionWords:
    """Give what asks for an agreement by name to words, which stay as they are.

    Raises:
        Invalid: no heading, or no words to agree to.
    """
    words = agreed_to.strip()
    if len(words.split()) < FEWEST_AGREED:
        raise Invalid("words", _("Write the words that they are to agree to."))
    return _asked(Wanted.SIGNATURE, title, Question("sign", words, Kind.SIGN))


def _asked(wanted: Wanted, title: str, one: Question) -> QuestionWords:
    heading = " ".join(title.split())
    if not heading:
        raise Invalid("heading", _("Write a heading, so that they see what is asked."))
    if len(heading) > MOST_TITLE or len(one.text) > MOST_WORDS or len(one.help) > MOST_WORDS:
        raise Invalid("heading", _("This is too long. Shorten it."))
    question = Question(
        one.code, one.text, one.kind, help=one.help, options=one.options, required=True
    )
    return QuestionWords(
        title=heading, asked_of=AskedOf.STAFF.value, minutes=MINUTES, wanted=wanted.value,
        questions=(question,),
    )  # fmt: skip
