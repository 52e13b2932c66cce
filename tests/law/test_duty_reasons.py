"""The reasons that people read beside the dates of schools, early years and records."""

import pytest

from opensenco.law import rules
from opensenco.law.computing import Surroundings, compute_words
from tests.law.pages import example_school

AROUND = Surroundings(calendar=example_school(), proposed=True)


def told(timetable: str, words: str) -> dict[str, list[str]]:
    """The reasons of each step, without what is unverified about its rule."""
    steps = compute_words(rules.timetable(timetable), words.split(), AROUND)
    return {
        step.step: [text for text in map(str, step.reasons) if not text.startswith("Unverified:")]
        for step in steps
    }


CAME = "The request came in on 3 September 2026."
MONTH = "It is answered within 1 month, school holidays included."
THREE = "Extended, it is answered within 3 months, school holidays included."
ROLLED = "3 October 2026 is no working day, so it is the next working day."
ONLY = "Only for a complex request, and if the person is told in the first month."
IDENTITY = "Time runs from 14 September 2026, when proof of identity came."
DAYS = "The days from 10 September 2026 to 14 September 2026, while the person was asked, do not "
STILL = "On 10 September 2026 the person was asked what they mean. Time stands still."
LATE = "The person was told on 4 October 2026, too late: the extension does not count."


@pytest.mark.rule("GOV-04")
@pytest.mark.parametrize(
    ("words", "reply", "extended"),
    [
        ("", [CAME, MONTH, ROLLED], [CAME, THREE, ONLY]),
        ("identity=2026-09-14", [CAME, IDENTITY, MONTH], [CAME, IDENTITY, THREE, ONLY]),
        (
            "paused=2026-09-10..2026-09-14",
            [CAME, MONTH, f"{DAYS}count."],
            [CAME, THREE, f"{DAYS}count.", ONLY],
        ),
        ("paused=2026-09-10..", [CAME, MONTH, STILL], [CAME, THREE, STILL, ONLY]),
        ("extended=2026-10-03", [CAME, MONTH, ROLLED], [CAME, THREE]),
        ("extended=2026-10-04", [CAME, MONTH, ROLLED], [CAME, THREE, LATE]),
    ],
)
def test_a_subject_access_request_says_how_its_days_were_counted(
    words: str, reply: list[str], extended: list[str]
) -> None:
    found = told("subject-access", f"received=2026-09-03 {words}")
    assert found == {"reply": reply, "extended-reply": extended}


@pytest.mark.rule("GOV-04")
def test_an_extension_in_time_says_when_the_person_was_told() -> None:
    words = ["received=2026-09-03", "extended=2026-10-01"]
    reply, extended = compute_words(rules.timetable("subject-access"), words)
    (excuse,) = reply.excused_by
    assert str(excuse.reason) == (
        "The person was told on 1 October 2026 that two more months are needed."
    )
    assert extended.excused_by == ()


@pytest.mark.parametrize(
    ("timetable", "words", "step", "reason"),
    [
        ("two-year-check", "born=2024-05-20", "closes", "before the third birthday"),
        ("exam-approval", "approved=2026-11-12", "expires", "lasts 26 months."),
        ("exam-deadlines", "year=2027", "modified-papers", "ordered by 31 January."),
        (
            "exam-deadlines",
            "year=2027 published-modified=2027-01-29",
            "modified-papers",
            "published this day.",
        ),
        ("education-record", "received=2026-12-18 setting=maintained", "reply", "free of charge."),
        ("education-record", "received=2026-12-18 setting=academy", "reply", "do not bind"),
        ("accessibility-plan", "approved=2024-03-31", "review", "every three years."),
        ("retention", "born=2010-10-14", "keep-until", "for 31 years from birth."),
        ("looked-after-plan", "in-care=2026-11-30", "first-plan", "20 working days."),
        (
            "looked-after-plan",
            "in-care=2026-11-30 plan-ready=2026-12-09",
            "term-review",
            "looked at on 9 December 2026.",
        ),
        ("allergy-policy", "last-review=2026-09-01", "review", "not known to be in force."),
        ("inclusion-strategy", "funded=yes", "publish", "by 31 December 2026"),
        ("area-inspection", "published=2025-03-31 outcome=positive", "inspection", "five years"),
        ("area-inspection", "published=2025-03-31 outcome=failings", "inspection", "three years"),
        ("area-inspection", "published=2025-03-31 outcome=inconsistent", "inspection", "sooner"),
        ("census", "academic-year=2026", "spring", "By the usual rule:"),
        ("census", "academic-year=2026 spring=2027-01-28", "spring", "published this day."),
        ("sen2-return", "year=2027", "census-day", "third Thursday in January."),
        ("sen2-return", "year=2027 published=2027-01-28", "census-day", "published this day."),
        (
            "disability-access-fund",
            "claimed=2026-05-01 authority-says=2027-04-01",
            "next-claim",
            "authority names this day.",
        ),
        ("disability-access-fund", "claimed=2026-05-01", "next-claim", "twelve months later."),
        ("support-plan-proposed", "begun=2026-11-02", "make-plan", "of its own will."),
    ],
)
def test_a_step_says_why_it_has_its_date(
    timetable: str, words: str, step: str, reason: str
) -> None:
    assert any(reason in each for each in told(timetable, words)[step])
