"""The bank beside a question: which of its strategies fit the words, and all of it to read."""

from collections.abc import Iterable

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import visible
from opensenco.kernel.text import search_key
from opensenco.support.models import BankStrategy
from opensenco.support.starter import strategies

#: letters of a word that count: "reading" and "reads" are one; shorter words join sentences
STEM = 4
#: words that are in every question and in every strategy
EVERYWHERE = """
abou adul afte agai alwa befo beca been chil clas coul does done ever from give goes have help
here into just keep know less like make many more most much need next only othe over pupi scho
shou some teac tell than that them then ther they thin this time told trie ways well were what
when wher whic will with word work woul your
"""


def offered(actor: Actor) -> list[BankStrategy]:
    """Give the strategies that the bank offers, by their words, for all who may ask the SENCO."""
    rows = visible(actor, Action.SENCO_ASK, BankStrategy).filter(retired_on__isnull=True)
    return list(rows.order_by("text", "id"))


def fitting(
    bank: Iterable[BankStrategy], words: str, needs: Iterable[str] = (), most: int = 6
) -> list[BankStrategy]:
    """Give the strategies that share words with a question, those that share the most first.

    A strategy that is known to help with one of the pupil's needs counts as one word more; by that
    alone it is not offered. Nothing is guessed: what shares no word is left to be looked for.

    Args:
        needs: codes of the pupil's needs, as far as the reader may know of them.
    """
    asked, wanted = _stems(words), set(needs)
    found = []
    for one in bank:
        situation = strategies().situations.get(one.situation, "")
        shared = len(asked & _stems(f"{one.text} {one.why} {situation}"))
        if shared:
            starter = strategies().entries.get(one.starter)
            known = starter is not None and not wanted.isdisjoint(starter.needs)
            found.append((-(shared + known), one.text, one))
    return [one for _rank, _text, one in sorted(found, key=lambda row: row[:2])[:most]]


def _stems(text: str) -> set[str]:
    words = search_key(text, len(text) * 3).split()
    return {word[:STEM] for word in words if len(word) >= STEM} - set(EVERYWHERE.split())
