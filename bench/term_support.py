"""What is given, logged and counted: the SENCO, an assistant and the business manager."""

import re

from bench.term_people import PEOPLE, Cast, Player
from bench.term_pupils import GIVEN, GROUP, Pupil


def gives(senco: Player) -> None:
    """Give two pupils something with its day, its hour and who runs it."""
    for one, at in zip(GIVEN, ("14:10", "14:40"), strict=True):
        with senco.doing("SENCO: give a pupil something, with its hours", one.first):
            gives_at(senco, one, at)


def gives_at(senco: Player, one: Pupil, at: str) -> None:
    """Give one pupil something each Wednesday, from an hour on."""
    senco.goes_to("Provision")
    senco.opens(GROUP)
    senco.opens("Give this to pupils")
    senco.ticks(re.compile(one.listed))
    senco.types("Times a week", "1")
    senco.types("Minutes each time", "20")
    senco.picks("Who delivers it?", PEOPLE["val"])
    senco.day("Last day", "24", "3", "2027")
    senco.ticks("Wednesday")
    senco.types("From what time?", at)
    senco.presses(re.compile("^Give this to all"))
    senco.sees(GROUP, one.first)


def logs(cast: Cast) -> None:
    """An assistant logs on Now: all here, and one with something that was different."""
    val = cast["val"]
    for one in GIVEN[:1]:
        with val.doing("assistant: log a session on Now, all here", one.first):
            val.opens(re.compile(f"{GROUP}.*{one.first}", re.S))
            val.presses(re.compile("^All done"))
            val.sees("Saved. 1 of 1 here")
    for one in GIVEN[1:]:
        with val.doing("assistant: log a session on Now, one away", one.first):
            val.opens(re.compile(f"{GROUP}.*{one.first}", re.S))
            val.ticks("Away")
            val.presses(re.compile("^All done"))
            val.sees("Saved. Nobody was here")


def logs_again(cast: Cast) -> None:
    """Weeks later the one who was away has it made up; a tap that was wrong is put right."""
    val, ada, ben = cast["val"], GIVEN[0], GIVEN[1]
    with val.doing("assistant: log a session on Now that makes one up", ben.first):
        val.opens(re.compile(f"{GROUP}.*{ben.first}", re.S))
        val.ticks(re.compile("27 Jan"))
        val.presses(re.compile("^All done"))
        val.sees("Makes up Wed 27 Jan")
    with val.doing("assistant: put right what was logged", ada.first):
        val.opens(re.compile(f"{GROUP}.*{ada.first}", re.S))
        val.presses(re.compile("^All done"))
        val.opens("Change what I have saved")
        val.ticks("Chose not to")
        val.presses("Save what is different")
        val.sees("Chose not to")


def counts_money(moira: Player) -> None:
    """The business manager enters what an hour costs and looks at what it comes to."""
    with moira.doing("business manager: enter what an hour costs"):
        moira.goes_to("Provision")
        moira.opens("What it costs")
        moira.opens("What an hour costs")
        moira.picks("Kind of post", "assistant")
        moira.types("Pounds an hour", "16.20")
        moira.presses(re.compile("^(Enter|Keep)"))
        moira.sees("£16.20")
    with moira.doing("business manager: see who is over the threshold"):
        moira.goes_to("Provision")
        moira.opens("What it costs")
        moira.picks("Show", "[Oo]ver")
        moira.presses("Apply")
        moira.sees("Tattersley, Leo")
    with moira.doing("business manager: see what it would save to end something"):
        moira.goes_to("Provision")
        moira.opens("What it costs")
        moira.opens("What if we changed what we give?")
        moira.picks("Which provision?", GROUP)
        moira.picks("What becomes of it?", "ends")
        moira.presses("Count them")
        moira.sees("More than now", "\N{MINUS SIGN}£")
