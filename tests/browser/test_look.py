"""The look in a real browser: every width, with and without script, and what scripts do."""

import re
import threading
from collections.abc import Iterator
from socketserver import ThreadingMixIn
from urllib.parse import urlsplit
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.test import override_settings
from playwright.sync_api import Page, Route, expect

from tests.browser import look_pages
from tests.browser.axe import faults

PAGES = ("/gallery/", "/concern/", "/hand/", "/parts/")
#: whether the focused input, link or button, or the label drawn for it, has an outline or a shadow
SHOWN = """() => {
  const at = document.activeElement;
  const drawn = at.nextElementSibling;
  const styles = [getComputedStyle(at)];
  if (at.matches('input[type=radio], input[type=checkbox]')) {
    styles.push(getComputedStyle(drawn), getComputedStyle(drawn, '::before'));
  }
  return styles.some((s) => s.outlineStyle !== 'none' || s.boxShadow !== 'none');
}"""
WIDTHS = (1280, 768, 390, 320)
#: what has just been done is told from the session, which here has no table to lie in
COOKIES = "django.contrib.sessions.backends.signed_cookies"


class Server(ThreadingMixIn, WSGIServer):
    """Answers several requests at once."""

    daemon_threads = True


class Quiet(WSGIRequestHandler):
    """Says nothing of each request."""

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def look() -> Iterator[str]:
    """Serve the pages of the look, with all of our middleware and no database."""
    with override_settings(ROOT_URLCONF="tests.browser.look_pages", SESSION_ENGINE=COOKIES):
        application = StaticFilesHandler(WSGIHandler())
        server = make_server("127.0.0.1", 0, application, Server, Quiet)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        server.server_close()


@pytest.fixture
def site(look: str) -> str:
    look_pages.answers["status"] = 200
    look_pages.drafts.clear()
    return look


@pytest.fixture
def concern(page: Page) -> Page:
    page.goto("/concern/")
    return page


@pytest.mark.parametrize("address", PAGES)
def test_a_page_has_no_fault_and_no_sideways_scroll(page: Page, address: str):
    page.goto(address)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if width in (WIDTHS[0], WIDTHS[-1]):
            assert not faults(page)


def test_menus_open_without_fault_and_close_on_escape(new_context):
    page = new_context(viewport={"width": 390, "height": 800}).new_page()
    page.goto("/gallery/")
    page.locator(".os-who summary").click()
    page.locator(".os-nav summary").click()
    expect(page.get_by_role("link", name="Change role")).to_be_hidden()
    page.locator(".os-who summary").click()
    expect(page.get_by_role("link", name="Change role")).to_be_visible()
    assert not faults(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Change role")).to_be_hidden()


def test_at_400_percent_nothing_stays_in_front(new_context):
    page = new_context(viewport={"width": 320, "height": 256}).new_page()
    page.goto("/hand/")
    place = page.locator(".os-bar--foot").evaluate("bar => getComputedStyle(bar).position")
    assert place == "static"
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_every_stop_of_the_tab_key_shows_where_it_is(page: Page):
    page.goto("/gallery/")
    page.evaluate("document.activeElement.blur()")
    page.locator(".govuk-skip-link").focus()
    stops = 0
    while stops < 200 and page.evaluate("document.activeElement !== document.body"):
        place = page.evaluate("document.activeElement.outerHTML.slice(0, 80)")
        assert page.evaluate(SHOWN), f"Nothing shows that focus is at {place}"
        page.keyboard.press("Tab")
        stops += 1
    assert stops > 60


def test_without_script_the_form_is_whole(new_context):
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/concern/")
    expect(page.get_by_label("How else")).to_be_visible()
    page.get_by_role("button", name="Send it").click()
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_contain_text("Nothing is saved yet: 3 things to mend")
    expect(page).to_have_title(re.compile("^Error: Worried about a pupil - "))


def test_the_summary_takes_the_focus_and_leads_to_the_input(concern: Page):
    concern.get_by_label("Day").fill("31")
    concern.get_by_label("Month").fill("Feb")
    concern.get_by_label("Year").fill("2027")
    concern.get_by_role("button", name="Send it").click()
    expect(concern.locator(".govuk-error-summary")).to_be_focused()
    concern.get_by_role("link", name="February 2027 has 28 days").click()
    expect(concern.get_by_label("Day")).to_be_focused()
    assert concern.get_by_label("Month").input_value() == "Feb"
    assert not faults(concern)


def test_what_is_sent_is_said_once_politely(concern: Page):
    concern.get_by_label("What did you see?").fill("She stops talking")
    for part, text in (("Day", "2"), ("Month", "11"), ("Year", "2026")):
        concern.get_by_label(part).fill(text)
    concern.get_by_label("In class").check()
    concern.get_by_role("button", name="Send it").click()
    expect(concern.locator(".os-note[role=status]")).to_have_text("Sent to Amara Okafor")


def test_an_answer_reveals_its_field(concern: Page):
    expect(concern.get_by_label("How else")).to_be_hidden()
    concern.get_by_label("Otherwise").check()
    expect(concern.get_by_label("How else")).to_be_visible()
    assert not faults(concern)


def test_the_calendar_writes_the_day_that_is_chosen(concern: Page):
    concern.get_by_label("Until").fill("11/12/2026")
    concern.get_by_role("button", name="Choose date").click()
    assert not faults(concern)
    concern.get_by_role("button", name="Friday 18 December 2026").click()
    assert concern.get_by_label("Until").input_value() == "18/12/2026"


def test_the_count_is_said_near_the_limit(concern: Page):
    concern.get_by_label("What did you see?").press_sequentially("x" * 101)
    expect(concern.locator(".govuk-character-count__status")).to_have_text(
        "You have 1 character too many"
    )


def test_a_password_can_be_seen_while_it_is_typed(concern: Page):
    secret = concern.locator("#id_secret")
    secret.fill("three words there")
    concern.get_by_role("button", name="Show password").click()
    assert secret.get_attribute("type") == "text"


def test_words_are_kept_when_a_field_is_left(concern: Page):
    concern.get_by_label("What did you see?").fill("She stops talking")
    concern.locator("#id_secret").fill("three words there")
    status = concern.locator("[data-draft-status]")
    expect(status).to_have_text("Saved 9:42")
    assert look_pages.drafts[0]["what"] == ["She stops talking"]
    assert look_pages.drafts[0]["version"] == ["1"]
    assert not any("secret" in draft for draft in look_pages.drafts)


def leave(page: Page, words: str) -> None:
    page.get_by_label("What did you see?").fill(words)
    page.keyboard.press("Tab")


def test_a_form_that_is_sent_leaves_no_draft_behind_it(concern: Page):
    concern.get_by_label("What did you see?").fill("She stops talking")
    concern.get_by_role("button", name="Send it").click()
    expect(concern.get_by_role("alert")).to_be_visible()
    assert look_pages.drafts == [], "leaving the field for the button is no pause"


def test_a_draft_on_its_way_arrives_before_the_form(concern: Page):
    order: list[str] = []

    def slow(route: Route) -> None:
        concern.wait_for_timeout(600)
        route.continue_()

    concern.route("**/drafts/", slow)
    concern.on(
        "requestfinished", lambda sent: order.append(f"{sent.method} {urlsplit(sent.url).path}")
    )
    with concern.expect_request("**/drafts/"):
        leave(concern, "She stops talking")
    concern.get_by_role("button", name="Send it").click()
    expect(concern.get_by_role("alert")).to_be_visible()
    posts = [one for one in order if one.startswith("POST")]
    assert posts == ["POST /drafts/", "POST /concern/"]
    # what the page of another test sent as it was closed may come only now
    ours = [one for one in look_pages.drafts if one.get("what") == ["She stops talking"]]
    assert len(ours) == 1


def test_words_that_could_not_be_kept_stay_and_go_later(concern: Page, watch):
    watch.expect("500")
    look_pages.answers["status"] = 500
    leave(concern, "first")
    status = concern.locator("[data-draft-status]")
    expect(status).to_have_text("Not saved. Your words are still on this page")
    assert concern.get_by_label("What did you see?").input_value() == "first"
    look_pages.answers["status"] = 200
    concern.evaluate("dispatchEvent(new Event('online'))")
    expect(status).to_have_text("Saved 9:42")
    assert look_pages.drafts[-1]["what"] == ["first"]


def test_a_lost_connection_is_said_and_mended(concern: Page, watch):
    watch.expect("ERR_INTERNET_DISCONNECTED")
    concern.context.set_offline(True)
    leave(concern, "on the train")
    status = concern.locator("[data-draft-status]")
    expect(status).to_have_text("Not saved. Your words are still on this page")
    # sending it now would leave the page for the browser's own, and lose the words
    concern.locator("form[data-draft-url]").evaluate("form => form.requestSubmit()")
    assert concern.get_by_label("What did you see?").input_value() == "on the train"
    concern.context.set_offline(False)
    expect(status).to_have_text("Saved 9:42")
    assert look_pages.drafts[-1]["what"] == ["on the train"]


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (401, "Not saved: you have been signed out. Your words are still on this page"),
        (413, "This is too long to keep as a draft."),
    ],
)
def test_why_words_were_not_kept_is_said(concern: Page, watch, status: int, said: str):
    watch.expect(str(status))
    look_pages.answers["status"] = status
    leave(concern, "words")
    expect(concern.locator("[data-draft-status]")).to_have_text(said)


def test_a_part_that_comes_later_is_announced_focused_and_awake(page: Page):
    page.goto("/parts/")
    page.get_by_role("link", name="More").click()
    expect(page.get_by_role("heading", name="New list")).to_be_focused()
    expect(page.locator("#os-live")).to_have_text("3 pupils")
    page.locator("textarea[name=late]").fill("words")
    page.keyboard.press("Tab")
    expect(page.locator("[data-draft-status]")).to_have_text("Saved 9:42")


def test_a_sheet_prints_without_frame_or_buttons(page: Page):
    page.goto("/gallery/")
    page.emulate_media(media="print")
    for part in ("header", "nav.os-nav", "footer", ".os-acts", ".os-filter"):
        assert page.locator(part).first.evaluate("e => getComputedStyle(e).display") == "none"


def test_on_paper_a_table_stays_a_table(new_context):
    page = new_context(viewport={"width": 700, "height": 900}).new_page()
    page.goto("/gallery/")
    head = page.locator(".os-cards thead").first
    assert head.evaluate("e => getComputedStyle(e).display") == "none"
    page.emulate_media(media="print")
    assert head.evaluate("e => getComputedStyle(e).display") == "table-header-group"
