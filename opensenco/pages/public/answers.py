"""Short answers for the help page, by who asks. The words are those of the guide and the pages."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Answer:
    """A question, its answer in a sentence or three, and the page where it is done.

    Args:
        address: the name of an address; empty where there is nothing to open.
        link: the words of the link to it.
    """

    asks: Words
    says: Words
    address: str = ""
    link: Words = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks, and their answers. `key` is the anchor on the page."""

    key: str
    name: Words
    answers: tuple[Answer, ...]


READERS: tuple[Reader, ...] = (
    Reader("teacher", _("If you teach"), (
        Answer(
            _("I am worried about a pupil. What do I do?"),
            _("Record a concern: four questions, one minute. You need no diagnosis and no code. "
              "You are told by a day that you can see. If a child may be in danger, speak to the "
              "safeguarding lead now and do not wait for an answer here."),
            "concerns:list", _("Concerns"),
        ),
        Answer(
            _("How do I teach the pupils I have next?"),
            _("Your home page shows what helps each of them, in their own words first."),
            "home:start", _("Your home page"),
        ),
        Answer(
            _("I was asked how a pupil is getting on."),
            _("Answer in your own time: what you typed is kept. If you cannot say, say that; it is "
              "an answer too."),
            "asking:inbox", _("What you were asked"),
        ),
        Answer(
            _("I cover a lesson and cannot open a pupil."),
            _("Open it with a reason. It is open until tonight, and the SENCO is told why."),
        ),
    )),
    Reader("assistant", _("If you run groups or support pupils"), (
        Answer(
            _("How do I say that a group took place?"),
            _("Open Now on your tablet. Everybody is marked as here already, so tap only what was "
              "different, then save."),
            "provision:now", _("Now"),
        ),
        Answer(
            _("I forgot to log yesterday."),
            _("Choose the day when you log. You can do it for three months; after that nobody "
              "remembers well enough."),
        ),
        Answer(
            _("The group could not take place."),
            _("Say so, and why. It is no fault of yours: the record then knows what was promised "
              "and not given."),
        ),
    )),
    Reader("senco", _("If you co-ordinate"), (
        Answer(
            _("Where do I begin in the morning?"),
            _("Your home page says whose turn it is, what is late, and what changed since you "
              "looked. Every date says which rule gives it and what would move it."),
            "home:start", _("Your home page"),
        ),
        Answer(
            _("How do I bring our lists here?"),
            _("The guide leads you step by step from an empty place to a working record. Each list "
              "is shown beside the record before anything is done, and can be taken back."),
            "guide:start", _("Set up"),
        ),
        Answer(
            _("Something in the record is wrong."),
            _("Mark it as made in error, with the reason. Nothing is deleted, and you can see how "
              "the record stood on any day."),
        ),
        Answer(
            _("How do I send part of a record to somebody else?"),
            _("Open the pupil and share: you choose the parts, read them as they will leave, and "
              "set a last day. You see who opened it, and can take it back."),
            "packs:list", _("Packs"),
        ),
        Answer(
            _("Who can see this?"),
            _("The page “Who can see what” says it for each role of your place."),
            "school:who_sees", _("Who can see what"),
        ),
    )),
    Reader("head", _("If you lead or govern"), (
        Answer(
            _("What do I see?"),
            _("As head: all that your SENCO sees. As governor: figures in which no child can be "
              "picked out, and the reports that are ready for you."),
            "reports:list", _("Reports"),
        ),
        Answer(
            _("A report waits for my approval."),
            _("Read it and approve it, or return it with a reason. What you approve is exactly "
              "what is published."),
            "reports:list", _("Reports"),
        ),
    )),
    Reader("tier", _("If you work for a family of schools, a district, a trust or an authority"), (
        Answer(
            _("Why do I not see the children of our schools?"),
            _("Each school has its own record. You see what a school sends you, until the day it "
              "chose, and the figures it releases."),
            "packs:list", _("Packs"),
        ),
        Answer(
            _("How do I bring a school here?"),
            _("Find it in the national register or add it by name, then invite its first person."),
            "guide:above", _("Set up"),
        ),
    )),
    Reader("family", _("If you are a parent, a carer or a pupil"), (
        Answer(
            _("What can I see?"),
            _("What the school shares with you about your own child: what helps, the plan, and "
              "what was agreed."),
        ),
        Answer(
            _("I got a link by mail. Is it safe?"),
            _("A link of ours asks for a code that goes to your own address. It is about one "
              "question and one child, and ends by itself. If you did not expect it, ring the "
              "school and do not open it."),
        ),
        Answer(
            _("I do not agree with what is written."),
            _("Tell the SENCO or the class teacher. What you say is put beside it in your own "
              "words. You may ask for all of it on paper, and in your language."),
        ),
    )),
    Reader("visitor", _("If you visit as a therapist, psychologist or adviser"), (
        Answer(
            _("I was asked for advice about a child."),
            _("Open the link, enter the code from your mail, and write or hand in your paper. You "
              "need no account."),
        ),
    )),
)  # fmt: skip
