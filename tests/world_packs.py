"""Packs between both schools and a nursery of nobody's, so that each wall has packs to hide.

Nobody of the cast works at Brook Nursery: what went there and came from there is seen by no
stranger. What Larkrise got has been opened, so that nothing waits because of it.
"""

from dataclasses import replace
from datetime import date, timedelta

from opensenco.access.actor import Actor
from opensenco.access.models import Organisation, Person
from opensenco.documents.states import Form
from opensenco.network.models import Pack, PackFile, Release
from opensenco.network.operations.papers import Wanted, keep_pack_file, put_on_paper
from opensenco.network.operations.preparing import prepare_pack
from opensenco.network.operations.receiving import answer_pack, open_pack
from opensenco.network.operations.sending import read_replies, send_pack
from opensenco.network.states import Part, Purpose, ReplyKind
from opensenco.people.models import Pupil
from opensenco.people.operations.places import add_organisation
from opensenco.people.operations.pupils import add_pupil
from tests.cast import NOW, TODAY

#: the wall asks the database's own clock as well as the tests' day
LATER = max(TODAY, date.today()) + timedelta(days=90)  # noqa: DTZ011 (the day of this machine)


def make_packs(keeper: Actor, schools: dict[str, Organisation], people: dict[str, Person]) -> None:
    """Send packs from the nursery to both schools, and back."""
    brook = add_organisation(actor=keeper, kind="setting", name="Brook Nursery", urn="990909")
    nursery = _at(keeper, brook, people["past_professional"])
    rowan = add_pupil(
        actor=nursery, org=brook, first_name="Rowan", last_name="Fielding",
        birth_date=date(2022, 6, 1),
    )  # fmt: skip
    for place, first, key, word in (
        ("larkrise", "Poppy", "expired", "Longago"),
        ("outside", "Zebedee", "outside_teacher", "Markerword"),
    ):
        school = _at(keeper, schools[place], people[key])
        pupil = Pupil.objects.select_related("org").get(first_name=first)
        _to_and_fro(nursery, rowan, school, word)
        _to_and_fro(school, pupil, nursery, word)
        _on_paper(school, pupil, word)
        for one, other in ((brook, schools[place]), (schools[place], brook)):
            Release(
                org=one, from_org=other, term="2025/26-3", as_of=school.at.date(), at=school.at,
                figures={"cells": {"K": "small"}}, by_name=word, by_role=word,
            ).save()  # fmt: skip


def _at(keeper: Actor, org: Organisation, person: Person) -> Actor:
    hat = replace(keeper.hat, orgs=frozenset({org.pk}), places=(org.name,))
    return replace(keeper, hat=hat, person=person, at=NOW - timedelta(days=400))


def _to_and_fro(sender: Actor, pupil: Pupil, reader: Actor, word: str) -> Pack:
    """Send a pack, have it opened and answered, and read the answer."""
    to = Organisation.objects.get(pk=min(reader.hat.orgs))
    prepared = prepare_pack(
        actor=sender, pupil=pupil, to=to, purpose=Purpose.ADVICE, until=LATER,
        words=f"{word}: what would you try?",
    )  # fmt: skip
    pack = send_pack(actor=sender, prepared=prepared, version=None)
    open_pack(actor=reader, pack=pack)
    answer_pack(actor=reader, pack=pack, kind=ReplyKind.ADVICE, words=f"{word}: try visuals.")
    read_replies(actor=replace(sender, at=sender.at + timedelta(hours=1)), prepared=prepared)
    return pack


def _on_paper(school: Actor, pupil: Pupil, word: str) -> None:
    """Put a record on paper, and keep a file of it as if it had been asked for."""
    wanted = Wanted(audience="own", for_whom=f"{word}, governor", parts=(Part.ABOUT, Part.NEEDS))
    row = put_on_paper(actor=school, pupil=pupil, wanted=wanted)
    file = PackFile(org=pupil.org, edition=row, form=Form.PDF, person=school.person, at=school.at)
    file.save()
    content = f"%PDF-1.7 {word}".encode()
    keep_pack_file(actor=school, pack_file=file, content=content, version=None)
