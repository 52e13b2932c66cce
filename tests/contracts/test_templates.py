"""Every word on a page can be translated; no page carries style or script."""

import re

from django.template import engines

from tests.contracts.walk import each, name, templates

PAGES = templates()
TAG = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}", re.S)
MARKED = re.compile(r"{%-?\s*trans\b.*?{%-?\s*endtrans\s*-?%}", re.S)
HIDDEN = re.compile(r"<(style|script|svg)\b.*?</\1>|<!--.*?-->|<!doctype[^>]*>", re.S | re.I)
SPOKEN = re.compile(r'\b(?:alt|title|placeholder|aria-label|value)="([^"{]*[A-Za-z]{2}[^"{]*)"')
WORDS = re.compile(r"[A-Za-z]{2,}")
#: names, not words: the product's own, and what codes are called
NAMES = {"OpenSENCO", "SENCO", "Open"}


#: the gallery shows the parts with words of made-up people, which nobody translates
SPOKEN_PAGES = [path for path in PAGES if "ui/gallery" not in name(path)]


@each(SPOKEN_PAGES, name)
def test_every_word_is_marked_for_translation(path):
    text = HIDDEN.sub(" ", MARKED.sub(" ", path.read_text(encoding="utf-8")))
    spoken = [w for w in SPOKEN.findall(TAG.sub("", text)) if not re.fullmatch(r"[a-z0-9_-]+", w)]
    plain = re.sub(r"<[^>]*>|&\w+;", " ", TAG.sub(" ", text))
    unmarked = [w for w in WORDS.findall(plain) if w not in NAMES] + spoken
    assert not unmarked, f'Mark these words: {{{{ _("…") }}}} or {{% trans %}}: {unmarked[:8]}'


@each(PAGES, name)
def test_a_page_carries_no_style_and_no_script(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|<style\b|\son[a-z]+=", text), "Use a class of opensenco.css."
    for script in re.findall(r"<script\b[^>]*>", text):
        assert "src=" in script, "Scripts are files of ours."


@each(PAGES, name)
def test_a_page_parses(path):
    found = path.relative_to(path.parents[len(path.parts) - path.parts.index("templates") - 2])
    engines["jinja2"].get_template(str(found))
