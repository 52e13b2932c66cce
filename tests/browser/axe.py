"""Asks axe-core what stands in the way of people with disabilities."""

from pathlib import Path

from playwright.sync_api import Page

SCRIPT = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: what is asked of axe: faults alone are told, and no file of the page is fetched a second time
OPTIONS = {"runOnly": RULES, "resultTypes": ["violations"], "preload": False}


def faults(page: Page) -> list[str]:
    """Give one line for each fault: rule, place, and how to mend it.

    The script goes in past the content security policy, as a browser's own tools do.
    """
    page.evaluate(SCRIPT)
    found = page.evaluate("options => axe.run(document, options)", OPTIONS)
    return [
        f"{rule['id']} at {node['target']}: {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
