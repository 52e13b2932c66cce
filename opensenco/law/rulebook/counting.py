"""How days are counted (CAL)."""

from opensenco.kernel.words import mark
from opensenco.law.rule import Kind, Rule
from opensenco.law.strength import (
    BANKING_ACT,
    COUNTING,
    EDUCATION_ACT,
    SEND_REGULATIONS,
    THIS_HOUSE,
    Evidence,
    Provision,
    Strength,
)

_REGULATIONS = Provision(
    SEND_REGULATIONS,
    "as a whole: neither “week” nor “day” is defined",
    "https://www.legislation.gov.uk/uksi/2014/1530/part/1",
)
_HOUSE = Provision(THIS_HOUSE, "how days are counted")

CAL_01 = Rule(
    id="CAL-01",
    title=mark("Days are days in London"),
    kind=Kind.NOTE,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=_REGULATIONS,
    page="calendar",
    text=mark(
        "Every clock counts days on the calendar in Europe/London. Something due on a day is in "
        "time until the end of that day, and the change of the clocks moves nothing."
    ),
)
CAL_02 = Rule(
    id="CAL-02",
    title=mark("Within days or weeks of an event"),
    kind=Kind.CLOCK,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=_REGULATIONS,
    page="calendar",
    text=mark(
        "The day of the event is not counted, the last day is. Days and weeks are calendar days "
        "and weeks unless the rule says working days or school days."
    ),
    unverified=mark(
        "Unverified: that the ordinary rule of counting applies where nothing is defined."
    ),
)
CAL_03 = Rule(
    id="CAL-03",
    title=mark("Days beginning with an event"),
    kind=Kind.CLOCK,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=_REGULATIONS,
    page="calendar",
    text=mark("The day of the event is day one, so the last day is one less than the number on."),
)
CAL_04 = Rule(
    id="CAL-04",
    title=mark("A period of months starting with a day"),
    kind=Kind.CLOCK,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=_REGULATIONS,
    page="calendar",
    text=mark("A period of twelve months ends on the day before the anniversary."),
)
CAL_05 = Rule(
    id="CAL-05",
    title=mark("Months by the calendar"),
    kind=Kind.CLOCK,
    strength=Strength.MUST,
    evidence=Evidence.SECONDARY,
    provision=Provision(COUNTING, "corresponding dates"),
    page="calendar",
    text=mark(
        "A month later is the same day of the next month, or that month's last day where it has "
        "no such day. For 29 February in other years we use 28 February for a day to act by."
    ),
    unverified=mark("Unverified: the anniversary of 29 February."),
)
CAL_06 = Rule(
    id="CAL-06",
    title=mark("Before a fixed date"),
    kind=Kind.CLOCK,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=Provision(
        SEND_REGULATIONS,
        "regulation 18",
        "https://legislation.gov.uk/uksi/2014/1530/part/2/crossheading/reviews-and-reassessments",
    ),
    page="calendar",
    text=mark("“Before” a date means that the day before it is the last lawful day."),
)
CAL_07 = Rule(
    id="CAL-07",
    title=mark("Dates do not move over weekends and holidays"),
    kind=Kind.CLOCK,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=_REGULATIONS,
    page="calendar",
    text=mark(
        "What a school or an authority has to do by a day stays due on that day, even on a "
        "weekend, a bank holiday or in the school holidays. Beside it we show the last working "
        "day on or before it, for convenience only."
    ),
)
CAL_08 = Rule(
    id="CAL-08",
    title=mark("Working day"),
    kind=Kind.TABLE,
    strength=Strength.MUST,
    evidence=Evidence.SECONDARY,
    provision=Provision(
        BANKING_ACT, "section 1 and Schedule 1", "https://www.gov.uk/bank-holidays"
    ),
    page="calendar",
    text=mark(
        "Monday to Friday, apart from Good Friday, Christmas Day and the bank holidays of "
        "England. The bank holidays are a table that is kept up, never worked out."
    ),
)
CAL_09 = Rule(
    id="CAL-09",
    title=mark("School day"),
    kind=Kind.TABLE,
    strength=Strength.MUST,
    evidence=Evidence.UNVERIFIED,
    provision=Provision(EDUCATION_ACT, "section 579"),
    page="calendar",
    text=mark(
        "A day on which that school is open to pupils. Weekends, holidays and staff training days "
        "are not. Where the school's calendar does not reach, nothing is computed."
    ),
)
CAL_10 = Rule(
    id="CAL-10",
    title=mark("Counting working days and school days"),
    kind=Kind.CLOCK,
    strength=Strength.MUST,
    evidence=Evidence.SECONDARY,
    provision=Provision(COUNTING, "days of a stated kind"),
    page="calendar",
    text=mark(
        "“Within” so many days leaves the day of the event out. “Beginning with” a day counts it "
        "as the first, if it is itself a day of that kind."
    ),
)
CAL_11 = Rule(
    id="CAL-11",
    title=mark("At least so many days before"),
    kind=Kind.CLOCK,
    strength=Strength.MUST,
    evidence=Evidence.UNVERIFIED,
    provision=Provision(COUNTING, "clear days"),
    page="calendar",
    text=mark(
        "Two weeks before a meeting is fourteen days before it at the latest. Such rules are often "
        "read as whole days in between, so the safe date is one day earlier."
    ),
    unverified=mark("Unverified: that whole days in between are needed."),
)
CAL_12 = Rule(
    id="CAL-12",
    title=mark("Written, sent and received"),
    kind=Kind.NOTE,
    strength=Strength.PRACTICE,
    evidence=Evidence.SECONDARY,
    provision=_HOUSE,
    page="calendar",
    text=mark(
        "A formal document has three dates: written, sent and received. Each clock names the one "
        "it runs from. Where only the date of the letter is known, it is used and said to be "
        "assumed."
    ),
)
CAL_13 = Rule(
    id="CAL-13",
    title=mark("Exceptions do not stretch a clock"),
    kind=Kind.NOTE,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=_REGULATIONS,
    page="calendar",
    text=mark(
        "An exception in the law lifts the duty to be in time; it gives no new date. The first "
        "date stays, the exception stands beside it, and the weeks go on being counted."
    ),
)
CAL_14 = Rule(
    id="CAL-14",
    title=mark("Academic year and terms"),
    kind=Kind.CLOCK,
    strength=Strength.PRACTICE,
    evidence=Evidence.SECONDARY,
    provision=_HOUSE,
    page="calendar",
    text=mark(
        "The academic year is 1 September to 31 August. Terms are the school's own, from its "
        "calendar."
    ),
)
CAL_15 = Rule(
    id="CAL-15",
    title=mark("Year group"),
    kind=Kind.CLOCK,
    strength=Strength.PRACTICE,
    evidence=Evidence.SECONDARY,
    provision=_HOUSE,
    page="calendar",
    text=mark(
        "A pupil's year is their age on 31 August before the school year, less four. A child "
        "taught in another year is in the year they are taught in."
    ),
)
CAL_16 = Rule(
    id="CAL-16",
    title=mark("Numbers have dates"),
    kind=Kind.NOTE,
    strength=Strength.PRACTICE,
    evidence=Evidence.SECONDARY,
    provision=_HOUSE,
    page="calendar",
    text=mark(
        "Amounts, days, code lists and forms are kept with the dates from and to which they hold. "
        "A change never rewrites what was."
    ),
)

RULES = (
    CAL_01, CAL_02, CAL_03, CAL_04, CAL_05, CAL_06, CAL_07, CAL_08,
    CAL_09, CAL_10, CAL_11, CAL_12, CAL_13, CAL_14, CAL_15, CAL_16,
)  # fmt: skip
