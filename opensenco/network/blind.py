"""Blind packs: what would lead to the child is looked for in every text before anything is sent.

Names as the record holds them, in whatever case or with whatever accents, birth dates as people
write them and pupil numbers must be gone. Names of family, staff and school are pointed out too; a
surname can be an ordinary word, so there the sender decides. A machine cannot tell who a child is
from what happened to them: the sender reads every word.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from opensenco.kernel.text import search_key
from opensenco.network.content import Place, Section, texts

SHORTEST = 2
_LETTERS = re.compile("[a-z]+")
#: words of schools' names that lead to no school
GENERAL = frozenset(
    _LETTERS.findall("""
    academy and centre church college community county first for grammar high hill house
    infant infants junior juniors lane middle nursery of park pre preschool primary road saint
    school secondary sixth special st street studio the trust under unit upper lower village
    way
    """)
)
#: names that are ordinary words too: in small letters they are pointed out, and may stay
ORDINARY = frozenset(
    _LETTERS.findall("""
    al amber april art ash august autumn best bill black brook brown chase clay cliff daisy
    dale day de dean drew el faith field fields frank gene glen good grace grant gray green
    grey guy hazel heath heather hill holly hope hunter iris ivy jack jade jean joy june king
    kit la lane le lily little long mark max may miles nick olive page park pat pearl penny
    poppy ray reading reed rich river rob robin rose rowan ruby sandy short sky small star
    storm sue summer sunny van violet ward white will win wise wood woods young
    """)
)
_WORD = re.compile(r"[^\W_]+(?:['’`-][^\W_]+)*", re.UNICODE)
_PIECE = re.compile(r"[^\W_]+", re.UNICODE)


@dataclass(frozen=True)
class Telling:
    """What would tell who the child is.

    Args:
        names: words of the child's own names; none may be left.
        numbers: birth dates and pupil numbers as they could be written; none may be left.
        others: words of the names of family, staff and school; the sender looks at them.
    """

    names: frozenset[str]
    numbers: tuple[str, ...]
    others: frozenset[str]


@dataclass(frozen=True)
class Find:
    """One text in which something was found: where it stands, and which words."""

    place: Place | None
    text: str
    must_go: tuple[str, ...]
    look_at: tuple[str, ...]


def words_of(names: Iterable[str], *, shortest: int = SHORTEST) -> frozenset[str]:
    """Give the words of names, without case and accents: "O’Brien-Cole" gives three."""
    found: set[str] = set()
    for name in names:
        for word in name.split():
            whole = search_key(word).replace(" ", "")
            found |= {whole, *search_key(word).split()}
    return frozenset(word for word in found if len(word) >= shortest)


def written_days(day: date) -> tuple[str, ...]:
    """Give a day as people write it: 4/5/2018, 04.05.18, 4 May 2018, 2018-05-04."""
    d, m, y = day.day, day.month, day.year
    months = (day.strftime("%B"), day.strftime("%b"))
    forms = {day.isoformat()}
    for sign in "/.-":
        for days, of in ((f"{d}", f"{m}"), (f"{d:02}", f"{m:02}")):
            forms |= {f"{days}{sign}{of}{sign}{y}", f"{days}{sign}{of}{sign}{y % 100:02}"}
    for month in months:
        for days in (f"{d}", f"{d:02}", f"{d}st", f"{d}nd", f"{d}rd", f"{d}th"):
            forms |= {f"{days} {month} {y}", f"{days} {month}"}
        forms |= {f"{month} {d}, {y}", f"{month} {d}"}
    return tuple(sorted(forms, key=lambda form: (-len(form), form)))


def found_in(text: str, telling: Telling) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the words of a text that must go, and those to look at, as they stand in it."""
    written = _WORD.findall(text)
    must = [word for word in written if _must_go(word, telling)]
    for number in telling.numbers:
        found = _number(number).search(text)
        # the longest comes first: "4 May" is not said again after "4 May 2018"
        if found and not any(found.group() in said for said in must):
            must.append(found.group())
    look = [
        word
        for word in written
        if word not in must
        and (_says(word, telling.names) or (word[:1].isupper() and _says(word, telling.others)))
    ]
    return tuple(dict.fromkeys(must)), tuple(dict.fromkeys(look))


def finds(sections: Iterable[Section], words: str, telling: Telling) -> list[Find]:
    """Give every text of a pack in which something was found; place None is the covering note."""
    found = []
    everything: list[tuple[Place | None, str]] = [(None, words), *texts(sections)]
    for place, text in everything:
        must, look = found_in(text, telling)
        if must or look:
            found.append(Find(place, text, must, look))
    return found


def without(text: str, telling: Telling) -> str:
    """Give a text with what must go put into general words: a proposal for the sender to read."""
    clean = text
    for number in telling.numbers:
        clean = _number(number).sub(_("[a date or number]"), clean)
    pupil = _("the pupil")
    clean = _WORD.sub(
        lambda m: _kept_ending(m.group(), pupil) if _must_go(m.group(), telling) else m.group(),
        clean,
    )
    # "the pupil the pupil" was a first name and a surname
    clean = re.sub(rf"\b({re.escape(pupil)})(\s+{re.escape(pupil)})+", r"\1", clean)
    begins = re.compile(rf"(^|[.!?:]\s+|\n)({re.escape(pupil)})")
    return begins.sub(lambda m: m.group(1) + m.group(2)[:1].upper() + m.group(2)[1:], clean)


def _must_go(word: str, telling: Telling) -> bool:
    ordinary = word.islower() and search_key(word) in ORDINARY
    return not ordinary and _says(word, telling.names)


def _says(word: str, names: frozenset[str]) -> bool:
    """Tell whether a word holds a name: whole, in a hyphenated one, or with an ending."""
    whole = search_key(word).replace(" ", "")
    pieces = {search_key(piece) for piece in _PIECE.findall(word)}
    plain = whole[:-1] if whole.endswith("s") else whole
    return bool(({whole, plain} | pieces) & names)


def _kept_ending(word: str, said: str) -> str:
    ends = re.search(r"['’]s$", word)
    return f"{said}{ends.group()}" if ends else said


def _number(text: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(text)}(?!\w)", re.IGNORECASE)
