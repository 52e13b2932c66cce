"""What the class is called into which a class moves up. Pure: names and years, no rows."""

import re
from collections.abc import Iterable

_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})(?!\d)")
_RECEPTION = re.compile(r"^(reception|year r|yr|r)(?=[\s\-]|$)\s*", re.IGNORECASE)
_LETTERS = re.compile(r"^R([A-Z]{1,2})$")


def years_named(name: str) -> list[int]:
    """Give the year groups that a name says, in its order: "Year 3/4 Elm" says 3 and 4."""
    if _RECEPTION.match(name) or _LETTERS.match(name):
        return [0, *(int(found) for found in _NUMBERS.findall(name))]
    return [int(found) for found in _NUMBERS.findall(name)]


def moved_up(name: str, year: int, known: Iterable[str]) -> str:
    """Give the name of a class a year later: "3 Oak" becomes "4 Oak"; empty where it says no year.

    Args:
        name: of a class with pupils of `year`.
        known: names of classes that there are; of several ways to say it, theirs is taken.
    """
    names = {one.casefold(): one for one in known}
    several = list(_several(name, year))
    for one in several:
        if one.casefold() in names:
            return names[one.casefold()]
    return several[0] if several and not _LETTERS.match(name) else ""


def _several(name: str, year: int) -> Iterable[str]:
    said = years_named(name)
    if year == 0 and said[:1] == [0] and len(said) == 1:
        yield from _from_reception(name)
    elif said == [year]:
        yield _NUMBERS.sub(str(year + 1), name, count=1)
    elif len(said) > 1 and year == said[-1]:
        # the oldest of a mixed class: 1/2 goes to 3/4
        by = len(said)
        numbers = iter([number + by for number in said])
        if 0 not in said:
            yield _NUMBERS.sub(lambda _found: str(next(numbers)), name)


def _from_reception(name: str) -> Iterable[str]:
    letters = _LETTERS.match(name)
    if letters:
        yield f"1{letters[1]}"
        return
    found = _RECEPTION.match(name)
    rest = name[found.end() :].strip(" -") if found else ""
    short = found is not None and found[1].casefold() == "r"
    forms = ("1 {rest}", "Year 1 {rest}", "Y1 {rest}", "1{rest}")
    first = forms if short else (forms[1], forms[0], *forms[2:])
    yield from (form.format(rest=rest).strip() for form in first)
