"""SEN status and types of need as schools' systems write them.

Codes and labels of the school census (CBDS lists of SEN provision and SEN type); the wordings
beside them are those met in exports. Statutory source: the school census guide.
"""

import re
from dataclasses import dataclass

from opensenco.exchange.readers.cells import folded
from opensenco.exchange.readers.words import N_, Sentence, Unreadable, say

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
WITHDRAWN_STATUSES = frozenset("APS")

# Label, then other wordings. The code itself is always understood.
NEEDS = {
    "SPLD": "Specific learning difficulty|specific learning difficulties",
    "MLD": "Moderate learning difficulty|moderate learning difficulties",
    "SLD": "Severe learning difficulty|severe learning difficulties",
    "PMLD": (
        "Profound and multiple learning difficulty|profound and multiple learning difficulties"
    ),
    "SEMH": (
        "Social, emotional and mental health|social emotional and mental health needs"
        "|social emotional and mental health difficulties|social emotional mental health"
    ),
    "SLCN": (
        "Speech, language and communication needs|speech language and communication"
        "|speech language and communication need|speech and language"
        "|speech language and communication difficulties"
    ),
    "HI": "Hearing impairment",
    "VI": "Vision impairment|visual impairment",
    "MSI": "Multi-sensory impairment|multisensory impairment",
    "PD": "Physical disability",
    "ASD": (
        "Autistic spectrum disorder|autism spectrum disorder|autism|autistic|asc"
        "|autistic spectrum condition|autism spectrum condition"
    ),
    "DS": "Down syndrome|downs syndrome",
    "OTH": "Other difficulty or disability|other difficulty disability|other",
    "NSA": (
        "SEN support, no specialist assessment of type of need"
        "|sen support but no specialist assessment of type of need"
        "|no specialist assessment|no specialist assessment of type of need"
    ),
}
# Wordings that say less or more than the code: kept as the code and put to the person.
_ASKED = {"dyslexia": "SPLD", "dyscalculia": "SPLD", "dyspraxia": "SPLD"}
_WITHDRAWN_NEEDS = frozenset(
    {"besd", "behaviour emotional and social difficulty", "behaviour emotional social difficulty"}
    | {"behaviour emotional and social difficulties", "behaviour emotional social difficulties"}
)


def _wordings(table: dict[str, str]) -> dict[str, str]:
    """Code by wording, by the code itself, and by both ("SEMH - Social, emotional and …")."""
    known = {code.casefold(): code for code in table}
    for code, text in table.items():
        for wording in text.split("|"):
            known[folded(wording)] = code
            known[folded(f"{code} {wording}")] = code
    return known


_STATUS_BY_WORDING = _wordings(_STATUSES)
_NEED_BY_WORDING = _wordings(NEEDS) | _ASKED
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
        return self.code in WITHDRAWN_STATUSES


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
            say(N_("The SEN status is not one that we know.")),
            say(N_("Write N (no SEN), K (SEN support) or E (EHC plan).")),
        )
    return SenStatus(code)


def read_need(text: str) -> str:
    """The code of one type of need: "ASD", "Autism", "SpLD - Specific Learning Difficulty"."""
    code = _NEED_BY_WORDING.get(folded(text)) or _code_before_label(text, _NEED_BY_WORDING)
    if not code:
        raise Unreadable(say(N_("A type of need is not one that we know.")), _mend_need())
    return code


def read_needs(text: str) -> NeedsRead:
    """All needs in one cell, divided by comma, semicolon, slash or line break, ranked or not.

    Labels that hold a comma or a slash themselves are understood: the longest wording wins.
    """
    pieces = [piece.strip() for piece in _SEPARATORS.split(text) if piece.strip()]
    if len(pieces) > _MOST_PIECES:
        raise Unreadable(say(N_("There are too many types of need in one cell.")), _mend_need())
    needs: list[Need] = []
    notes: list[Sentence] = []
    start = 0
    while start < len(pieces):
        end, need = _longest(pieces, start)
        wording = folded(" ".join(pieces[start:end]))
        if wording in _ASKED:
            notes.append(
                say(N_("A wording in this cell was read as {code}. Check it."), code=need.code)
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
            say(N_("BESD is no longer a type of need.")),
            say(N_("Decide which type fits this pupil now, often SEMH, and write its code.")),
        )
    raise Unreadable(say(N_("A type of need is not one that we know.")), _mend_need())


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
    return say(N_("Use the census codes: {codes}."), codes=", ".join(NEEDS))


def ranked(needs: tuple[Need, ...]) -> tuple[Need, ...]:
    """The needs in order of rank, numbered 1, 2, 3 without gaps.

    Needs without a rank follow in the order given. Raises Unreadable where two have one rank or
    one is given twice (the census allows neither).
    """
    given = [need.rank for need in needs if need.rank]
    codes = [need.code for need in needs]
    if len(set(given)) < len(given):
        raise Unreadable(
            say(N_("Two types of need have the same rank.")),
            say(N_("Number them 1, 2, 3 with the greatest need first.")),
        )
    if len(set(codes)) < len(codes):
        raise Unreadable(
            say(N_("The same type of need is given twice.")),
            say(N_("Take one of the two away.")),
        )
    in_order = sorted(needs, key=lambda need: need.rank or 1000)
    return tuple(Need(number, need.code) for number, need in enumerate(in_order, start=1))
