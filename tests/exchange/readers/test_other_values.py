"""Cells of staff, class, contact and term lists as people write them."""

from collections.abc import Callable

import pytest

from opensenco.exchange.readers.class_values import read_does, read_group_kind, read_group_name
from opensenco.exchange.readers.contact_values import read_phone, read_relation
from opensenco.exchange.readers.staff_values import read_email, read_role
from opensenco.exchange.readers.term_values import read_day_kind
from opensenco.exchange.readers.words import Unreadable

READ: list[tuple[Callable[[str], str], str, str]] = [
    (read_email, "Nia.Field@School.example", "nia.field@school.example"),
    (read_email, "mailto:nia@school.example", "nia@school.example"),
    (read_role, "Class Teacher", "TEACHER"),
    (read_role, "Teacher of Mathematics", "TEACHER"),
    (read_role, "Head of Science", "TEACHER"),
    (read_role, "Head of School", "HEAD"),
    (read_role, "HLTA", "TA"),
    (read_role, "1:1 TA", "TA"),
    (read_role, "Teaching Assistant (Year 2)", "TA"),
    (read_role, "SEND Co-ordinator", "SENCO"),
    (read_role, "Assistant Headteacher", "SLT"),
    (read_role, "SEN_ADMIN", "SEN_ADMIN"),
    (read_group_name, "10x/Ma1", "10x/Ma1"),
    (read_group_kind, "Reg. Group", "class"),
    (read_group_kind, "Set", "teaching"),
    (read_group_kind, "Intervention", "support"),
    (read_does, "Main Teacher", "teaches"),
    (read_does, "LSA", "runs"),
    (read_does, "Cover", "covers"),
    (read_relation, "MUM", "Mother"),
    (read_relation, "Step-father", "Stepfather"),
    (read_relation, "Great-aunt", "Great-aunt"),
    (read_phone, "7700900123", "07700900123"),
    (read_phone, "01632 960 123", "01632 960 123"),
    (read_phone, "+44 1632 960123", "+44 1632 960123"),
    (read_day_kind, "Autumn Term 1", "term"),
    (read_day_kind, "Spring half-term holiday", "half-term"),
    (read_day_kind, "INSET day 3", "inset"),
    (read_day_kind, "Staff training", "inset"),
    (read_day_kind, "Early May bank holiday", "closed"),
    (read_day_kind, "Closed: polling station", "closed"),
]
NOT_READ: list[tuple[Callable[[str], str], str, str]] = [
    (read_email, "nia at school", "not an email address"),
    (read_email, "a@b.example, c@d.example", "not an email address"),
    (read_email, "x" * 200 + "@school.example", "not an email address"),
    (read_role, "Caretaker", "do not know this role"),
    (read_group_name, "x" * 81, "longer than 80"),
    (read_group_kind, "House", "do not know this word"),
    (read_does, "Visits", "do not know this word"),
    (read_relation, "x" * 61, "longer than 60"),
    (read_phone, "none", "not a telephone number"),
    (read_phone, "0" * 41, "not a telephone number"),
    (read_day_kind, "Christmas holiday", "follow from the terms"),
    (read_day_kind, "Sports day", "do not know what these days are"),
]


@pytest.mark.parametrize(("reader", "text", "value"), READ, ids=lambda one: str(one)[:24])
def test_a_cell_is_read(reader: Callable[[str], str], text: str, value: str) -> None:
    assert reader(text) == value


@pytest.mark.parametrize(("reader", "text", "wrong"), NOT_READ, ids=lambda one: str(one)[:24])
def test_a_cell_is_refused_with_its_mend(
    reader: Callable[[str], str], text: str, wrong: str
) -> None:
    with pytest.raises(Unreadable) as refusal:
        reader(text)
    assert wrong in str(refusal.value.wrong)
    assert str(refusal.value.mend)
