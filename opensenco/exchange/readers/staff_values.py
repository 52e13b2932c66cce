"""Cells of staff lists: addresses, and what people are called by their work."""

import re

from opensenco.exchange.readers.cells import folded
from opensenco.exchange.readers.words import Unreadable
from opensenco.kernel.words import sentence

_EMAIL = re.compile(r"[^@\s,;:<>\"'()\[\]]+@[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\.[a-z]{2,}", re.A)
LONGEST_EMAIL = 200

_ROLES = {
    "SENCO": "senco|sendco|incco|sen co ordinator|sen coordinator|send co ordinator"
    "|special educational needs co ordinator|special educational needs coordinator|inclusion lead"
    "|inclusion manager",
    "SENCO_PHASE": "phase senco|phase sendco|part senco|unit senco",
    "SENCO_LEAD": "lead senco|lead sendco|senior senco|head senco",
    "SENCO_SHARED": "shared senco|shared sendco",
    "HEAD": "head|headteacher|head teacher|principal|executive head|executive headteacher"
    "|acting headteacher|head of school",
    "SLT": "slt|senior leader|senior leadership team|deputy head|deputy headteacher|assistant head"
    "|assistant headteacher|deputy principal|assistant principal|vice principal",
    "TEACHER": "teacher|class teacher|classroom teacher|subject teacher|form tutor|tutor"
    "|head of year|head of department|subject leader|unqualified teacher|ect|early career teacher"
    "|supply teacher|qts|main scale teacher|upper pay scale teacher",
    "TA": "ta|teaching assistant|learning support assistant|lsa|hlta"
    "|higher level teaching assistant|classroom assistant|support assistant|nursery nurse"
    "|1 1 ta|one to one ta|cover supervisor"
    "|learning mentor|early years practitioner",
    "SEN_ADMIN": "sen administrator|sen admin|send administrator|send admin",
    "BUSINESS_MANAGER": "business manager|school business manager|sbm|bursar|finance manager",
    "DSL": "dsl|designated safeguarding lead|safeguarding lead",
    "GOVERNOR": "governor|sen governor|send governor|link governor",
    "SEN_TEAM": "sen team|sen team member|send team|assistant senco",
    "DESIGNATED_TEACHER": "designated teacher",
    "EXAMS_OFFICER": "exams officer|examinations officer",
    "KEY_PERSON": "key person|key worker",
}
_BY_WORDING = {
    folded(wording): code for code, text in _ROLES.items() for wording in text.split("|")
}
#: what we are called in words that begin a job title: "Teacher of Maths", "Head of Science"
_BEGINNINGS = (("teacher of ", "TEACHER"), ("head of ", "TEACHER"), ("teaching assistant", "TA"))


#: "Upper school SENCO" co-ordinates a part that its title names
_OF_A_PART = re.compile(r"(.+) (?:senco|sendco|incco|sen co ordinator|sen coordinator)")


def part_in_role(text: str) -> str:
    """The part of a school that a title names: "upper school" of "Upper school SENCO"."""
    key = folded(text)
    found = _OF_A_PART.fullmatch(key)
    return found[1] if found and key not in _BY_WORDING else ""


def read_email(text: str) -> str:
    """An email address, in small letters."""
    address = text.lower().removeprefix("mailto:")
    if len(address) > LONGEST_EMAIL or not _EMAIL.fullmatch(address):
        raise Unreadable(
            sentence("This is not an email address."),
            sentence("Write it like name@school.example."),
        )
    return address


def read_role(text: str) -> str:
    """The code of a role: by what people are called by their work, or by our own code."""
    key = folded(text)
    if code := _BY_WORDING.get(key):
        return code
    if key.replace(" ", "_").upper() in _ROLES:
        return key.replace(" ", "_").upper()
    if part_in_role(text):
        return "SENCO_PHASE"
    for beginning, code in _BEGINNINGS:
        if key.startswith(beginning):
            return code
    raise Unreadable(
        sentence("We do not know this role."),
        sentence("Write Teacher, Teaching assistant, SENCO, Headteacher, DSL or Governor."),
    )
