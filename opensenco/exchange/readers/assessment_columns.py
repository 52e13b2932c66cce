"""Columns of lists of results: what kind of value a heading promises, and the day that it names.

Results come in two shapes. Long: one row is one result, with columns for the test, the day and the
score. Wide: one row is a pupil, and each column is a test whose name is its heading ("Reading Age
Sept 2026", "CAT4 Verbal"). Both are read by the same fields: a column with results holds them in
one measure; where no column names the test, the heading does.
"""

import re
from datetime import date

from opensenco.exchange.readers.cells import squeezed, tidy
from opensenco.exchange.readers.fields import Claim, Field
from opensenco.exchange.readers.values import read_date
from opensenco.exchange.readers.words import Unreadable
from opensenco.kernel.words import MONTHS, mark

#: the field of each measure; the order is that in which the page of columns offers them
MEASURES = {
    "result_standardised": "standardised",
    "result_age": "age",
    "result_scaled": "scaled",
    "result_percentile": "percentile",
    "result_phonics": "phonics",
    "result_raw": "raw",
    "result_wellbeing": "wellbeing",
    "result_involvement": "involvement",
    "result_scale": "scale",
}
FIELDS = (
    Field(
        "on",
        mark("Day of the assessment"),
        "Date|Test Date|Date of Test|Assessment Date|Date of Assessment|Date Taken|Date Tested"
        "|Result Date|Date Completed|Completed|Completion Date|Taken On|Sat On|Date Sat|Day",
        date=True,
    ),
    Field(
        "test",
        mark("Name of the test"),
        "Test|Assessment|Test Name|Assessment Name|Name of Test|Aspect|Aspect Name|Assessment Title"
        "|Test Title|Resultset|Result Set|Exam|Assessment Type|Test Type|Product",
    ),
    Field(
        "area",
        mark("Subject or area"),
        "Subject|Area|Strand|Battery|Domain|Component|Scale Name|Sub Test|Subtest|Paper"
        "|Area of Learning|Learning Area|Curriculum Area",
    ),
    Field("assessed_by", mark("Who assessed"), "Assessed By|Assessor|Marked By|Tested By|Teacher"),
    Field(
        "kind",
        mark("Kind of score"),
        "Result Type|Score Type|Kind of Score|Measure|Type of Score|Gradeset|Grade Set|Marksheet",
    ),
    Field(
        "result_standardised",
        mark("Results: standardised score"),
        "Standardised Score|Standard Score|Standardised|SS|SAS|Std Score|Standard Age Score"
        "|Standardized Score|Age Standardised Score",
        repeated=True,
        missing=mark("This file has no column with results."),
    ),
    Field(
        "result_age",
        mark("Results: age"),
        "Reading Age|Spelling Age|Test Age|Age Equivalent|Equivalent Age|RA|Attainment Age"
        "|Comprehension Age|Maths Age|Mathematics Age|Vocabulary Age",
        repeated=True,
    ),
    Field(
        "result_scaled",
        mark("Results: scaled score"),
        "Scaled Score|Scaled|Scale Score|SATs Scaled Score",
        repeated=True,
    ),
    Field(
        "result_percentile",
        mark("Results: percentile"),
        "Percentile|Percentile Rank|PR|NPR|National Percentile Rank|Centile",
        repeated=True,
    ),
    Field(
        "result_phonics",
        mark("Results: phonics mark"),
        "Phonics Mark|Phonics Score|Phonics|Phonics Screening|Phonics Screening Check"
        "|Phonics Check|Phonics Screening Mark|PSC|PSC Mark|Phonics Screening Check Mark",
        repeated=True,
    ),
    Field(
        "result_raw",
        mark("Results: raw mark"),
        "Raw Score|Raw Mark|Mark|Marks|Raw|Total Mark|Total Score",
        repeated=True,
    ),
    Field(
        "result_wellbeing",
        mark("Results: well-being, 1 to 5"),
        "Wellbeing|Well Being|Leuven Wellbeing|Wellbeing Score|Wellbeing Level",
        repeated=True,
    ),
    Field(
        "result_involvement",
        mark("Results: involvement, 1 to 5"),
        "Involvement|Leuven Involvement|Involvement Score|Involvement Level|Engagement Leuven",
        repeated=True,
    ),
    Field(
        "result_scale",
        mark("Results: band or words"),
        "Result|Grade|Band|Level|Judgement|Teacher Judgement|Teacher Assessment|TA|Outcome|Score"
        "|Attainment|Value|Stage|Teacher Assessed Grade|Working At",
        repeated=True,
    ),
)
#: a heading that is nothing but the name of a measure says how and not what: with a column that
#: names the test it is fine, without one the heading still is all that there is
BARE = {
    squeezed(name): field.code
    for field in FIELDS
    if field.code in MEASURES
    for name in field.headings.split("|")
}

_SUBJECTS = (
    "reading|spelling|writing|maths?|mathematics|arithmetic|numeracy|grammar|gps|spag|vocab"
    "|vocabulary|comprehension|science|english|phonics|verbal|nonverbal|quantitative|quant|spatial"
    "|literacy|language|bpvs|wrat|yarc|ngrt|ngst|ptm|pte|pts|pira|puma|gaps|cats?4?|single ?word"
    "|accuracy|rate|fluency|total|overall|mean|receptive|expressive|memory|reasoning|handwriting"
).replace(" ?", "")
_SCORED = rf".*(?:{_SUBJECTS})\d*"
#: a heading that is the name of a subject and nothing else holds a judgement in the school's words
_JUDGED = re.compile(
    r"(?:reading|writing|maths?|mathematics|science|english|literacy|numeracy)"
    r"(?:ta|teacherassessment|judgement|level|grade|band|attainment)?"
)
#: what a heading of a wide table says by its words, squeezed, the surest first
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "result_phonics",
        re.compile(
            r"(?:y(?:ea)?r?[12])?(?:phonics|psc)(?:screening)?(?:check)?(?:resit|retake)?"
            r"(?:mark|score|result|outof40)?(?:y(?:ea)?r?[12])?"
        ),
    ),
    (
        "result_age",
        re.compile(
            rf"{_SCORED}age(?:equivalent)?(?:ym|months|inmonths)?|.+(?:testage|ageequivalent)"
        ),
    ),
    ("result_percentile", re.compile(r".+(?:percentile|percentilerank|npr|centile)")),
    (
        "result_scaled",
        re.compile(r".+scaled(?:score)?|ks[12].+(?:ss|score)|.+satsscore"),
    ),
    (
        "result_standardised",
        re.compile(
            rf".+standardi[sz]ed(?:score)?|.+standardscore|{_SCORED}(?:ss|sas)|.+sas"
            r"|cat4?(?:verbal|nonverbal|quantitative|quant|spatial|mean|overall).*"
        ),
    ),
    ("result_raw", re.compile(r".+(?:rawscore|rawmark)")),
    ("result_wellbeing", re.compile(r"(?:leuven)?wellbeing(?:score|level)?")),
    ("result_involvement", re.compile(r"(?:leuven)?involvement(?:score|level)?")),
    ("result_scale", _JUDGED),
)
_LONGEST_CLAIM = 80
_SURE = 50

_MONTH = "|".join(f"{name}|{name[:3]}" for name in MONTHS[1:]) + "|Sept"
_MONTH_YEAR = re.compile(rf"\b({_MONTH})[ /.,-]*(20\d\d|\d\d)\b", re.I | re.A)
_DAY = re.compile(
    rf"\b(\d{{1,2}}[./-]\d{{1,2}}[./-](?:20)?\d\d|20\d\d-\d\d-\d\d"
    rf"|\d{{1,2}}(?:st|nd|rd|th)? (?:{_MONTH}),? (?:20)?\d\d)\b",
    re.I | re.A,
)


def claims(heading: str) -> Claim | None:
    """Say which measure a heading of a wide table promises, by its words.

    Args:
        heading: squeezed, as `Fields` gives it.
    """
    if len(heading) > _LONGEST_CLAIM:
        return None
    bare = _without_day(heading)
    for place, (code, pattern) in enumerate(_PATTERNS):
        if pattern.fullmatch(bare):
            return _SURE + place, code
    return None


_SQUEEZED_DAY = re.compile(
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?)?(?:{_MONTH})(?:20\d\d|\d\d)?$"
    r"|(?:aut(?:umn)?|spr(?:ing)?|sum(?:mer)?)(?:term)?[12]?(?:20\d\d|\d\d){0,2}$"
    r"|(?:\d{6}|\d{8}|20\d\d|20\d{4})$",
    re.I | re.A,
)


def _without_day(heading: str) -> str:
    """A squeezed heading without the day, month or term at its end."""
    return _SQUEEZED_DAY.sub("", heading) or heading


def day_in(heading: str) -> date | None:
    """The day that a heading names: "Reading Age 12/09/2026"; of a month its first day."""
    text = tidy(heading)
    if found := _DAY.search(text):
        try:
            return read_date(found[1])
        except Unreadable:
            return None
    if found := _MONTH_YEAR.search(text):
        try:
            return read_date(f"1 {found[1]} {found[2]}")
        except Unreadable:
            return None
    return None


def named_in(heading: str) -> str:
    """The name of the test in a heading: without the day that it also names."""
    text = tidy(heading)
    for pattern in (_DAY, _MONTH_YEAR):
        found = pattern.search(text)
        if found:
            text = f"{text[: found.start()]} {text[found.end() :]}"
            break
    bare = " ".join(text.split()).strip(" ,;:-–()[]/")
    return bare or tidy(heading)
