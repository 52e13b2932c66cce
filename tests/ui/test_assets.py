"""What browsers are sent: our own, whole, and built from the sources beside it."""

import hashlib
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from opensenco.ui.middleware import ContentSecurityPolicy

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCES = ROOT / "assets"
BUILT = ROOT / "opensenco" / "ui" / "static" / "opensenco"


def answered() -> HttpResponse:
    def view(request) -> HttpResponse:
        return HttpResponse(headers={"Content-Security-Policy": "default-src *"})

    return ContentSecurityPolicy(view)(RequestFactory().get("/"))


def test_the_policy_allows_our_own_files_and_nothing_else():
    policy = dict(part.split(" ", 1) for part in answered()["Content-Security-Policy"].split("; "))
    assert policy == {
        "default-src": "'none'",
        "object-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self'",
        "font-src": "'none'",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }


def test_the_browser_may_use_no_camera_and_no_place():
    permissions = answered()["Permissions-Policy"]
    assert {"camera=()", "microphone=()", "geolocation=()"} <= set(permissions.split(", "))


@pytest.mark.parametrize("name", ["govuk.css", "opensenco.css"])
def test_styles_ask_for_no_font_no_picture_and_no_crown(name):
    css = (BUILT / name).read_text(encoding="utf-8")
    assert not re.search(r"@font-face|GDS Transport|@import|url\(\s*['\"]?(?!#)", css)
    assert "crown" not in css.lower()
    assert "crest" not in css.lower()
    assert '"Segoe UI"' in css or "Segoe UI" in css


def test_nothing_else_of_gov_uk_is_served():
    assert sorted(path.name for path in BUILT.iterdir()) == [
        "built-from.json",
        "favicon.svg",
        "govuk.css",
        "htmx.min.js",
        "opensenco.css",
        "opensenco.js",
        "wordmark.svg",
    ]


@pytest.mark.parametrize("name", ["opensenco.js", "htmx.min.js"])
def test_scripts_carry_no_address_of_others(name):
    script = (BUILT / name).read_text(encoding="utf-8")
    addresses = set(re.findall(r"https?://[^\s\"'`)]+", script))
    assert not {a for a in addresses if "w3.org" not in a and "localhost" not in a}, addresses


def test_every_source_that_is_built_was_built():
    kept = json.loads((BUILT / "built-from.json").read_text(encoding="utf-8"))
    sources = [*(SOURCES / "css").iterdir(), *(SOURCES / "js").iterdir()]
    sources += [SOURCES / "govuk.scss", SOURCES / "package-lock.json"]
    now = {
        path.relative_to(SOURCES).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sources
    }
    assert now == kept, "Run assets/build: a source has changed since."


def test_the_lock_names_no_registry():
    lock = json.loads((SOURCES / "package-lock.json").read_text(encoding="utf-8"))
    assert not [name for name, package in lock["packages"].items() if "resolved" in package]
    assert all(
        "integrity" in p for name, p in lock["packages"].items() if name and not p.get("link")
    )


@pytest.mark.skipif(
    not (SOURCES / "node_modules").is_dir() or shutil.which("npm") is None,
    reason="assets/node_modules is not there: `npm ci` in assets/ makes it",
)
def test_a_rebuild_gives_the_same(tmp_path):
    subprocess.run([SOURCES / "build", tmp_path], check=True, env=os.environ, timeout=300)
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (BUILT / path.name).read_bytes(), (
            f"Run assets/build: {path.name}"
        )
