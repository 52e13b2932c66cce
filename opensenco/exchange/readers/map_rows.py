"""Rows of a provision map, each as the promises that it makes: one pupil and one provision each."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from opensenco.exchange.readers.amounts import Amount, check_range, read_amount
from opensenco.exchange.readers.any_list import Part, Values
from opensenco.exchange.readers.cells import as_written, folded, tidy
from opensenco.exchange.readers.map_columns import (
    GETS,
    NAMES,
    PROVISION,
    PUPIL_COLUMN,
    Shape,
    is_word_for_names,
    shape_of,
    unit_of,
)
from opensenco.exchange.readers.map_names import Named, read_names, read_one_name
from opensenco.exchange.readers.one_row import OneRow
from opensenco.exchange.readers.values import NameOrder, read_date
from opensenco.exchange.readers.words import Fault, Note, Unreadable
from opensenco.kernel.words import mark, sentence

LONGEST_PROVISION = 120
LONGEST_WORD = 80
MOST_TIMES, MOST_MINUTES = 25, 360
_LAYERS = {
    1: "1|wave 1|w1|universal|quality first teaching|qft|hqt|tier 1|layer 1|ordinarily available"
    "|universal provision|whole class|core|universal offer",
    2: "2|wave 2|w2|targeted|tier 2|layer 2|targeted provision|additional|small group|group"
    "|targeted support|catch up|sen support",
    3: "3|wave 3|w3|specialist|tier 3|layer 3|specialist provision|individualised|individual"
    "|personalised|specialist support|highly personalised|ehcp|ehc plan",
}
_BY_WORDING = {folded(word): code for code, text in _LAYERS.items() for word in text.split("|")}
_LAYER_BEGINS = re.compile(r"(?:wave|tier|layer|level)\s*([123])\b")
_RATIO = re.compile(r"(?:1|one)\s*(?::|-?\s?to\s?-?)\s*(\d{1,2}|one)")
_SIZE = re.compile(
    r"(?:group of |groups of )?(\d{1,2})(?: ?(?:pupils|children|students|in group))?"
)
_A_LENGTH = re.compile(r"(\d{1,3})(?:\.0)?")
#: whoever delivers, where a cell names a kind of work and nobody
_WORKS = (
    "ta|tas|teaching assistant|lsa|hlta|teacher|class teacher|senco|sendco|elsa|slt|salt|"
    "speech therapist|ep|mentor|learning mentor|ct|all staff|staff|ta/teacher|key person|"
    "nurse|support staff|adult|volunteer|outside agency|external|tutor|ot|physio|"
    "ta or teacher"
)
_WORK = frozenset(folded(word) for word in _WORKS.split("|"))
ONLY_HOW_MUCH = mark("Only how often and how long was read.")
LAYER_WORDS = sentence("Write Universal, Targeted or Specialist, or Wave 1, 2 or 3.")


def read_layer(text: str) -> int:
    """The layer of a provision by any of the words that schools have for it."""
    key = folded(text)
    if code := _BY_WORDING.get(key):
        return code
    if found := _LAYER_BEGINS.match(key):
        return int(found[1])
    first = key.split()[:1]
    if first and first[0] in ("universal", "targeted", "specialist"):
        return _BY_WORDING[first[0]]
    raise Unreadable(sentence("We do not know this layer."), LAYER_WORDS)


def is_work(text: str) -> bool:
    """Tell whether a text names a kind of work, "TA", and nobody."""
    return folded(text) in _WORK


def read_provision(text: str) -> str:
    """The name of something that is given."""
    if len(text) > LONGEST_PROVISION:
        raise Unreadable(
            sentence("The text is longer than {limit} characters.", limit=LONGEST_PROVISION),
            sentence("Shorten it, or check that the row is not shifted."),
        )
    return text


@dataclass
class MapReader:
    """Reads rows of a map one after the other: a heading between rows holds for those below it."""

    order: NameOrder
    pupil: Callable[[OneRow, NameOrder], Values]
    layer: int = 0

    def read(self, row: OneRow) -> Values | Sequence[Part]:
        """Give the promises of one row."""
        if self._is_heading(row):
            return []
        shape = shape_of(row.layout.columns)
        common = self._common(row)
        if shape is Shape.BY_PUPIL:
            return self._by_pupil(row, common)
        common[PROVISION] = row.need(PROVISION, read_provision, "")
        if shape is Shape.BY_PROVISION:
            return self._by_provision(row, common)
        if shape is Shape.CROSSED:
            return self._crossed(row, common)
        return {**common, **self.pupil(row, self.order)}

    def _is_heading(self, row: OneRow) -> bool:
        """Whether a row is "Wave 2" and nothing else, over the rows below it."""
        texts = [text for place in range(len(row.row.cells)) if (text := tidy(row.whole(place)))]
        if len(texts) != 1 or row.text("layer"):
            return False
        try:
            self.layer = read_layer(texts[0])
        except Unreadable:
            return False
        return not texts[0].isdigit()

    def _common(self, row: OneRow) -> Values:
        """What holds for all that a row promises."""
        often = row.may("often", read_amount, None) if row.text("often") else None
        values: Values = {
            "layer": row.may("layer", read_layer, 0) or self.layer,
            **_said(often),
            "class": row.text("class")[:LONGEST_WORD],
            "starts": _iso(row.must("starts", read_date, None)),
            "ends": _iso(row.must("ends", read_date, None)),
            "adult": row.text("adult")[:LONGEST_WORD],
        }
        _note_rest(row, "often", often)
        _length(row, values)
        if times := row.must("times", _times, None):
            values["times"] = times
        if hours := row.may("hours", _hours, None):
            values["weekly"] = hours
        return values | _group(row.text("group"))

    def _by_pupil(self, row: OneRow, common: Values) -> list[Part]:
        who = self.pupil(row, self.order)
        if not row.layout.places("class"):
            common.pop("class", None)
        found = []
        for place in row.layout.places(GETS):
            heading = tidy(row.layout.header[place])
            text = tidy(row.whole(place))
            if not text or not heading:
                continue
            if part := _cell({**common, **who}, heading, text):
                found.append(part)
        return found

    def _by_provision(self, row: OneRow, common: Values) -> list[Part]:
        found = []
        for place in row.layout.places(NAMES):
            heading = tidy(row.layout.header[place])
            for one in read_names(row.whole(place), self.order):
                found.append(Part({**common, **_named(one, heading)}))
        if not found:
            row.missing(NAMES)
        return found

    def _crossed(self, row: OneRow, common: Values) -> list[Part]:
        """A row that nobody gets promises nothing, and is passed over."""
        found = []
        for place in row.layout.places(PUPIL_COLUMN):
            heading = tidy(row.layout.header[place])
            text = tidy(row.whole(place))
            if not text:
                continue
            if part := _cell({**common, **_named(read_one_name(heading), "")}, heading, text):
                found.append(part)
        return found


def _cell(values: Values, heading: str, text: str) -> Part | None:
    """What one cell promises; None where it says that the pupil does not get it.

    Args:
        values: of the pupil and the row; without a provision it is what the heading names.
    """
    crossed = PROVISION in values
    try:
        amount = _in_unit(read_amount(text), "" if crossed else unit_of(heading))
        name = values[PROVISION] if crossed else read_provision(heading)
    except Unreadable as refusal:
        return Part({}, faults=(Fault(heading, refusal.wrong, refusal.mend, text),))
    if amount is None:
        return None
    notes = (Note(heading, sentence(ONLY_HOW_MUCH), text),) if amount.rest else ()
    return Part({**values, PROVISION: name, **_said(amount)}, notes=notes)


def _in_unit(amount: Amount | None, unit: str) -> Amount | None:
    """Give a number alone the unit that its heading has."""
    if amount is None or not amount.number or not unit:
        return amount
    number = float(amount.number)
    if unit == "h":
        return Amount(weekly=round(number * 60))
    check_range(round(number), MOST_MINUTES)
    return Amount(minutes=round(number))


def _said(amount: Amount | None) -> Values:
    """What an amount says, as JSON holds it."""
    if amount is None:
        return {}
    said = {
        "times": amount.times, "minutes": amount.minutes, "weekly": amount.weekly,
        "length": amount.length, "number": amount.number,
    }  # fmt: skip
    return {name: value for name, value in said.items() if value not in (None, "")}


def _named(one: Named, heading: str) -> Values:
    values = {"pupil_first_name": one.first, "pupil_last_name": one.last}
    headed = "" if is_word_for_names(heading) else heading
    group = one.group or headed
    return {
        **{name: value for name, value in values.items() if value},
        **({"class": group[:LONGEST_WORD]} if group else {}),
        **_said(one.amount),
        "by_name": True,
    }


def _note_rest(row: OneRow, code: str, amount: Amount | None) -> None:
    if amount is not None and amount.rest:
        row.note(code, sentence(ONLY_HOW_MUCH))


def _length(row: OneRow, values: Values) -> None:
    """What the column of lengths says: a number in it is minutes."""
    text = row.text("minutes")
    if not text:
        return
    if found := _A_LENGTH.fullmatch(text):
        row.must("minutes", lambda _text: check_range(int(found[1]), MOST_MINUTES), None)
        values["minutes"] = int(found[1])
        return
    amount = row.may("minutes", read_amount, None)
    if amount is not None and amount.length is not None:
        # a length in the column of lengths is each time
        values["minutes"] = amount.length
    elif amount is not None:
        values.update(_said(amount))


def _times(text: str) -> int:
    if found := _A_LENGTH.fullmatch(text):
        check_range(int(found[1]), MOST_TIMES)
        return int(found[1])
    amount = read_amount(text)
    if amount is None or amount.times is None:
        raise Unreadable(
            sentence("This is not a number of times a week."), sentence("Write a number, like 3.")
        )
    return amount.times


def _hours(text: str) -> int:
    try:
        minutes = round(float(text) * 60)
    except ValueError:
        amount = read_amount(text)
        minutes = (amount and (amount.weekly or amount.length)) or 0
    check_range(minutes, MOST_TIMES * MOST_MINUTES)
    return minutes


def _group(text: str) -> Values:
    """The size of a group, "1:4" or "group of 6", or else its name."""
    plain = folded(text) if ":" not in text else text.casefold()
    if not text or plain in ("group", "small group", "individual", "whole class", "groups"):
        return {"size": 1} if plain == "individual" else {}
    if found := _RATIO.fullmatch(plain.strip()) or _SIZE.fullmatch(plain.strip()):
        size = 1 if found[1] == "one" else int(found[1])
        return {"size": size} if 1 <= size <= 60 else {}
    return {"group": text[:LONGEST_WORD]}


def _iso(day: Any) -> str:
    return day.isoformat() if day else ""


def merged_heading(cells: Sequence[str]) -> int:
    """The layer of a row of merged cells that is a heading between rows; 0 for any other row."""
    texts = {text for cell in cells if (text := tidy(as_written(cell)))}
    try:
        return read_layer(texts.pop()) if len(texts) == 1 else 0
    except Unreadable:
        return 0
