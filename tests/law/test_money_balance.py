"""The balance of a family of schools (docs/law/family-balance.md)."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensenco.law.money.balance import (
    INCOME,
    INTO,
    OUT_OF,
    Balance,
    Entry,
    EntryKind,
    OverAllocation,
    balance,
    carry_forward,
    check_commitment,
    check_network_spending,
    reserve,
)
from opensenco.law.rule import BadFact
from tests.law.money_pages import exact, pence, rows
from tests.law.pages import Example, examples

RESERVING = (EntryKind.NETWORK_RESERVED, EntryKind.CONTINGENCY_RESERVED)


def entry(key: str, kind: EntryKind, pence_: int, reverses: str = "") -> Entry:
    payer = {"payer": "A school", "period": "2025-26"} if kind is EntryKind.CONTRIBUTION else {}
    return Entry(key=key, kind=kind, pence=pence_, reverses=reverses, **payer)


YEAR = tuple(
    entry(row["key"], EntryKind(row["kind"]), pence(row["amount"]))
    for row in examples("family-balance", "A year's entries")
)


@pytest.mark.rule("FUND-80")
@pytest.mark.vector("FTV-12")
def test_a_year_s_balance_follows_from_its_entries() -> None:
    for number, row in enumerate(examples("family-balance", "A year's entries"), start=1):
        now = balance(entries=YEAR[:number])
        assert now.uncommitted == pence(row["after"])
        assert now.contingency == pence(row["contingency"])
    end = balance(entries=reversed(YEAR))
    assert (end.income, end.outgoing) == (pence("155,002.63"), pence("133,364.82"))
    assert (end.at_year_end, end.network) == (pence("21,637.81"), 0)
    assert balance(entries=YEAR[:10]).network == pence("9,041.53")
    allocation = end.by_kind[EntryKind.ALLOCATION]
    carried = carry_forward(left=end.at_year_end, allocation=allocation, limit=Fraction(1, 10))
    assert (carried.most, carried.due_back) == (pence("15,069.21"), pence("6,568.60"))
    assert reserve(allocation=allocation, part=Fraction("0.06")) == YEAR[2].pence
    assert reserve(allocation=allocation, part=Fraction("0.05")) == YEAR[3].pence
    assert str(end.basis.reasons[0]) == "£17,334.71 not committed, after 11 entries."
    assert (end.basis.rule, end.basis.number("entries")) == ("FUND-80", 11)


AMOUNTS = st.lists(st.tuples(st.sampled_from(EntryKind), st.integers(0, 10**6)), max_size=12)


@pytest.mark.rule("FUND-80", "FUND-82")
@given(AMOUNTS, st.randoms())
def test_no_penny_is_lost_and_the_order_of_entries_is_no_matter(
    amounts: list[tuple[EntryKind, int]], chance: Any
) -> None:
    entries = [entry(str(at), kind, amount) for at, (kind, amount) in enumerate(amounts)]
    now = balance(entries=entries)
    spent = sum(
        -amount if kind is EntryKind.RELEASE else amount
        for kind, amount in amounts
        if kind not in INCOME and kind not in RESERVING
    )
    income = sum(amount for kind, amount in amounts if kind in INCOME)
    assert (now.income, now.outgoing) == (income, spent)
    mixed = list(entries)
    chance.shuffle(mixed)
    assert balance(entries=mixed) == now
    undone = [entry(f"r{each.key}", each.kind, each.pence, each.key) for each in entries]
    nothing = balance(entries=[*entries, *undone])
    assert set(nothing.pockets.values()) == {0}
    assert set(nothing.by_kind.values()) == {0}


@pytest.mark.rule("FUND-80")
def test_every_kind_of_entry_touches_a_pocket() -> None:
    assert set(INTO) | set(OUT_OF) == set(EntryKind)
    assert set(INTO) & set(OUT_OF) == set(RESERVING)
    assert not set(INCOME) & set(OUT_OF)
    empty = balance(entries=())
    assert (empty.uncommitted, empty.income, empty.outgoing, empty.at_year_end) == (0, 0, 0, 0)


def kinds(now: Balance) -> dict[EntryKind, int]:
    return {kind: pence_ for kind, pence_ in now.by_kind.items() if pence_}


@pytest.mark.rule("FUND-82")
def test_a_correction_reverses_and_posts_anew() -> None:
    wrong = entry("1", EntryKind.ALLOCATION, 100)
    now = balance(
        entries=[
            wrong,
            entry("2", EntryKind.ALLOCATION, 100, reverses="1"),
            entry("3", EntryKind.ALLOCATION, 120),
        ]
    )
    assert kinds(now) == {EntryKind.ALLOCATION: 120}


@pytest.mark.rule("FUND-82")
@pytest.mark.parametrize(
    ("more", "words"),
    [
        ([("2", EntryKind.AWARD, 100, "9")], "no such entry"),
        ([("2", EntryKind.RELEASE, 100, "1")], "kind and the amount"),
        ([("2", EntryKind.AWARD, 99, "1")], "kind and the amount"),
        ([("2", EntryKind.AWARD, 100, "1"), ("3", EntryKind.AWARD, 100, "1")], "reversed twice"),
        ([("2", EntryKind.AWARD, 100, "1"), ("3", EntryKind.AWARD, 100, "2")], "no such entry"),
        ([("1", EntryKind.AWARD, 100, "")], "stands twice"),
    ],
)
def test_a_reversal_takes_back_one_entry_once(more: Any, words: str) -> None:
    with pytest.raises(BadFact, match=words):
        balance(entries=[entry("1", EntryKind.AWARD, 100), *(entry(*each) for each in more)])


@pytest.mark.rule("FUND-93")
def test_a_contribution_names_its_payer_and_period() -> None:
    for payer, period in (("", "2025-26"), ("A school", " "), ("", "")):
        with pytest.raises(BadFact) as refused:
            Entry(key="1", kind=EntryKind.CONTRIBUTION, pence=5, payer=payer, period=period)
        assert refused.value.rule == "FUND-93"
    now = balance(entries=[entry("c", EntryKind.CONTRIBUTION, 5), *YEAR[:1]])
    assert now.by_kind[EntryKind.CONTRIBUTION] == 5
    assert now.by_kind[EntryKind.ALLOCATION] == YEAR[0].pence
    with pytest.raises(BadFact):
        entry("1", EntryKind.AWARD, -1)


@pytest.mark.rule("FUND-89")
@pytest.mark.parametrize("example", rows("family-balance", "Carrying forward"))
def test_what_is_above_the_limit_is_due_back(example: Example) -> None:
    found = carry_forward(
        left=pence(example["left"]),
        allocation=pence(example["allocation"]),
        limit=exact(example["limit"]),
    )
    shown = (found.most, found.carried, found.due_back)
    assert shown == tuple(pence(example[name]) for name in ("most", "carried", "due back"))
    assert found.basis.rule == "FUND-89"
    assert found.basis.number("left") == pence(example["left"])
    assert found.basis.number("allocation") == pence(example["allocation"])


@pytest.mark.rule("FUND-89", "FUND-80")
def test_parts_of_an_allocation_are_not_below_nought() -> None:
    for refusal in (
        lambda: carry_forward(left=1, allocation=-1, limit=0),
        lambda: carry_forward(left=1, allocation=1, limit=-1),
        lambda: reserve(allocation=-1, part=0),
        lambda: reserve(allocation=1, part=-1),
    ):
        with pytest.raises(BadFact):
            refusal()
    assert carry_forward(left=0, allocation=0, limit=1).carried == 0
    assert reserve(allocation=0, part=1) == 0
    words = carry_forward(left=100, allocation=1000, limit=Fraction(1, 20)).basis.reasons
    assert str(words[0]) == "£1 is left; up to £0.50 is carried forward."


@pytest.mark.rule("FUND-81")
@pytest.mark.parametrize("example", rows("family-balance", "May it be committed"))
def test_a_commitment_beyond_what_is_left(example: Example) -> None:
    found = check_commitment(
        left=pence(example["left"]),
        pence=pence(example["amount"]),
        policy=OverAllocation(example["policy"]),
        approved=example["approved"] == "yes",
    )
    assert (found == ()) == (example["allowed"] == "yes")
    assert all((each.kind, each.rule) == ("not-enough", "FUND-81") for each in found)


@pytest.mark.rule("FUND-81", "FUND-113")
def test_a_refusal_says_how_much_is_missing() -> None:
    (blocked,) = check_commitment(left=-100, pence=50, policy=OverAllocation.BLOCK)
    assert str(blocked.reasons[0]) == "This is £1.50 more than the family has left."
    (asked,) = check_commitment(left=0, pence=50, policy=OverAllocation.ALLOW_DEFICIT)
    assert "the authority has to approve it" in str(asked.reasons[0])
    assert check_network_spending(left=50, pence=50) == ()
    assert check_network_spending(left=0, pence=0) == ()
    assert check_network_spending(left=50, pence=20) == ()
    (short,) = check_network_spending(left=50, pence=157)
    assert (short.kind, short.rule) == ("network-overspent", "FUND-113")
    assert str(short.reasons[0]) == "This is £1.07 more than is left of the network's money."
    assert check_commitment(left=0, pence=0, policy=OverAllocation.BLOCK) == ()
    for refusal in (
        lambda: check_commitment(left=5, pence=-1, policy=OverAllocation.BLOCK),
        lambda: check_network_spending(left=5, pence=-1),
    ):
        with pytest.raises(BadFact):
            refusal()
