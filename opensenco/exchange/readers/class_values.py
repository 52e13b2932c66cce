"""Cells of class lists: names of groups, their kinds, what an adult does there."""

from opensenco.exchange.readers.cells import folded
from opensenco.exchange.readers.words import Unreadable
from opensenco.kernel.words import mark, sentence

LONGEST_GROUP = 80
_KINDS = {
    "class": "class|form|registration group|reg group|tutor group|registration|reg",
    "teaching": "teaching|teaching group|set|subject|course|lesson",
    "support": "support|support group|intervention|intervention group|provision",
}
_PARTS = {
    "teaches": "teaches|teacher|class teacher|main teacher|tutor|teach",
    "runs": "runs|assists|runs or assists|ta|teaching assistant|lsa|hlta|assistant|support",
    "covers": "covers|cover|cover teacher|supply",
}


def _by_wording(several: dict[str, str]) -> dict[str, str]:
    return {folded(word): code for code, text in several.items() for word in text.split("|")}


_KIND_BY_WORDING, _PART_BY_WORDING = _by_wording(_KINDS), _by_wording(_PARTS)


def read_group_name(text: str) -> str:
    """The name of a class or group: at most 80 characters."""
    if len(text) > LONGEST_GROUP:
        raise Unreadable(
            sentence("The text is longer than {limit} characters.", limit=LONGEST_GROUP),
            sentence("Shorten it, or check that the row is not shifted."),
        )
    return text


def read_group_kind(text: str) -> str:
    """The kind of a group: a class, a teaching group or a support group."""
    return _known(text, _KIND_BY_WORDING, mark("Write Class, Teaching group or Support group."))


def read_does(text: str) -> str:
    """What an adult does in a group: teaches, runs or assists, covers."""
    return _known(text, _PART_BY_WORDING, mark("Write Teaches, Assists or Covers."))


def _known(text: str, several: dict[str, str], mend: str) -> str:
    code = several.get(folded(text))
    if code is None:
        raise Unreadable(sentence("We do not know this word."), sentence(mend))
    return code
