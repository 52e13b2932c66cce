"""What is done in the term, day by day, and what the record has to say at its end."""

import re
from collections.abc import Callable

from bench.term_people import PEOPLE, Cast, Player
from bench.term_pupils import BY_FIRST, PLANNED, SUPPORT, TABLE, Pupil
from bench.term_support import counts_money, gives, logs, logs_again

SOON, LATER = "8/2/2027", "12/3/2027"


def first_day(cast: Cast) -> None:
    """The administrator brings the twelve in; their teachers are worried, each in their own way."""
    admin = cast["admin"]
    rows = ["Forename,Surname,DOB,Gender,Year,Class"]
    for number, one in enumerate(TABLE, start=1):
        year, born = ("2", 2020) if one.group == "2H" else ("4", 2018)
        rows.append(f"{one.first},{one.last},{number:02}/03/{born},F,{year},{one.group}")
    with admin.doing("administrator: bring a list of pupils in"):
        admin.goes_to("Our place|School|Set up|Import")
        admin.opens("Import lists")
        admin.now.fields[-1] += 1
        file = {"name": "joiners.csv", "mimeType": "text/csv", "buffer": "\n".join(rows).encode()}
        admin.page.get_by_label("Lists (Excel or CSV)").set_input_files(file)  # type: ignore[arg-type]
        admin.presses("Read the lists and show me")
        admin.presses(re.compile(r"^(Add|Change|Put|Enter|Make|Take) "))
        for _look in range(40):
            if admin.page.get_by_role("heading", name="Applied", exact=True).is_visible():
                break
            admin.page.wait_for_timeout(500)
            admin.page.reload()
        admin.sees("Applied")
    for one in TABLE:
        teacher = cast[one.teacher]
        with teacher.doing("teacher: record a concern", one.first):
            teacher.opens("Record a concern")
            teacher.opens(one.listed)
            teacher.types("What have you noticed?", f"{one.first} loses the thread after a minute.")
            teacher.types("Where and when", "In whole-class talk, most mornings.")
            teacher.types("What have you tried", "A seat at the front and a card with three steps.")
            teacher.types("What do the child", f"{one.first} says: it goes too fast.")
            teacher.presses("Record this concern")
            teacher.sees("loses the thread")


def opens_concern(person: Player, one: Pupil) -> None:
    """Go to the concerns, and open this pupil's."""
    person.goes_to("Concerns")
    person.opens(one.listed)


def decide(senco: Player, one: Pupil, answer: str) -> None:
    """Decide of a concern, and tell whoever raised it."""
    opens_concern(senco, one)
    senco.opens("Decide what happens")
    senco.ticks(answer)
    if answer in ("Watch and look again", "A short intervention"):
        senco.types("Look again on", SOON)
    if answer == "No action now":
        senco.types("Why?", "The same in every lesson before lunch: breakfast club starts.")
    told = f"What {PEOPLE[one.teacher]} is told"
    senco.types(told, "Thank you. I have read it, and you hear from me on Friday.")
    senco.presses(re.compile("^Decide this"))


def second_day(cast: Cast) -> None:
    """The SENCO decides of each concern, and asks all who teach two of them."""
    senco = cast["senco"]
    for one in TABLE:
        with senco.doing("SENCO: decide of a concern", one.first):
            decide(senco, one, one.decided)
    for one in (BY_FIRST["Ada"], BY_FIRST["Gia"]):
        with senco.doing("SENCO: ask everybody who works with a pupil", one.first):
            opens_concern(senco, one)
            senco.opens("Ask people because of this")
            senco.presses("Ask them")


def third_day(cast: Cast) -> None:
    """Teachers answer and try things; SENCO and families begin support."""
    for who, one in (("joel", BY_FIRST["Ada"]), ("rob", BY_FIRST["Gia"])):
        with cast[who].doing("teacher: answer what one was asked", one.first):
            answer_round(cast[who], one)
    for name in ("Cleo", "Dev", "Jon"):
        one = BY_FIRST[name]
        teacher = cast[one.teacher]
        with teacher.doing("teacher: say what is tried in class", name):
            opens_concern(teacher, one)
            teacher.opens("Say what you will try")
            teacher.types("What will you try?", "Three steps on a card; say the first one back.")
            teacher.presses("Keep it in class and try this")
    senco = cast["senco"]
    for one in PLANNED:
        support(senco, one)
        plan(senco, one)
    gives(senco)


def answer_round(person: Player, one: Pupil) -> None:
    """Fill each box of what one was asked."""
    person.opens(re.compile(rf"{one.first} {one.last}"))
    for box in person.page.get_by_role("main").locator("textarea:visible").all():
        person.now.fields[-1] += 1
        box.fill(f"{one.first} works well in a group of three, and drifts in a large one.")
    for group in person.page.get_by_role("main").get_by_role("group").all():
        choices = group.get_by_role("radio")
        if choices.count():
            person.now.clicks[-1] += 1
            choices.first.check(force=True)
    person.presses(re.compile("^(Send|Answer)"))


def support(senco: Player, one: Pupil) -> None:
    """Write what the pupil says, record SEN support, prove that the parents know, rank a need."""
    with senco.doing("SENCO: write down what the pupil says", one.first):
        senco.finds(one.last)
        senco.opens("Write down what they say")
        senco.types("In my own words", "I like it when I can see what comes next.")
        senco.types("What helps me", "A card with the steps")
        senco.presses(re.compile("^Save this page"))
    with senco.doing("SENCO: record SEN support and that the parents were told", one.first):
        senco.finds(one.last)
        senco.opens("SEN status and needs")
        senco.opens("Change the status")
        senco.ticks("SEN support")
        senco.ticks("The gap to others stays or grows")
        senco.types("Why did you decide this?", "A term of good teaching, and the gap grows.")
        senco.day("When were the parents told?", "20", "1", "2027")
        senco.now.fields[-1] += 1
        senco.picks("How were they told?", "meeting")
        senco.types("What were they told?", "What we do from now on, and why.")
        senco.presses("Record this decision")
    with senco.doing("SENCO: rank the needs", one.first):
        senco.finds(one.last)
        senco.opens("SEN status and needs")
        senco.opens("Rank the needs")
        senco.picks("Main need", "[Ss]peech")
        senco.presses("Save this ranking")


def plan(senco: Player, one: Pupil) -> None:
    """Start a plan from the concern, write an outcome, read what the checker says, and agree."""
    with senco.doing("SENCO: a plan from the concern to its agreement", one.first):
        opens_concern(senco, one)
        senco.opens(re.compile("^Start a plan|^Start .* from this"))
        senco.presses(re.compile("^Start "))
        part = senco.page.get_by_role("region", name="Outcome 1", exact=True)
        for label, words in (
            (f"What {one.first} will be able to do", f"{one.first} will try to do better."),
            ("Begins at", "1 of 5 instructions"), ("Aim", "4 of 5 instructions"),
            ("By", LATER), ("Measured by", "Ten instructions counted every second Friday"),
        ):  # fmt: skip
            senco.now.fields[-1] += 1
            senco.field(label, part).fill(words)
        senco.presses(re.compile("^Save$"))
        remarks = senco.page.get_by_role("main").inner_text()
        assert "try to" in remarks, "the checker says nothing of “will try to do better”"  # noqa: S101
        senco.field(f"What {one.first} will be able to do", part).fill(
            f"{one.first} follows an instruction with two steps without a reminder."
        )
        senco.now.fields[-1] += 1
        senco.types("Review on or before", "24/3/2027")
        senco.types("Who agreed, and how", f"{one.first} and both parents, at a meeting")
        senco.presses("Agree and lock")
        senco.sees("Agreed")


def fourth_day(cast: Cast) -> None:
    """Everybody who teaches them reads; a teacher passes one on; the head looks; a pack goes."""
    for who in ("joel", "rob"):
        for one in PLANNED:
            if one.teacher == who:
                with cast[who].doing("teacher: read what helps, and say so", one.first):
                    cast[who].opens(f"{one.first} {one.last}")
                    cast[who].presses(re.compile("^I have read|^Say that you have read"))
    joel, senco = cast["joel"], cast["senco"]
    dev, lou = BY_FIRST["Dev"], BY_FIRST["Lou"]
    with joel.doing("teacher: pass a concern on", "Dev"):
        opens_concern(joel, dev)
        joel.opens("Pass it on")
        joel.types("Why do you pass it on?", "Three weeks with the card, and no change.")
        joel.presses(re.compile("^Pass"))
    with senco.doing("SENCO: decide of what was passed on", "Dev"):
        decide(senco, dev, SUPPORT)
    support(senco, dev)
    admin = cast["admin"]
    with admin.doing("administrator: put a pack together", "Lou"):
        admin.finds(lou.last)
        admin.opens("Put a pack together")
        admin.ticks("We ask for an EHC needs assessment")
        admin.picks("Who gets it?", "Council")
        admin.presses("Put it together")
    with senco.doing("SENCO: choose the parts of a pack, read and send it", "Lou"):
        senco.finds(lou.last)
        senco.opens(re.compile("^Choose the parts of a pack"))
        senco.has_heading(re.compile("^Read this before"))
        senco.opens("Choose the parts")
        senco.presses("Copy these parts")
        senco.presses(re.compile("^Send to"))
        senco.sees("Nobody has opened it yet")
    with admin.doing("administrator: see what became of it", "Lou"):
        admin.opens("What became of our packs")
        admin.opens("All")
        admin.sees("Thornibank, Lou", "Sent, not opened yet")
    logs(cast)
    with cast["head"].doing("head: see who is new on the register"):
        cast["head"].goes_to("Register")
        cast["head"].sees("Marlowend, Ada", "Westmoorby, Gia")


def fifth_day(cast: Cast) -> None:
    """What was tried and watched is settled."""
    for name, who in (("Cleo", "joel"), ("Eve", "joel")):
        with cast[who].doing("teacher: say how it ended", name):
            opens_concern(cast[who], BY_FIRST[name])
            cast[who].opens("Say how it ended")
            cast[who].types("How did it end?", "With the card it works: eight weeks in a row.")
            cast[who].presses(re.compile("^(Settle|End|Say|Close)"))

    counts_money(cast["moira"])


def last_day(cast: Cast) -> None:
    """Reviews are held, the next cycles begin, and a class is handed over."""
    senco = cast["senco"]
    for one in PLANNED:
        teacher = cast[one.teacher]
        with teacher.doing("teacher: write one's part of a review", one.first):
            teacher.opens(re.compile(rf"{one.first} {one.last}"))
            teacher.types("Teacher", "Three in five now, with the card beside it.")
            teacher.presses("Save so far")
        with senco.doing("SENCO: hold a review and start the next cycle", one.first):
            senco.finds(one.last)
            senco.opens(re.compile("^Open "))
            senco.ticks(re.compile("^2"))
            senco.types(f"Where is {one.first} now", "3 of 5 instructions")
            senco.now.fields[-1] += 1
            senco.field(one.first).fill("I know what comes next.")
            senco.types("Parents or carers", "He tells us at home what he did first.")
            senco.presses("Finish the review")
            senco.opens("Start the next cycle")
            senco.presses("Start the next cycle")
            senco.sees("cycle 2")
    logs_again(cast)
    with senco.doing("SENCO: begin a hand-over and give it"):
        senco.opens("Hand-overs")
        senco.opens("Begin a hand-over")
        senco.ticks("To the next class")
        senco.picks("Which pupils?", "2H")
        senco.picks("Who hands over?", "Joel")
        senco.picks("Who takes over?", "Anjali")
        senco.types("What the next one has to know", "Ada rings the bell; Ben does the plants.")
        senco.presses("Gather what is handed over")
        senco.sees("Ada Marlowend")
        senco.opens("Give it")
        senco.presses(re.compile("^Give it"))
        senco.sees("Given")
    with cast["anjali"].doing("teacher: take a hand-over over"):
        cast["anjali"].opens(re.compile("hands over to you"))
        cast["anjali"].sees("Ada Marlowend", "cycle 2")
        cast["anjali"].opens("I have read this and take over")
        cast["anjali"].presses("Take over")


def as_it_stands(cast: Cast) -> tuple[str, list[str]]:
    """Give the register and the concerns, as their files say them."""
    asked = cast["senco"].page.request
    register = asked.get("/register/?file=csv").text().lstrip("\ufeff")
    views = ("open", "settled", "yours")
    concerns = [asked.get(f"/concerns/?view={one}&file=csv").text() for one in views]
    return register, [one.lstrip("\ufeff") for one in concerns]


TERM: tuple[Callable[[Cast], None], ...] = (
    first_day, second_day, third_day, fourth_day, fifth_day, last_day,
)  # fmt: skip
