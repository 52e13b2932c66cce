"""Legal kinds of setting, and which rules each of them brings (ROL-02, ROL-17, REV-02, REV-10).

See docs/law/senco.md and docs/law/review-meeting.md.
"""

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from opensenco.kernel.words import mark
from opensenco.law.registry import tabulates
from opensenco.law.rulebook.reviews import REV_02, REV_10
from opensenco.law.rulebook.role import ROL_02
from opensenco.law.rulebook.role_settings import ROL_17


class Setting(StrEnum):
    """The legal kind of a school, nursery, college or other place, as its stable name."""

    MAINTAINED = "maintained"
    ACADEMY = "academy"
    MAINTAINED_NURSERY = "maintained-nursery"
    MAINTAINED_SPECIAL = "maintained-special"
    SPECIAL_ACADEMY = "special-academy"
    NON_MAINTAINED_SPECIAL = "non-maintained-special"
    PUPIL_REFERRAL_UNIT = "pupil-referral-unit"
    AP_ACADEMY = "ap-academy"
    SECTION_41 = "section-41"
    """An independent special institution approved under section 41."""
    INDEPENDENT = "independent"
    SIXTEEN_TO_19_ACADEMY = "16-19-academy"
    FURTHER_EDUCATION = "further-education"
    NURSERY = "nursery"
    """A private, voluntary or independent group provider of early years."""
    CHILDMINDER = "childminder"
    CHILDMINDER_AGENCY = "childminder-agency"
    NONE = "none"
    """At no school or other institution."""


class SencoDuty(StrEnum):
    """What is asked of a setting about having a SENCO."""

    MUST = "must"
    EXPECTED = "expected"
    ENCOURAGED = "encouraged"
    BY_CHOICE = "by-choice"
    NOT_A_SETTING = "not-a-setting"


class Holder(StrEnum):
    """Who holds the review meeting of a child there, and whether they have to."""

    REQUIRED = "required"
    """The authority can require the head to hold it."""
    ASKED = "asked"
    """The authority can ask, and holds it itself where the answer is no."""
    AUTHORITY = "authority"
    """The authority itself invites, gathers, holds and reports."""


@dataclass(frozen=True, slots=True)
class SettingRow:
    """`title` for people; what is asked about a SENCO; who holds a review meeting.

    `unverified` is true where nobody has checked that this kind stands on the list of schools that
    can be required to hold a review.
    """

    title: str
    senco: SencoDuty
    review: Holder
    unverified: bool = False


_MUST, _CHOICE = SencoDuty.MUST, SencoDuty.BY_CHOICE
_REQUIRED, _ASKED = Holder.REQUIRED, Holder.ASKED

_ROWS = {
    Setting.MAINTAINED: SettingRow(mark("Maintained mainstream school"), _MUST, _REQUIRED, True),
    Setting.ACADEMY: SettingRow(mark("Mainstream academy"), _MUST, _REQUIRED, True),
    Setting.MAINTAINED_NURSERY: SettingRow(
        mark("Maintained nursery school"), _MUST, _REQUIRED, True
    ),
    Setting.MAINTAINED_SPECIAL: SettingRow(
        mark("Maintained special school"), _CHOICE, _REQUIRED, True
    ),
    Setting.SPECIAL_ACADEMY: SettingRow(mark("Special academy"), _CHOICE, _REQUIRED, True),
    Setting.NON_MAINTAINED_SPECIAL: SettingRow(
        mark("Non-maintained special school"), _CHOICE, _REQUIRED, True
    ),
    Setting.PUPIL_REFERRAL_UNIT: SettingRow(mark("Pupil referral unit"), _CHOICE, _REQUIRED, True),
    Setting.AP_ACADEMY: SettingRow(mark("Alternative provision academy"), _CHOICE, _REQUIRED, True),
    Setting.SECTION_41: SettingRow(
        mark("Independent special institution (section 41)"), _CHOICE, _REQUIRED, True
    ),
    Setting.INDEPENDENT: SettingRow(mark("Other independent school"), _CHOICE, _ASKED, True),
    Setting.SIXTEEN_TO_19_ACADEMY: SettingRow(mark("16 to 19 academy"), _CHOICE, _ASKED),
    Setting.FURTHER_EDUCATION: SettingRow(mark("Further education college"), _CHOICE, _ASKED),
    Setting.NURSERY: SettingRow(
        mark("Private, voluntary or independent nursery"), SencoDuty.EXPECTED, _ASKED
    ),
    Setting.CHILDMINDER: SettingRow(mark("Childminder"), SencoDuty.ENCOURAGED, _ASKED),
    Setting.CHILDMINDER_AGENCY: SettingRow(mark("Childminder agency"), _CHOICE, _ASKED),
    Setting.NONE: SettingRow(
        mark("At no school or other institution"), SencoDuty.NOT_A_SETTING, Holder.AUTHORITY
    ),
}

SETTINGS = MappingProxyType(_ROWS)
for _rule in (ROL_02, ROL_17, REV_02, REV_10):
    tabulates(_rule, "opensenco.law.codes.settings.SETTINGS", SETTINGS)
