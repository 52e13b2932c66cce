"""SEN status and types of need as schools' systems write them.

Codes and titles are those of `opensenco.law.codes.sen`; the wordings here are those met in exports.
"""

import re
from dataclasses import dataclass

from opensenco.exchange.readers.cells import folded
from opensenco.exchange.readers.words import Unreadable
from opensenco.kernel.words import Sentence, sentence
from opensenco.law.codes.lists import CodeList
from opensenco.law.codes.sen import NEED_TYPES, SEN_STATUS

_STATUSES = {
    "N": (
        "none|no sen|no special educational need|no special educational needs"
        "|no specified special educational need|no specified special educational needs|not sen"
    ),
    "K": "sen support|ss|sen k|sen support k",
    "E": (
        "ehcp|ehc|ehc plan|education health and care plan|education health care plan|sen e"
        "|education health and care plan ehcp|education health and care plan ehc plan"
    ),
    "A": "school action|early years action",
    "P": "school action plus|early years action plus",
    "S": "statement|statemented|statement of sen|statement of special educational needs",
}

# Other wordings than the code and the title of the list.
_NEEDS = {
    "SPLD": "specific learning difficulties",
    "MLD": "moderate learning difficulties",
    "SLD": "severe learning difficulties",
    "PMLD": "profound and multiple learning difficulties",
    "SEMH": (
        "social emotional and mental health needs|social emotional mental health"
        "|social emotional and mental health difficulties"
    ),
    "SLCN": (
        "speech language and communication|speech language and communication need"
        "|speech language and communication difficulties|speech and language"
    ),
    "VI": "visual impairment",
    "MSI": "multisensory impairment",
    "ASD": (
        "autism|autistic|asc|autism spectrum disorder|autistic spectrum condition"
        "|autism spectrum condition"
    ),
    "DS": "downs syndrome",
    "OTH": "other difficulty disability|other",
    "NSA": (
        "sen support no specialist assessment of type of need|no specialist assessment"
        "|sen support but no specialist assessment of type of need"
        "|no specialist assessment of type of need"
    ),
}
# Wordings that say less or more than the code: kept as the code and put to the person.
_ASKED = {"dyslexia": "SPLD", "dyscalculia": "SPLD", "dyspraxia": "SPLD"}
_WITHDRAWN = {
    "BESD": (
        "behaviour emotional social difficulty|behaviour emotional and social difficulties"
        "|behaviour emotional social difficulties"
    ),
}


def _wordings(codes: CodeList, others: dict[str, str]) -> dict[str, str]:
    """Code by wording, by the code itself, and by both ("SEMH - Social, emotional and …")."""
    known = {code.casefold(): code for code in others}
    for code, text in others.items():
        listed = codes.find(code)
        titles = [listed.title] if listed else []
        for wording in filter(None, [*text.split("|"), *titles]):
            known[folded(wording)] = code
            known[folded(f"{code} {wording}")] = code
    return known


NEED_CODES = tuple(code.code for code in NEED_TYPES.codes if code.last is None)
_STATUS_BY_WORDING = _wordings(SEN_STATUS, _STATUSES)
_NEED_BY_WORDING = _wordings(NEED_TYPES, dict.fromkeys(NEED_CODES, "") | _NEEDS) | _ASKED
_WITHDRAWN_NEEDS = frozenset(_wordings(NEED_TYPES, _WITHDRAWN))
_CODE_AND_LABEL = re.compile(r"([A-Za-z]{1,4}) ?[-\N{EN DASH}:=] ?\S.*")
_SEPARATORS = re.compile(r"[;,/|\n]")
_RANK_BEFORE = re.compile(r"\(?(\d{1,2}) ?[.):-] ?(?=\D)", re.A)
_RANK_AFTER = re.compile(r" ?\((?:rank(?:ing)? ?)?(\d{1,2})\)", re.A | re.I)
_MOST_PIECES = 20


@dataclass(frozen=True, slots=True)
class SenStatus:
    """A status: N, K or E, or the withdrawn A, P or S, which is history."""

    code: str

    @property
    def withdrawn(self) -> bool:
        """Whether no pupil can have this status today."""
        listed = SEN_STATUS.find(self.code)
        return listed is not None and listed.last is not None


@dataclass(frozen=True, slots=True, order=True)
class Need:
    """One type of need; rank 1 is the primary one."""

    rank: int
    code: str


@dataclass(frozen=True, slots=True)
class NeedsRead:
    """The needs in one cell, in order; a rank is 0 where the cell gave none. `notes` to show."""

    needs: tuple[Need, ...]
    notes: tuple[Sentence, ...] = ()


def read_sen_status(text: str) -> SenStatus:
    """A status in words or code: "K - SEN Support", "EHCP", "No SEN", "School Action Plus"."""
    code = _STATUS_BY_WORDING.get(folded(text)) or _code_before_label(text, _STATUS_BY_WORDING)
    if not code:
        raise Unreadable(
            sentence("The SEN status is not one that we know."),
            sentence("Write N (no SEN), K (SEN support) or E (EHC plan)."),
        )
    return SenStatus(code)


def read_need(text: str) -> str:
    """The code of one type of need: "ASD", "Autism", "SpLD - Specific Learning Difficulty"."""
    code = _NEED_BY_WORDING.get(folded(text)) or _code_before_label(text, _NEED_BY_WORDING)
    if not code:
        raise Unreadable(sentence("A type of need is not one that we know."), _mend_need())
    return code


def read_needs(text: str) -> NeedsRead:
    """All needs in one cell, divided by comma, semicolon, slash or line break, ranked or not.

    Labels that hold a comma or a slash themselves are understood: the longest wording wins.
    """
    pieces = [piece.strip() for piece in _SEPARATORS.split(text) if piece.strip()]
    if len(pieces) > _MOST_PIECES:
        raise Unreadable(sentence("There are too many types of need in one cell."), _mend_need())
    needs: list[Need] = []
    notes: list[Sentence] = []
    start = 0
    while start < len(pieces):
        end, need = _longest(pieces, start)
        wording = folded(" ".join(pieces[start:end]))
        if wording in _ASKED:
            notes.append(
                sentence("A wording in this cell was read as {code}. Check it.", code=need.code)
            )
        needs.append(need)
        start = end
    return NeedsRead(tuple(needs), tuple(notes))


def _longest(pieces: list[str], start: int) -> tuple[int, Need]:
    rank, first = _without_rank(pieces[start])
    for end in range(len(pieces), start, -1):
        last_rank, text = _without_rank(", ".join([first, *pieces[start + 1 : end]]))
        code = _NEED_BY_WORDING.get(folded(text))
        if code is None and end == start + 1:
            code = _code_before_label(text, _NEED_BY_WORDING)
        if code:
            return end, Need(rank or last_rank, code)
    if any(folded(piece) in _WITHDRAWN_NEEDS for piece in (first, " ".join(pieces[start:]))):
        raise Unreadable(
            sentence("BESD is no longer a type of need."),
            sentence("Decide which type fits this pupil now, often SEMH, and write its code."),
        )
    raise Unreadable(sentence("A type of need is not one that we know."), _mend_need())


def _without_rank(text: str) -> tuple[int, str]:
    if found := _RANK_BEFORE.match(text):
        return int(found[1]), text[found.end() :].strip()
    if (found := _RANK_AFTER.search(text)) and found.end() == len(text):
        return int(found[1]), text[: found.start()].strip()
    return 0, text


def _code_before_label(text: str, known: dict[str, str]) -> str:
    found = _CODE_AND_LABEL.fullmatch(text)
    code = found[1].upper() if found else ""
    return code if known.get(code.casefold()) == code else ""


def _mend_need() -> Sentence:
    return sentence("Use the census codes: {codes}.", codes=", ".join(NEED_CODES))


def ranked(needs: tuple[Need, ...]) -> tuple[Need, ...]:
    """The needs in order of rank, numbered 1, 2, 3 without gaps.

    Needs without a rank follow in the order given. Raises Unreadable where two have one rank or
    one is given twice (the census allows neither).
    """
    given = [need.rank for need in needs if need.rank]
    codes = [need.code for need in needs]
    if len(set(given)) < len(given):
        raise Unreadable(
            sentence("Two types of need have the same rank."),
            sentence("Number them 1, 2, 3 with the greatest need first."),
        )
    if len(set(codes)) < len(codes):
        raise Unreadable(
            sentence("The same type of need is given twice."),
            sentence("Take one of the two away."),
        )
    in_order = sorted(needs, key=lambda need: need.rank or 1000)
    return tuple(Need(number, need.code) for number, need in enumerate(in_order, start=1))
