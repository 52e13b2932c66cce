"""Exam access arrangements (EXA): rules of the awarding bodies, new every September."""

from datetime import date

from opensenco.kernel.words import mark
from opensenco.law.rule import Kind, Rule
from opensenco.law.rulebook.sources import equality_act, exam_boards
from opensenco.law.strength import Evidence, Provision, Strength

_EVIDENCE_PAGE = (
    "https://www.remarkableminds.app/answers/how-do-we-evidence-the-need-for-extra-time-in-exams"
)
_GUIDE = "https://www.structural-learning.com/post/jcq-access-arrangements-teachers-guide"
_HUB = (
    "https://www.jcq.org.uk/knowledge-hub/"
    "adjustments-for-candidates-with-disabilities-and-learning-difficulties"
)
_CENTRE = (
    "https://jcq.org.uk/exams-office/access-arrangements-and-special-consideration/"
    "regulations-and-guidance/guidance-regarding-access-arrangements-when-a-candidate-changes-centre"
)
_BOOKLET = date(2025, 9, 1)

EXA_01 = Rule(
    id="EXA-01",
    title=mark("Why there are access arrangements"),
    kind=Kind.NOTE,
    strength=Strength.MUST,
    evidence=Evidence.SECONDARY,
    provision=equality_act("section 96", _GUIDE),
    page="exam-access",
    text=mark(
        "Awarding bodies make reasonable adjustments for disabled candidates. In a school the "
        "SENCO leads, and the head of centre appoints a qualified assessor."
    ),
)
EXA_02 = Rule(
    id="EXA-02",
    title=mark("Normal way of working"),
    kind=Kind.TEST,
    strength=Strength.PRACTICE,
    evidence=Evidence.SECONDARY,
    provision=exam_boards("normal way of working", _EVIDENCE_PAGE),
    page="exam-access",
    text=mark(
        "An arrangement has to be what the candidate usually works with in lessons, tests and "
        "mocks, borne out by teachers, subject by subject. A diagnosis alone is never enough."
    ),
    first=_BOOKLET,
)
EXA_03 = Rule(
    id="EXA-03",
    title=mark("Form 8 in its order"),
    kind=Kind.TEST,
    strength=Strength.PRACTICE,
    evidence=Evidence.SECONDARY,
    provision=exam_boards("Form 8", _EVIDENCE_PAGE),
    page="exam-access",
    text=mark(
        "The SENCO completes Part 1 before the assessor does Parts 2 and 3. The candidate is "
        "assessed in Year 9 at the earliest."
    ),
    first=_BOOKLET,
)
EXA_04 = Rule(
    id="EXA-04",
    title=mark("25 per cent extra time for a learning difficulty"),
    kind=Kind.TEST,
    strength=Strength.PRACTICE,
    evidence=Evidence.SECONDARY,
    provision=exam_boards("25 per cent extra time", _EVIDENCE_PAGE),
    page="exam-access",
    text=mark(
        "It needs an EHC plan, or two standardised scores in different areas of speed of working: "
        "both 84 or less, or one 84 or less and the other 85 to 89."
    ),
    unverified=mark(
        "Unverified: that the booklet of 2026/27 keeps these scores. They are those of 2025/26."
    ),
    first=_BOOKLET,
)
EXA_05 = Rule(
    id="EXA-05",
    title=mark("Other needs, and rest breaks first"),
    kind=Kind.NOTE,
    strength=Strength.PRACTICE,
    evidence=Evidence.SECONDARY,
    provision=exam_boards("Form 9", _HUB),
    page="exam-access",
    text=mark(
        "For needs that are no learning difficulty there is a Form 9 or a file note with evidence "
        "of specialists and of the school. Supervised rest breaks are tried before extra time."
    ),
    unverified=mark("Unverified: what Form 9 asks for in detail."),
    first=_BOOKLET,
)
EXA_06 = Rule(
    id="EXA-06",
    title=mark("More than 25 per cent"),
    kind=Kind.TEST,
    strength=Strength.PRACTICE,
    evidence=Evidence.SECONDARY,
    provision=exam_boards(
        "extra time over 25 per cent",
        "https://www.jcq.org.uk/exams-office/cap/aao---frequently-asked-questions/",
    ),
    page="exam-access",
    text=mark("A school cannot give more than 25 per cent extra time: the awarding body decides."),
    first=_BOOKLET,
)
EXA_07 = Rule(
    id="EXA-07",
    title=mark("By the school or online"),
    kind=Kind.NOTE,
    strength=Strength.PRACTICE,
    evidence=Evidence.SECONDARY,
    provision=exam_boards("delegated arrangements", _GUIDE),
    page="exam-access",
    text=mark(
        "Some arrangements are left to the school, said to be 21 in 2025/26; for the others the "
        "school applies in Access arrangements online."
    ),
    first=_BOOKLET,
)
EXA_08 = Rule(
    id="EXA-08",
    title=mark("Telling the candidate"),
    kind=Kind.NOTE,
    strength=Strength.PRACTICE,
    evidence=Evidence.READ,
    provision=exam_boards("privacy", _HUB),
    page="exam-access",
    text=mark(
        "Since 2025/26 no signed consent is asked for, but the candidate is told that their data "
        "go into Access arrangements online."
    ),
    first=_BOOKLET,
)
EXA_09 = Rule(
    id="EXA-09",
    title=mark("Last days for the summer series"),
    kind=Kind.CLOCK,
    strength=Strength.PRACTICE,
    evidence=Evidence.SECONDARY,
    provision=exam_boards(
        "deadlines", "https://viewweb.org.uk/exam_access/activities/ex_1_2_task6.html"
    ),
    page="exam-deadlines",
    text=mark(
        "Modified papers for the summer are ordered by 31 January. Other applications are said to "
        "close on 21 March. Other series have days of their own."
    ),
    unverified=mark("Unverified: 21 March, and the days of the other series."),
)
EXA_10 = Rule(
    id="EXA-10",
    title=mark("How long an approval lasts"),
    kind=Kind.CLOCK,
    strength=Strength.PRACTICE,
    evidence=Evidence.UNVERIFIED,
    provision=exam_boards("life of an approval"),
    page="exam-approval",
    text=mark("An approval of Access arrangements online lasts 26 months."),
)
EXA_11 = Rule(
    id="EXA-11",
    title=mark("Changing centre"),
    kind=Kind.NOTE,
    strength=Strength.PRACTICE,
    evidence=Evidence.SECONDARY,
    provision=exam_boards("candidates who change centre", _CENTRE),
    page="exam-access",
    text=mark(
        "A complete Form 8 goes along to a new centre for extra time, a scribe or a reader. The "
        "SENCO there confirms the need and the normal way of working."
    ),
)
EXA_12 = Rule(
    id="EXA-12",
    title=mark("The booklet of 2026/27"),
    kind=Kind.NOTE,
    strength=Strength.PRACTICE,
    evidence=Evidence.UNVERIFIED,
    provision=exam_boards("2026/27"),
    page="exam-access",
    text=mark(
        "The booklet of 2026/27 has not been seen. Until it has, the scores and days of 2025/26 "
        "are carried on and called unverified."
    ),
    first=date(2026, 9, 1),
)
EXA_13 = Rule(
    id="EXA-13",
    title=mark("Key stage 2 tests"),
    kind=Kind.NOTE,
    strength=Strength.PRACTICE,
    evidence=Evidence.READ,
    provision=Provision(
        "Standards and Testing Agency: key stage 2 access arrangements guidance",
        "2026, updated 13 October 2025",
        "https://gov.uk/government/publications/key-stage-2-tests-access-arrangements/"
        "2025-key-stage-2-access-arrangements-guidance",
    ),
    page="exam-access",
    text=mark(
        "Some arrangements need an application, some a notification, and some are the school's own "
        "to give where they reflect normal classroom practice. Having forgotten is no reason for a "
        "late request."
    ),
    unverified=mark("Unverified: amounts of time, and the dates of 2027."),
)

RULES = (
    EXA_01, EXA_02, EXA_03, EXA_04, EXA_05, EXA_06, EXA_07,
    EXA_08, EXA_09, EXA_10, EXA_11, EXA_12, EXA_13,
)  # fmt: skip
