"""What our code never does, and the few places that do what needs care (security/controls.md)."""

import ast
import re
from functools import cache
from pathlib import Path

from tests.contracts.guides import rows_under
from tests.contracts.walk import PACKAGE, ROOT, name, python_files, templates, tree

CONTROLS = ROOT / "docs" / "security" / "controls.md"
SCRIPTS = sorted((ROOT / "assets" / "js").glob("*.js"))
#: what runs text as code, or makes objects of code out of what comes in
RUNS = {"eval", "exec", "__import__", "system", "popen", "from_string"}
READS = {"pickle", "marshal", "shelve", "dill", "yaml", "xml", "lxml", "plistlib"}
#: the one child process that reads papers inside, with limits and without entities
READS_XML = {"opensenco/documents/files/child.py"}
SPEAKS = {"socket", "requests", "smtplib", "http", "urllib.request", "ftplib", "ssl",
          "anymail", "notifications_python_client"}  # fmt: skip
SECRET = {"hashlib", "hmac", "secrets", "signing", "salted_hmac", "get_random_string"}
DIGESTS = {"sha256", "sha512", "blake2b", "blake2s", "file_digest"}
#: random, and no secret: the mark by which a fault is found in the log
MARKS = {"opensenco/gate/broken.py", "opensenco/ops/backup/pool.py"}


@cache
def read(path: Path) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[ast.Call, str, str], ...]]:
    """Give what a file imports (module, name), and what it calls (on what, which); read once."""
    modules: list[tuple[str, str]] = []
    called: list[tuple[ast.Call, str, str]] = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            modules += [(alias.name, "") for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            modules += [(node.module or "", alias.name) for alias in node.names]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            called.append((node, getattr(node.func.value, "id", ""), node.func.attr))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            called.append((node, "", node.func.id))
    return tuple(modules), tuple(called)


def imported(path: Path) -> tuple[tuple[str, str], ...]:
    """Give the modules that a file imports, and what it takes from them."""
    return read(path)[0]


def calls(path: Path) -> tuple[tuple[ast.Call, str, str], ...]:
    """Give the calls of a file: on what, and which."""
    return read(path)[1]


def test_our_code_runs_no_text_and_reads_no_dangerous_format():
    found = []
    for path in python_files("opensenco"):
        modules = {module.split(".")[0] for module, _what in imported(path)}
        # escaping words for XML reads none
        modules -= {"xml"} if ("xml.sax.saxutils", "escape") in set(imported(path)) else set()
        modules -= {"xml"} if name(path) in READS_XML else set()
        found += [f"{name(path)} reads {one}" for one in modules & READS]
        for node, on, function in calls(path):
            if function in RUNS and on != "re":
                found.append(f"{name(path)}:{node.lineno} runs {function}")
            if any(word.arg == "shell" for word in node.keywords):
                found.append(f"{name(path)}:{node.lineno} speaks to a shell")
    assert not found, found


def test_no_pattern_is_made_of_what_was_typed():
    """A pattern is ours, from its first sign to its last, or what it takes in is escaped."""
    found = []
    for path in python_files("opensenco"):
        for node, on, function in calls(path):
            if on != "re" or function == "escape" or not node.args:
                continue
            first = node.args[0]
            ours = isinstance(first, ast.Constant) or (
                isinstance(first, ast.Name) and first.id.isupper()
            )
            if not ours and not _joined_of_ours(first):
                found.append(f"{name(path)}:{node.lineno} {ast.unparse(first)}")
    # rules on wording, and words for kinds of paper, are data of ours
    data: tuple[str, ...] = ("opensenco/plainwords/rules.py", "opensenco/documents/types.py")
    # each of its words goes through re.escape
    data = (*data, "opensenco/protection/packing.py")
    assert not [one for one in found if not one.startswith(data)], found


def _joined_of_ours(first: ast.expr) -> bool:
    """Tell whether a pattern is put together from constants and from what was escaped."""
    for node in ast.walk(first):
        if isinstance(node, ast.Name) and not node.id.strip("_").isupper() and node.id != "re":
            return _is_escaped(first)
    return True


def _is_escaped(first: ast.expr) -> bool:
    return "re.escape(" in ast.unparse(first)


def test_what_must_not_be_guessed_comes_from_the_systems_own_chance():
    """The other kind of chance draws the demonstration, and nothing else."""
    drawn = [
        name(path)
        for path in python_files("opensenco")
        if "random" in {module for module, _what in imported(path)}
    ]
    # and which files the doctor looks at today
    drawn = [path for path in drawn if path != "opensenco/ops/doctor/files.py"]
    assert all(path.startswith("opensenco/ops/demo/") for path in drawn), drawn
    short = [
        f"{name(path)}:{node.lineno}"
        for path in python_files("opensenco")
        if name(path) not in MARKS
        for node, on, function in calls(path)
        if on == "secrets" and function.startswith("token_")
        if not (isinstance(node.args[0], ast.Constant) and int(str(node.args[0].value)) >= 16)
    ]
    assert not short, f"less than 128 bits: {short}"


def test_every_digest_and_secret_is_made_where_the_controls_say():
    found, weak = set(), []
    for path in python_files("opensenco"):
        for module, what in imported(path):
            if {module.split(".")[0], what} & SECRET:
                found.add(name(path))
        for node, on, function in calls(path):
            if on == "hashlib" and function not in DIGESTS:
                weak.append(f"{name(path)}:{node.lineno} {function}")
            if function == "salted_hmac" and "sha256" not in ast.unparse(node):
                weak.append(f"{name(path)}:{node.lineno} salted_hmac is SHA-1 unless told")
    assert not weak, weak
    told = {row[0].strip("`") for row in rows_under(CONTROLS, "Digests, secrets and keys")}
    assert found == told, f"{CONTROLS.name}: not told {found - told}, not there {told - found}"


def test_only_named_places_speak_to_other_machines():
    found = {
        name(path)
        for path in python_files("opensenco")
        for module, what in imported(path)
        if {module, module.split(".")[0], f"{module}.{what}"} & SPEAKS
    }
    told = {row[0].strip("`") for row in rows_under(CONTROLS, "With whom it speaks")}
    assert found == told, f"{CONTROLS.name}: not told {found - told}, not there {told - found}"


def test_scripts_run_no_text_and_keep_nothing_in_the_browser():
    never = re.compile(
        r"\beval\(|new Function|inner(HTML)\s*=|outerHTML\s*=|insertAdjacentHTML|document\.write"
        r"|localStorage|sessionStorage|indexedDB|document\.cookie|postMessage|onmessage"
        r"|['\"]message['\"]|__proto__|\bcaches\b"
    )
    assert SCRIPTS
    found = [
        f"{name(path)}: {match[0]}"
        for path in SCRIPTS
        for match in never.finditer(path.read_text(encoding="utf-8"))
    ]
    assert not found, found


def test_addresses_are_made_by_name_and_never_from_what_was_typed():
    """An address in a template begins with one of ours, or is a whole value that a view made."""
    address = re.compile(r'\b(?:href|src|action|formaction)="([^"]*)"')
    begins = re.compile(r"$|/|#|\?|%s$|…$|\{\{|\{%|https://[a-z.]+/|style\.css$")
    found = [
        f"{name(path)}: {value[:60]}"
        for path in templates()
        for value in address.findall(path.read_text(encoding="utf-8"))
        if not begins.match(value)
    ]
    assert not found, found
    made = [
        f"{name(path)}: {word}"
        for path in [*python_files("opensenco"), *templates(), *SCRIPTS]
        for word in ("javascript:", "data:text", "vbscript:")
        if word in path.read_text(encoding="utf-8").lower() and PACKAGE in path.parents
    ]
    assert not made, made


def test_every_cookie_of_ours_belongs_to_this_host():
    """A cookie is named, guarded and bound as the session's is, whoever sets it."""
    loose = []
    for path in python_files("opensenco"):
        text = path.read_text(encoding="utf-8")
        for node, _on, function in calls(path):
            if function not in {"set_cookie", "set_signed_cookie"}:
                continue
            told = ast.unparse(node)
            bound = ast.unparse(node.args[0]) == "COOKIE" and "{settings.HOST_COOKIE}" in text
            guarded = "httponly=True" in told and "SESSION_COOKIE_SECURE" in told
            if not (bound and guarded and "samesite=" in told) or "domain=" in told:
                loose.append(f"{name(path)}:{node.lineno}")
    assert not loose, f"begin its name with settings.HOST_COOKIE, and guard it: {loose}"
