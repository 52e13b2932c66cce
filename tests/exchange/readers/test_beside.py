"""Files of links, groups and members are read by name; what does not fit is set aside."""

from datetime import date

import pytest

from opensenco.exchange.readers.beside import (
    GROUPS,
    LINKS,
    MEMBERS,
    Group,
    Link,
    Member,
    read_beside,
)
from opensenco.exchange.readers.establishment import Quarantined
from opensenco.exchange.readers.words import FileRefused
from tests.exchange import beside
from tests.exchange.beside import FEDERATION, TRUST


def test_links_are_read_with_and_without_their_day(tmp_path):
    path = beside.links(
        tmp_path,
        ("900003", "900001", "Successor - merged", "01-09-2019"),
        ("900001", "900003", "Predecessor - merged", ""),
    )
    first, second = read_beside(path, LINKS)
    assert first == Link(
        2, "900003", "900001", "Zoë’s School", "Successor - merged", date(2019, 9, 1)
    )
    assert isinstance(second, Link)
    assert second.since is None


def test_groups_are_read_without_the_names_of_their_heads(tmp_path):
    (group,) = read_beside(beside.groups(tmp_path, ("123", "Lark Trust", TRUST, "")), GROUPS)
    assert isinstance(group, Group)
    assert (group.uid, group.name, group.type_code, group.type_name) == (
        "123", "Lark Trust", "6", "Multi-academy trust",
    )  # fmt: skip
    assert (group.company_number, group.postcode, group.opened_on, group.closed_on) == (
        "01234567", "NG1 1AA", date(2011, 9, 1), None,
    )  # fmt: skip
    assert "Inparticular" not in repr(group)


def test_members_are_read_with_several_spans(tmp_path):
    path = beside.members(
        tmp_path,
        ("900001", "7", FEDERATION, "01-09-2012"),
        ("900001", "7", FEDERATION, "01/09/2020"),
        ("900002", "7", FEDERATION, ""),
    )
    found = [one for one in read_beside(path, MEMBERS) if isinstance(one, Member)]
    assert [(one.urn, one.joined_on) for one in found] == [
        ("900001", date(2012, 9, 1)), ("900001", date(2020, 9, 1)), ("900002", None),
    ]  # fmt: skip


def test_the_day_on_which_a_group_closed_ends_its_memberships():
    head = "URN,Group UID,Group Name,Group Type,Joined date,Closed Date,Date left\r\n"
    rows = "900001,7,A,Federation,01-09-2012,31-08-2020,\r\n"
    rows += "900002,7,A,Federation,01-09-2012,31-08-2020,31-08-2015\r\n"
    rows += "900003,7,A,Federation,01-09-2021,31-08-2020,\r\n"
    read = list(read_beside((head + rows).encode(), MEMBERS))
    assert [one.left_on for one in read if isinstance(one, Member)] == [
        date(2020, 8, 31), date(2015, 8, 31), None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("900001,900002,A,Successor", "4 fields, header has 5."),
        ("9e+05,900002,A,Successor,", "The number was damaged by a spreadsheet."),
        ("900001,900002,A,,", "The field “LinkType” is empty."),
        ("900001,900002,A,Successor,31-02-2020", "There is no such day."),
        ("900001,900002," + "x" * 201 + ",Successor,", "longer than 200 characters."),
        ("900001,900009,A,Successor,", "This link stands on line 2 already."),
        ("900001,900\0002,A,Successor,", "NUL"),
    ],
)
def test_a_row_that_does_not_fit_is_set_aside_with_its_reason(row, reason):
    head = "URN,LinkURN,LinkName,LinkType,LinkEstablishedDate\r\n"
    given = (head + "900001,900009,B,Successor,\r\n" + row + "\r\n").encode("cp1252")
    whole, aside = read_beside(given, LINKS)
    assert isinstance(whole, Link)
    assert isinstance(aside, Quarantined)
    assert aside.line == 3
    assert reason in str(aside.reason)


@pytest.mark.parametrize(
    ("kind", "header", "said"),
    [
        (LINKS, "URN,EstablishmentName,LA (code)", "no column LinkURN, LinkType"),
        (GROUPS, "URN,LinkURN,LinkType", "not the file of groups"),
        (MEMBERS, "Group UID,Group Name,Group Type", "no column URN"),
        (LINKS, "URN,LinkURN,LinkType,urn", "Two columns are called “urn”"),
        (LINKS, "Surname,Forename", "not the file of links"),
    ],
)
def test_another_file_is_refused_by_name(kind, header, said):
    with pytest.raises(FileRefused) as refusal:
        read_beside(f"{header}\r\n1,2,3,4\r\n".encode(), kind)
    assert said in refusal.value.sentence
