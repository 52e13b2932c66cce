"""A paper can be heard as well as read: PDF/UA-1 as far as a program can tell."""

import dataclasses
import datetime as dt
from typing import Any

import pytest
from pypdf.generic import ContentStream

from opensenco.documents.pdf import coverage, typeset
from opensenco.documents.pdf.plan import Outcome, Provision
from tests.documents.pdf.papers import BARE, FULL, Printed, printed


@pytest.fixture(scope="module")
def plan() -> Printed:
    return printed(FULL)


def test_it_is_tagged_and_says_its_language_and_title(plan: Printed):
    assert plan.root["/Lang"] == "en-GB"
    assert plan.root["/MarkInfo"]["/Marked"].value
    assert plan.root["/ViewerPreferences"]["/DisplayDocTitle"].value
    assert plan.reader.metadata is not None
    assert plan.reader.metadata.title == "Support plan: Idris Hassan-Cole"
    assert plan.reader.metadata.author == "Larkrise Primary School"


def test_it_declares_the_standard_of_universal_access(plan: Printed):
    declared = plan.root["/Metadata"].get_object().get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in declared


def test_headings_go_down_one_step_at_a_time_from_the_only_title(plan: Printed):
    levels = [int(tag[1]) for tag, _ in plan.headings]
    assert levels.count(1) == 1
    assert set(levels) == {1, 2, 3}
    for above, below in zip([0, *levels], levels, strict=False):
        assert below <= above + 1


def test_every_heading_can_be_jumped_to(plan: Printed):
    outline: list[Any] = list(plan.reader.outline)
    flat: list[str] = []
    while outline:
        entry = outline.pop(0)
        if isinstance(entry, list):
            outline = [*entry, *outline]
        else:
            flat.append(str(entry.title))
    assert flat == [words for _, words in plan.headings]


def test_heads_of_columns_are_marked_as_such(plan: Printed):
    heads = [one for one in plan.elements if one["/S"] == "/TH"]
    assert len(heads) == 7 + 3
    for head in heads:
        assert any(attribute.get("/Scope") == "/Column" for attribute in head["/A"])


def test_every_cell_names_its_head(plan: Printed):
    cells = [one for one in plan.elements if one["/S"] == "/TD"]
    assert len(cells) == 7 + 3
    for cell in cells:
        assert any(attribute.get("/Headers") for attribute in cell["/A"])


def test_a_table_over_several_pages_is_one_table():
    promises = tuple(Provision(what=f"Group {n}", who="Jo") for n in range(120))
    long = printed(dataclasses.replace(BARE, outcomes=(Outcome(text="Reads", provision=promises),)))
    assert len(long.pages) > 2
    assert long.tags.count("Table") == 1
    assert long.tags.count("THead") == 1
    assert long.tags.count("TR") == 121


def test_needs_are_a_numbered_list_and_the_childs_words_a_quotation(plan: Printed):
    tags = plan.tags
    # needs, what every adult does, and where sentences came from
    assert tags.count("L") == 3
    lists = [one for one in plan.elements if one["/S"] == "/L"]
    assert lists[0]["/A"][0]["/ListNumbering"] == "/Decimal"
    assert tags.count("BlockQuote") == 1
    assert tags.index("BlockQuote") < tags.index("L")


def test_nothing_is_drawn_outside_the_tags_but_ornament(plan: Printed):
    for page in plan.reader.pages:
        marked: list[bool] = []
        for operands, operator in ContentStream(page.get_contents(), plan.reader).operations:
            if operator in (b"BDC", b"BMC"):
                properties = operands[1] if len(operands) > 1 else {}
                marked.append(operands[0] == "/Artifact" or "/MCID" in properties)
            elif operator == b"EMC":
                marked.pop()
            elif operator in (b"Tj", b"TJ", b"S", b"f", b"f*", b"B", b"Do"):
                assert any(marked), (operands, operator)
        assert not marked


def test_every_font_is_ours_and_inside(plan: Printed):
    for page in plan.reader.pages:
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            assert "+NotoSans" in inner["/BaseFont"]
            described = inner["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(described)
            assert "/ToUnicode" in font.get_object()


def test_the_template_asks_for_every_font_that_is_shipped():
    ours = typeset._fonts()
    template = (typeset.TEMPLATES / "base.typ").read_text(encoding="utf-8")
    assert len(ours.families()) == 8, "fonts of the machine or of the typesetter have crept in"
    for family in ours.families():
        assert f'"{family}"' in template
    assert len(list(coverage.FONTS.glob("*.ttf"))) == len(ours.fonts())


def test_a_picture_without_words_for_it_is_refused(tmp_path, monkeypatch):
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>'
    (tmp_path / "dot.svg").write_text(drawing, encoding="utf-8")
    for name, alternative in [("mute", ""), ("told", ', alt: "A dot"')]:
        (tmp_path / f"{name}.typ").write_text(
            f'#set document(title: "T")\n#image("dot.svg"{alternative})', encoding="utf-8"
        )
    monkeypatch.setattr(typeset, "TEMPLATES", tmp_path)
    day = dt.date(2026, 11, 23)
    told = Printed(typeset.typeset("told", {}, dated=day))
    assert [str(one["/Alt"]) for one in told.elements if one["/S"] == "/Figure"] == ["A dot"]
    with pytest.raises(typeset.PaperError):
        typeset.typeset("mute", {}, dated=day)


def test_the_templates_fetch_nothing():
    for template in typeset.TEMPLATES.glob("*.typ"):
        assert "@" not in template.read_text(encoding="utf-8"), "packages come from the network"
