"""The balance of a family of schools, from its entries (FUND-80 to FUND-82, FUND-89, FUND-93,
FUND-113). See docs/law/family-balance.md."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from opensenco.kernel.money import half_up, write
from opensenco.kernel.words import mark, sentence
from opensenco.law.checks.finding import Finding, found
from opensenco.law.money.basis import Basis, Exact, check_names, check_whole, fraction, resting
from opensenco.law.registry import answers
from opensenco.law.rule import BadFact
from opensenco.law.rulebook.funding import FUND_80, FUND_81, FUND_82, FUND_89, FUND_93
from opensenco.law.rulebook.moderation import FUND_113

NOT_ENOUGH = "not-enough"
NETWORK_OVERSPENT = "network-overspent"
NO_PAYER = "no-payer"


class Pocket(StrEnum):
    """Where a family's money lies."""

    AWARDS = "awards"
    NETWORK = "network"
    CONTINGENCY = "contingency"


class EntryKind(StrEnum):
    """What an entry of the ledger says."""

    ALLOCATION = "ALLOCATION"
    CONTRIBUTION = "CONTRIBUTION"
    BROUGHT_FORWARD = "BROUGHT_FORWARD"
    TRANSFER_IN = "TRANSFER_IN"
    TRANSFER_OUT = "TRANSFER_OUT"
    NETWORK_RESERVED = "FNF_RESERVED"
    NETWORK_SPENT = "FNF_SPENT"
    CONTINGENCY_RESERVED = "CONTINGENCY_RESERVED"
    CONTINGENCY_AWARD = "CONTINGENCY_AWARD"
    AWARD = "AWARD"
    RELEASE = "RELEASE"


INTO = {
    EntryKind.ALLOCATION: Pocket.AWARDS,
    EntryKind.CONTRIBUTION: Pocket.AWARDS,
    EntryKind.BROUGHT_FORWARD: Pocket.AWARDS,
    EntryKind.TRANSFER_IN: Pocket.AWARDS,
    EntryKind.NETWORK_RESERVED: Pocket.NETWORK,
    EntryKind.CONTINGENCY_RESERVED: Pocket.CONTINGENCY,
    EntryKind.RELEASE: Pocket.AWARDS,
}
"""The pocket that an entry fills."""

OUT_OF = {
    EntryKind.TRANSFER_OUT: Pocket.AWARDS,
    EntryKind.NETWORK_RESERVED: Pocket.AWARDS,
    EntryKind.NETWORK_SPENT: Pocket.NETWORK,
    EntryKind.CONTINGENCY_RESERVED: Pocket.AWARDS,
    EntryKind.CONTINGENCY_AWARD: Pocket.CONTINGENCY,
    EntryKind.AWARD: Pocket.AWARDS,
}
"""The pocket that an entry takes from. A reservation moves money from one pocket to another."""

INCOME = (
    EntryKind.ALLOCATION,
    EntryKind.CONTRIBUTION,
    EntryKind.BROUGHT_FORWARD,
    EntryKind.TRANSFER_IN,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry, never changed. `reverses` is the key of an entry that this one takes back.

    `payer`: the school that pays a contribution, and `period` what for. Raises BadFact.
    """

    key: str
    kind: EntryKind
    pence: int
    reverses: str = ""
    payer: str = ""
    period: str = ""

    def __post_init__(self) -> None:
        check_whole(FUND_80, pence=self.pence)
        contribution = self.kind is EntryKind.CONTRIBUTION
        if contribution and not (self.payer.strip() and self.period.strip()):
            words = mark("A contribution says who pays it and for which time.")
            raise BadFact(FUND_93.id, "payer", words)


@dataclass(frozen=True, slots=True)
class Balance:
    """A family's money in pence, worked out from all its entries.

    `by_kind` is what stands of each kind after reversals. `uncommitted` may be below nought where a
    deficit was allowed.
    """

    by_kind: dict[EntryKind, int]
    pockets: dict[Pocket, int]
    basis: Basis

    @property
    def uncommitted(self) -> int:
        return self.pockets[Pocket.AWARDS]

    @property
    def contingency(self) -> int:
        return self.pockets[Pocket.CONTINGENCY]

    @property
    def network(self) -> int:
        """What is left of the network's money."""
        return self.pockets[Pocket.NETWORK]

    @property
    def income(self) -> int:
        """All that came in."""
        return sum(self.by_kind[kind] for kind in INCOME)

    @property
    def outgoing(self) -> int:
        """All that is committed, spent or passed on."""
        return self.income - sum(self.pockets.values())

    @property
    def at_year_end(self) -> int:
        """What is left if all of the network's money is spent."""
        return self.uncommitted + self.contingency


@answers(FUND_80, FUND_82, FUND_93)
def balance(*, entries: Iterable[Entry]) -> Balance:
    """The balance of all entries, in whatever order they come.

    Raises BadFact for two entries with one key, and for a reversal of what is not there, is another
    amount or kind, is a reversal itself, or has been reversed already.
    """
    listed = tuple(entries)
    check_names(FUND_80, "entries", tuple(entry.key for entry in listed))
    _check_reversals(listed)
    by_kind: Counter[EntryKind] = Counter()
    for entry in listed:
        by_kind[entry.kind] += -entry.pence if entry.reverses else entry.pence
    pockets = dict.fromkeys(Pocket, 0)
    for kind, pence in by_kind.items():
        if kind in INTO:
            pockets[INTO[kind]] += pence
        if kind in OUT_OF:
            pockets[OUT_OF[kind]] -= pence
    words = sentence(
        mark("{left} not committed, after {entries} entries."),
        left=write(pockets[Pocket.AWARDS]),
        entries=len(listed),
    )
    stands = {kind: by_kind[kind] for kind in EntryKind}
    return Balance(stands, pockets, resting(FUND_80, words, entries=len(listed)))


def _check_reversals(entries: tuple[Entry, ...]) -> None:
    by_key = {entry.key: entry for entry in entries}
    reversals = [entry for entry in entries if entry.reverses]
    targets = [entry.reverses for entry in reversals]
    if len(set(targets)) != len(targets):
        raise BadFact(FUND_82.id, "reverses", mark("An entry is reversed twice."))
    for entry in reversals:
        first = by_key.get(entry.reverses)
        if first is None or first.reverses:
            raise BadFact(FUND_82.id, "reverses", mark("There is no such entry to reverse."))
        if (first.kind, first.pence) != (entry.kind, entry.pence):
            words = mark("A reversal has the kind and the amount of the entry it takes back.")
            raise BadFact(FUND_82.id, "reverses", words)


class OverAllocation(StrEnum):
    """What a scheme does about commitments beyond the budget."""

    BLOCK = "BLOCK"
    ALLOW_DEFICIT = "ALLOW_DEFICIT"


@answers(FUND_81)
def check_commitment(
    *, left: int, pence: int, policy: OverAllocation, approved: bool = False
) -> tuple[Finding, ...]:
    """What stands against committing `pence` out of `left` that is not committed; empty if nothing.

    `approved`: whether the authority approved a deficit, which counts only where the scheme allows
    one.
    """
    check_whole(FUND_81, pence=pence)
    short = pence - left
    if short <= 0 or (policy is OverAllocation.ALLOW_DEFICIT and approved):
        return ()
    if policy is OverAllocation.BLOCK:
        words = mark("This is {short} more than the family has left.")
    else:
        words = mark("This is {short} more than is left: the authority has to approve it.")
    return (found(FUND_81, NOT_ENOUGH, sentence(words, short=write(short))),)


@answers(FUND_113)
def check_network_spending(*, left: int, pence: int) -> tuple[Finding, ...]:
    """What stands against spending `pence` of the network's money, of which there is `left`."""
    check_whole(FUND_113, pence=pence)
    if pence <= left:
        return ()
    words = mark("This is {short} more than is left of the network's money.")
    return (found(FUND_113, NETWORK_OVERSPENT, sentence(words, short=write(pence - left))),)


@dataclass(frozen=True, slots=True)
class CarryForward:
    """What a family may carry into the next year, and what it owes the authority, in pence."""

    most: int
    carried: int
    due_back: int
    basis: Basis


@answers(FUND_89)
def carry_forward(*, left: int, allocation: int, limit: Exact) -> CarryForward:
    """`left` pence at the end of the year, of which up to `limit` of the allocation is carried.

    `limit` is a part, such as 0.1, and the sum is rounded to the penny. A deficit is carried whole.
    """
    check_whole(FUND_89, allocation=allocation)
    most = half_up(allocation * fraction(FUND_89, "limit", limit))
    due = max(0, left - most)
    words = sentence(
        mark("{left} is left; up to {most} is carried forward."),
        left=write(left),
        most=write(most),
    )
    basis = resting(FUND_89, words, left=left, allocation=allocation)
    return CarryForward(most, left - due, due, basis)


@answers(FUND_80)
def reserve(*, allocation: int, part: Exact) -> int:
    """What is reserved of an allocation: `part` of it, such as 0.06, rounded to the penny."""
    check_whole(FUND_80, allocation=allocation)
    return half_up(allocation * fraction(FUND_80, "part", part))
