"""The same people in every test: two schools, one authority, and everybody's rights in them.

Larkrise is ours. Outside is a school of another authority: nobody there may learn anything of us.
The day is always Wednesday 10 March 2027.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

TODAY = date(2027, 3, 10)
NOW = datetime(2027, 3, 10, 9, 30, tzinfo=UTC)
PASSWORD = "a-long-made-up-password"
LONG_AGO = TODAY - timedelta(days=400)
YESTERDAY = TODAY - timedelta(days=1)


@dataclass(frozen=True)
class Player:
    """One person of the cast: how tests call them, their role, and where."""

    key: str
    first_name: str
    last_name: str
    role: str
    place: str = "larkrise"
    part: str = ""
    starts: date = LONG_AGO
    ends: date | None = None

    @property
    def email(self) -> str:
        """The address they sign in with."""
        return f"{self.key}@{self.place}.example"


CAST: tuple[Player, ...] = (
    Player("senco", "Amara", "Okafor", "SENCO"),
    Player("head", "David", "Whitcombe", "HEAD"),
    Player("teacher", "Priya", "Raman", "TEACHER"),
    Player("other_teacher", "Owen", "Sharp", "TEACHER"),
    Player("ta", "Jo", "Birkett", "TA"),
    Player("admin", "Kath", "Morton", "SEN_ADMIN"),
    Player("governor", "Colin", "Basing", "GOVERNOR"),
    Player("dsl", "Desmond", "Raven", "DSL"),
    Player("phase_senco", "Dilys", "Corring", "SENCO_PHASE", part="upper"),
    Player("expired", "Ellen", "Gone", "SENCO", ends=YESTERDAY),
    Player("future", "Farah", "Soon", "SENCO", starts=TODAY + timedelta(days=7)),
    Player("parent", "Leila", "Hassan", "PARENT"),
    Player("barred", "Tony", "Vicker", "PARENT"),
    Player("professional", "Hannah", "Clegg", "PROFESSIONAL"),
    Player("past_professional", "Ruth", "Adeyemi", "PROFESSIONAL", ends=YESTERDAY),
    Player("shared_senco", "Marek", "Zielin", "SENCO_SHARED", place="mill"),
    Player("outsider", "Olga", "Farman", "SENCO", place="outside"),
    Player("outside_teacher", "Oscar", "Strand", "TEACHER", place="outside"),
    Player("family", "Bernadette", "Quill", "FAMILY_SENCO", place="family"),
    Player("district", "Iain", "Sorley", "DISTRICT_SENCO", place="district"),
    Player("officer", "Moira", "Tennant", "SEN_OFFICER", place="authority"),
    Player("authority", "Gareth", "Lyle", "PLAN_COORDINATOR", place="authority"),
)
BY_KEY = {player.key: player for player in CAST}

#: what signed-in people outside Larkrise get on any row of Larkrise's
STRANGERS = ("shared_senco", "outsider", "outside_teacher", "family", "district", "authority")
#: people whose rights have ended, not begun or been taken away
WITHOUT_A_ROLE = ("expired", "future", "past_professional", "barred")
