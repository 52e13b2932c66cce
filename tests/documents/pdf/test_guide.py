"""A page of words on paper says what its page says, tagged, and nothing of its menus."""

import datetime as dt

from opensenco.documents.pdf.guide import Grid, GuidePaper, Heading, Points, Terms, Words, guide_pdf
from opensenco.documents.pdf.reading_pages import page_in_words
from tests.documents.pdf.papers import Printed

PAGE = """<html><head><title>No</title></head><body><nav>Menu</nav><main>
<div class="os-head"><h1>How we  plan</h1><p class="os-lede">In a minute.</p>
<div class="os-acts"><a href="?file=pdf">Save as PDF</a></div></div>
<form><p>Search</p></form>
<p>One <b>bold</b> word.<br>A line. <a href="https://x.example/a">Who helps</a></p>
<h2>Points</h2><ul><li>first<br><span>under it</span></li>
<li>second <a class="os-noprint" href="/">no</a></li></ul>
<dl><div><dt>Term</dt><dd>What it is</dd></div><div><dt>Other</dt><dd>And that</dd></div></dl>
<table><caption>No</caption><thead><tr><th>Name</th><th>For</th></tr></thead>
<tbody><tr><th>a</th><td></td></tr><tr><th>b</th><td>two</td></tr></tbody></table>
<p class="govuk-visually-hidden">no</p><span class="os-print"> </span>
</main><footer><p>Foot</p></footer></body></html>"""

BLOCKS = (
    Words("One bold word.\nA line. Who helps (https://x.example/a)"),
    Heading(2, "Points"),
    Points(("first\nunder it", "second")),
    Terms((("Term", "What it is"), ("Other", "And that"))),
    Grid(("Name", "For"), (("a", ""), ("b", "two"))),
)


def test_a_page_is_read_in_its_order_without_menus_forms_and_what_is_not_printed() -> None:
    assert page_in_words(PAGE) == ("How we plan", "In a minute.", BLOCKS)


def test_it_is_set_with_headings_lists_and_tables_and_says_of_which_day_it_is() -> None:
    paper = GuidePaper(
        title="How we plan", place="Larkrise", lead="In a minute.", blocks=BLOCKS,
        printed_on=dt.date(2027, 3, 10),
    )  # fmt: skip
    read = Printed(guide_pdf(paper, "en-gb"))
    assert read.headings == [("H1", "How we plan"), ("H2", "Points")]
    assert {"L", "LI", "Table", "TH"} <= set(read.tags)
    for words in ("Larkrise", "under it", "What it is", "two", "As the page said on 10 March 2027"):
        assert words in read.text
