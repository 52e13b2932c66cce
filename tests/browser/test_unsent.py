"""A tap without a connection waits on its page, says so, and is recorded once."""

import re

from playwright.sync_api import Route, expect

from tests.browser.steps import PHONE, Windows, signs_in
from tests.support.browser import Watch


def test_a_session_tapped_without_a_connection_is_sent_once_when_it_is_back(
    new_context: Windows, watch: Watch
) -> None:
    watch.expect("ERR_INTERNET_DISCONNECTED|ERR_FAILED")
    assistant = signs_in(new_context, "ta", PHONE)
    page = assistant.page
    page.locator("a[href^='/now/']", has_text="Language group").tap()
    done = page.get_by_role("button", name=re.compile("^All done"))
    page.context.set_offline(True)
    done.tap()
    assistant.sees("Not sent yet: there is no connection.")
    # what is marked while it waits goes with it
    page.get_by_role("radio", name="Chose not to").first.tap()
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert not re.search("Idris|went-|chose_not", kept)

    # it arrives, and the answer is lost on its way back: sent again, it is the same one
    lost: list[str] = []

    def lose_the_answer(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.request.url)
            route.fetch(max_redirects=0)
            route.abort()
        else:
            route.continue_()

    page.route(re.compile("/now/"), lose_the_answer)
    page.context.set_offline(False)
    assistant.has_heading("Saved. Nobody was here")
    assert lost
    expect(page.locator("main")).to_contain_text("Chose not to")
    page.get_by_role("link", name="Change what I have saved").tap()
    expect(page.locator("h1")).to_contain_text("Language group")
    page.goto("/now/")
    expect(page.locator("main")).to_contain_text("All of today is logged.")
