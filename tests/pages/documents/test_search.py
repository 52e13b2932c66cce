"""Papers are found by the words in them, by those who may open them and by nobody else."""

import re

import pytest
from django.core.management import call_command
from django.urls import reverse

from opensenco.audit.models import Opening
from opensenco.documents import jobs, reading, searching
from opensenco.documents.asking import Asked, forms
from opensenco.documents.files.opening import Inside as Read
from opensenco.documents.models import Document, PaperText, StoredFile
from opensenco.documents.operations.putting_right import correct_document
from opensenco.documents.operations.reading import record_words
from opensenco.documents.searching import around, asked_for, key_of, said_of, tokens
from opensenco.documents.states import INSIDES, Inside
from opensenco.people.models import Pupil
from tests.client import signed_in
from tests.documents import samples
from tests.pages.documents.test_cabinet import about, hidden, text_of, upload
from tests.people import acting_as
from tests.support.asking import asks

SAYS = (
    "Advice of the physiotherapist: &lt;script&gt;alert(1)&lt;/script&gt; hydrotherapy on Tuesdays."
)


def read_all() -> None:
    """Let the worker read what waits, in the name of the SENCO."""
    with acting_as("senco", write=False) as actor:
        who = actor.person.pk, actor.hat.key
    jobs.read_waiting.func(*who)


def found(key: str, words: str, where: str = "") -> str:
    """Give what a person is shown for words, without tags; marks stay."""
    address = where or reverse("documents:search")
    page = signed_in(key).post(address, {"q": words}, follow=True)
    assert page.request["QUERY_STRING"] == ""
    main = page.text.partition("</form>\n<div")[2] or page.text.partition("<h1")[2]
    return text_of(re.sub(r"</?mark>", "*", main))


@pytest.fixture
def filed(db):
    """File papers of all three levels that say the same, one that is broken, and one elsewhere."""
    there = about()
    senco = signed_in("senco")
    senco.post(
        there["file"], {"papers": upload(("A.docx", samples.docx(SAYS))), "level": "ordinary"}
    )
    closed = samples.docx("Hydrotherapy: the clinic's report")
    senco.post(there["file"], {"papers": upload(("B.docx", closed)), "level": "confidential"})
    broken = samples.docx("</w:nothing>")
    senco.post(there["file"], {"papers": upload(("Broken.docx", broken))})
    signed_in("ta").post(there["hand_in"], {"papers": upload(("C.txt", b"hydrotherapy, said she"))})
    read_all()
    return there


@pytest.mark.requirement("S4-33")
def test_words_are_found_by_who_may_open_the_paper_and_no_other_hears_of_it(filed):
    told = found("senco", "HYDRO tuesday")
    assert "1 paper A" in told
    assert "of the physiotherapist: <script>alert(1)</script> *hydrotherapy* on *Tuesdays.*" in (
        told.replace("&lt;", "<").replace("&gt;", ">")
    )
    assert "<script>alert" not in signed_in("senco").post(
        reverse("documents:search"), {"q": "hydro"}, follow=True
    ).text  # fmt: skip
    assert "2 papers B confidential" in found("senco", "hydrotherapy")
    assert "1 paper A" in found("teacher", "hydrotherapy")
    lead = found("dsl", "hydrotherapy")
    assert "C safeguarding" in lead
    assert "clinic" not in lead
    for key in ("other_teacher", "outside_teacher"):
        told = found(key, "hydrotherapy")
        assert "No paper that you may open says all of these words" in told
        assert "hydro" not in told
    assert "No paper" in found("senco", "%' OR 1=1")
    assert "No paper" in found("senco", '"hydro" NOT x')
    assert "No paper" in found("senco", "!!")
    with acting_as("senco", write=False):
        assert Opening.objects.filter(kind="search", wanted="HYDRO tuesday", count=1).exists()


def test_a_paper_is_found_by_its_title_while_it_waits_and_where_it_cannot_be_read(filed):
    with acting_as("senco", write=False):
        states = dict(PaperText.objects.values_list("document__title", "state"))
        broken = Document.objects.get(title="Broken")
    assert (states["A"], states["Broken"]) == (Inside.READ, Inside.BROKEN)
    assert "1 paper Broken" in found("senco", "broken")
    page = signed_in("senco").get(reverse("documents:show", args=[broken.ref])).text
    assert "Its text could not be read" in page
    with acting_as("senco", write=False):
        idris = Pupil.objects.get(first_name="Idris")
    where = reverse("documents:search_in", args=[idris.ref])
    senco = signed_in("senco")
    senco.post(filed["file"], {"papers": upload(("Letter home.txt", b"about swimming"))})
    told = found("senco", "letter", where)
    assert "1 paper Letter home" in told
    assert "1 paper is not read yet" in told
    assert "swimming" not in told
    read_all()
    assert "about *swimming*" in found("senco", "swimming", where)


def test_what_is_said_anew_filed_anew_or_closed_is_found_so_from_then_on(filed):
    senco = signed_in("senco")
    with acting_as("senco", write=False):
        paper = reverse("documents:show", args=[Document.objects.get(title="A").ref])
    newer = {"file": upload(("A2.txt", b"Swimming has ended."))[0]}
    senco.post(f"{paper}version/", newer)
    assert "No paper" in found("teacher", "hydrotherapy")
    read_all()
    assert "*Swimming* has ended" in found("teacher", "swimming")
    sent = hidden(senco.get(f"{paper}details/").text)
    sent |= {"title": "Pool", "kind": "letter", "level": "confidential"}
    senco.post(f"{paper}details/", sent)
    assert "No paper" in found("teacher", "swimming")
    assert "1 paper Pool" in found("senco", "pool ended")
    sent = {"version": "2", "reason": "Of another child"}
    senco.post(f"{paper}error/", sent)
    assert "No paper" in found("senco", "pool")


def test_more_papers_ask_the_database_no_more(filed):
    senco = signed_in("senco")
    many = [(f"Log {n}.txt", b"Reading at home, evening %d" % n) for n in range(23)]
    senco.post(filed["file"], {"papers": upload(*many)}, follow=True)
    read_all()
    where = reverse("documents:search")
    senco.post(where, {"q": "evening"})
    with asks(10):
        page = senco.get(where).text
    assert "Showing 1 to 20 of 23" in page
    assert "Showing 21 to 23 of 23" in senco.get(where, {"page": "2"}).text
    senco.post(where, {"q": "evening 7"})
    with asks(10):
        assert "1 paper" in senco.get(where).text


@pytest.mark.django_db
@pytest.mark.worker
def test_the_command_reads_what_was_filed_before(capsys):
    call_command("read")
    told = capsys.readouterr().out
    assert "not opened         0" in told
    call_command("read")
    assert "read               0" in capsys.readouterr().out
    with acting_as("senco", write=False):
        assert "Cole" in PaperText.objects.get(document__title="IEP Spring 2026").words


@pytest.mark.django_db
@pytest.mark.parametrize("before", Inside)
def test_only_what_waits_is_written_down_and_nothing_that_no_page_takes(before):
    with acting_as("senco") as actor:
        file = StoredFile.objects.order_by("id").first()
        assert file is not None
        text = PaperText.objects.get(version__file=file)
        text.state = before
        text.save(update_fields=["state"])
        waits = [pk for pk, *_rest in reading.waiting(actor.hat.orgs)]
        assert (file.pk in waits) == (before == Inside.WAITS)
        record_words(actor=actor, stored_file=file, read=Read(True, "New\x00 words\ud800\uffff\n."))
        text.refresh_from_db()
        assert (text.words == "New words .") == (before == Inside.WAITS)
        assert text.state == before or Inside(text.state) in INSIDES[before]


def test_a_word_is_the_same_to_both_databases():
    assert tokens("Zoë's  health-care plan, O’Brien (2026)") == [
        "zoes", "health", "care", "plan", "obrien", "2026",
    ]  # fmt: skip
    assert key_of("b a", "A c") == "a b c"
    pieces, cut = around("one two three", Asked(("thr",)))
    assert ([one.text for one in pieces if one.hit], cut) == (["three"], False)
    assert around("one two", Asked(("x",))) == ([], False)
    assert around(" ".join(["x"] * 40 + ["here"]), Asked(("here",)))[1]


def test_a_word_has_its_forms_and_a_phrase_its_order():
    for word, finds, leaves in (
        ("therapies", {"therapy", "therapist", "therapists"}, {"therapeutic"}),
        ("assessing", {"assessment", "assessed", "assess"}, {"asses"}),
        ("planning", {"plan", "plans", "planned"}, {"plane"}),
        ("reviewed", {"review", "reviews", "reviewing"}, {"revise"}),
        ("stopped", {"stop", "stops", "stopping"}, {"stoop"}),
        ("needs", {"need", "needed"}, {"needle"}),
        ("caring", {"care", "cared"}, {"car"}),
    ):
        assert finds <= forms(word), word
        assert not leaves & forms(word), word
    assert forms("sen") == forms("2026") == forms("\u65e5\u672c") == frozenset()
    assert asked_for('“Speech and  LANGUAGE” needs "x" "') == Asked(
        ("needs",), (("speech", "and", "language"), ("x",))
    )
    assert not asked_for('"" \'')
    assert said_of("A plan", "B c") == " a plan | b c | "
    pieces, _cut = around("and speech, and Language and", asked_for('"speech and language"'))
    assert [one.text for one in pieces if one.hit] == ["speech, and Language"]


def test_phrases_and_other_forms_are_found_alike_on_both_databases(filed):
    senco = signed_in("senco")
    for name, text in (
        ("one.txt", b"Speech and language therapists assessed her in October."),
        ("two.txt", b"Language and speech: an assessment is planned."),
    ):
        senco.post(filed["file"], {"papers": upload((name, text))})
    read_all()

    def titles(words: str) -> list[str]:
        with acting_as("senco", write=False) as actor:
            return sorted(row.title for row in searching.found(actor, words))

    assert titles('"speech and language"') == ["one"]
    assert titles('"Language and speech"') == ["two"]
    assert titles('"peech and languag"') == [], "whole words"
    assert titles('"two language"') == [], "a title and its paper are no phrase"
    assert titles("language speech") == ["one", "two"]
    assert titles("assessing") == titles("assessments") == ["one", "two"]
    assert titles("planning speech") == ["two"]
    assert titles('therapy "in october"') == ["one"]
    shown = found("senco", '"speech and language"')
    assert "*Speech and language* therapists" in shown
    # said anew: the title is found as a phrase too
    with acting_as("senco") as actor:
        row = Document.objects.get(title="two")
        said = {name: getattr(row, name) for name in
                ("kind", "dated", "dated_as", "came_from", "author_role", "level")}  # fmt: skip
        correct_document(actor=actor, document=row, version=None, title="Summer visit", **said)
    assert titles('"summer visit"') == ["Summer visit"]
