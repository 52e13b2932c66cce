"""One readable set of roles: complete, in plain words, true to its document, and not too wide."""

import subprocess
import sys

import pytest

from opensenco.access.actions import WORDS, Action
from opensenco.access.models import Organisation
from opensenco.access.reach import REACH_WORDS, Reach
from opensenco.access.roles import BY_CODE, ROLES, combined
from opensenco.access.roles_in_words import SIGHT, can, spelled
from opensenco.ops.roles import document
from tests.contracts.walk import ROOT

A = Action
#: whom the work of a SENCO brings together, and the roles they hold
ACTORS = {
    "SENCO of one school": {"SENCO"},
    "SENCO of several schools": {"SENCO_SHARED", "SENCO_TRUST"},
    "SENCO of a phase or provision, lead SENCO": {"SENCO_PHASE", "SENCO_LEAD"},
    "SEN team member on site": {"SEN_TEAM"},
    "SEN administrator": {"SEN_ADMIN"},
    "business manager": {"BUSINESS_MANAGER"},
    "class or subject teacher, teaching assistant": {"TEACHER", "TA"},
    "head teacher, leadership team": {"HEAD", "SLT"},
    "governor or proprietor": {"GOVERNOR"},
    "whoever answers for people's data": {"DATA_PROTECTION"},
    "designated teacher, safeguarding lead": {"DESIGNATED_TEACHER", "DSL"},
    "exams officer, assessor": {"EXAMS_OFFICER", "AA_ASSESSOR"},
    "early years SENCO, manager, key person": {"EY_SENCO", "MANAGER", "KEY_PERSON"},
    "childminder, agency or network SENCO": {"CHILDMINDER", "AGENCY_SENCO"},
    "area SENCO or advisory teacher": {"AREA_SENCO"},
    "family SENCO": {"FAMILY_SENCO"},
    "district SENCO": {"DISTRICT_SENCO"},
    "senior practitioner, locality lead, senior teacher": {
        "SENIOR_PRACTITIONER",
        "LOCALITY_LEAD",
        "SENIOR_TEACHER",
    },
    "plan co-ordinator, SEND officer": {"PLAN_COORDINATOR", "SEN_OFFICER"},
    "who leads SEN across the schools of a trust": {"TRUST_LEAD"},
    "panel and forum member": {"PANEL_MEMBER"},
    "psychologist, health, social care, voluntary body": {"SERVICE_STAFF", "PROFESSIONAL"},
    "parent or carer": {"PARENT"},
    "child or young person": {"PUPIL"},
}
#: what nobody outside a setting's own staff may do, and guests neither
OF_THE_SETTING = {
    action
    for action in Action
    if action.value.partition(".")[0]
    in {"pupil", "contact", "care", "health", "class", "concern", "safeguarding", "register",
        "status", "needs", "profile", "plan", "review", "record", "provision", "session",
        "attendance", "assessment", "records", "behaviour", "import", "audit", "protection"}
}  # fmt: skip
LOOKING = set(SIGHT) | {A.PUPIL_FIND}


def test_every_actor_has_a_role_and_no_role_is_nobodys():
    assert set().union(*ACTORS.values()) == set(BY_CODE)


def test_the_document_is_what_the_command_prints():
    printed = subprocess.run(
        [sys.executable, "-P", "-m", "opensenco.ops.cli", "roles"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert printed == document()
    written = (ROOT / "docs" / "roles.md").read_text(encoding="utf-8")
    assert written == printed, "Run: opensenco roles > docs/roles.md"


def test_every_role_and_every_verb_stands_in_the_document():
    text = " ".join(document().split())
    missing = [str(role.name) for role in ROLES if f"### {role.name} " not in text]
    missing += [str(role.says) for role in ROLES if str(role.says) not in text]
    missing += [words for action, words in WORDS.items()
                if action is not A.SIGNED_IN and words not in text]  # fmt: skip
    assert not missing


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.code)
def test_a_role_is_told_whole(role):
    told = [verb for line in can(role.grants) for verb in line.verbs]
    assert sorted(told) == sorted(WORDS[action] for action in role.grants)
    overs = [line.over for line in can(role.grants)]
    reaches = sorted(set(role.grants.values()), reverse=True)
    assert overs == [str(REACH_WORDS[reach]) for reach in reaches]


@pytest.mark.parametrize("word", [w for w in Organisation.SencoWord.values if w != "SENCO"])
def test_each_organisation_spells_the_role_its_own_way(word):
    for role in ROLES:
        said = [role.label(word), spelled(role.says, word)]
        said += [line.sentence for line in can(role.grants, word)]
        assert not any("SENCO" in words for words in said), role.code


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.code)
def test_no_role_above_the_setting_reaches_its_record(role):
    if "setting" in role.tiers and "trust" not in role.tiers:
        return
    assert not OF_THE_SETTING & set(role.grants)


@pytest.mark.parametrize(
    ("code", "reach", "most"),
    [
        # figures, and reports made of them
        ("GOVERNOR", None, {A.WHO_SEES, A.FIGURES_VIEW, A.DIRECTORY_VIEW, A.REPORT_READ,
                            A.REPORT_APPROVE}),
        # named kinds of record
        ("SEN_ADMIN", Reach.ALL, {A.PUPIL_VIEW, A.CONTACT_VIEW, A.REGISTER_VIEW}),
        ("EXAMS_OFFICER", Reach.ALL, {A.PUPIL_VIEW, A.REGISTER_VIEW, A.PROVISION_VIEW}),
        # money: what is given and what an hour costs
        ("BUSINESS_MANAGER", Reach.ALL,
         {A.PUPIL_VIEW, A.REGISTER_VIEW, A.PROVISION_VIEW, A.COST_VIEW, A.STAFF_VIEW,
          A.FIGURES_VIEW, A.REPORT_READ}),
        ("AA_ASSESSOR", Reach.ASSIGNED, {A.PUPIL_VIEW, A.PLAN_VIEW, A.PROFILE_VIEW}),
        # strategies and delivery, not the history
        ("TA", Reach.ASSIGNED,
         {A.PUPIL_VIEW, A.PROFILE_VIEW, A.PROVISION_VIEW, A.HEALTH_VIEW}),
        ("KEY_PERSON", Reach.ASSIGNED,
         {A.PUPIL_VIEW, A.PROFILE_VIEW, A.PROVISION_VIEW, A.HEALTH_VIEW}),
        ("TEACHER", Reach.TEACHES,
         {A.PUPIL_VIEW, A.PROFILE_VIEW, A.PLAN_VIEW, A.PROVISION_VIEW, A.HEALTH_VIEW,
          A.CONTACT_VIEW}),
        # shared rows of their own child or of listed pupils
        *((code, Reach.CHILD, {A.PUPIL_VIEW, A.PROFILE_VIEW, A.PLAN_VIEW})
          for code in ("PARENT", "PUPIL", "PROFESSIONAL")),
        # what is sent to the panel, and nothing of others
        ("PANEL_MEMBER", None,
         {A.WHO_SEES, A.TASK_VIEW, A.TASK_DO, A.PACK_OPEN, A.PACK_ANSWER,
          A.DIRECTORY_VIEW}),
    ],
)  # fmt: skip
def test_no_role_sees_more_than_its_work_needs(code, reach, most):
    grants = BY_CODE[code].grants
    if reach is None:
        assert set(grants) <= most
        return
    # what one wrote oneself, and finding a name to raise a concern about, are everybody's
    looks = {a: r for a, r in grants.items() if a in LOOKING and r is not Reach.OWN}
    looks.pop(A.PUPIL_FIND, None)
    assert set(looks) <= most
    assert all(given <= reach for given in looks.values())


def test_only_the_safeguarding_lead_reads_what_is_marked_for_them():
    assert {role.code for role in ROLES if A.SAFEGUARDING_VIEW in role.grants} == {"DSL"}


def test_guests_never_write_into_the_record():
    for role in ROLES:
        if role.guest:
            assert set(role.grants) <= LOOKING, role.code


def test_a_role_of_ones_own_only_ever_loses_verbs():
    both = combined(["TA", "SEN_ADMIN"], [])
    for action, reach in both.items():
        widest = max(BY_CODE[c].grants.get(action, Reach.OWN) for c in ("TA", "SEN_ADMIN"))
        assert reach is widest
    less = combined(["TA", "SEN_ADMIN"], [A.IMPORT_PUPILS.value, "no.such_verb"])
    assert set(both) - set(less) == {A.IMPORT_PUPILS}
    assert combined(["PARENT", "NO_SUCH_ROLE"], []) == {}
