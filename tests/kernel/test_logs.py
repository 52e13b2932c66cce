"""The log tells where and what kind of fault, and nothing that anybody typed."""

import logging
import sys
from types import SimpleNamespace

import pytest

from opensenco.kernel.logs import Reticent

WORD = "Quixwort"


def written(message: str, *args: object, **more: object) -> str:
    record = logging.LogRecord("opensenco", logging.ERROR, __file__, 1, message, args, None)
    record.exc_info = more.pop("exc_info", None)  # type: ignore[assignment]
    vars(record).update(more)
    return Reticent("%(levelname)s %(message)s").format(record)


def fail() -> None:
    try:
        int(f"{WORD} one")
    except ValueError as before:
        raise LookupError(f"{WORD} two") from before


def test_a_fault_is_told_by_its_kind_and_its_lines_with_what_led_to_it() -> None:
    with pytest.raises(LookupError):
        fail()
    try:
        fail()
    except LookupError:
        told = written("It failed", exc_info=sys.exc_info(), exc_text=f"{WORD} kept by another")
    assert WORD not in told
    assert told.index("builtins.ValueError") < told.index("builtins.LookupError")
    assert f"{__file__}:" in told
    assert "in fail" in told


def test_a_fault_whose_cause_is_hidden_tells_of_itself_alone() -> None:
    try:
        try:
            fail()
        except LookupError:
            raise KeyError(WORD) from None
    except KeyError:
        told = written("It failed", exc_info=sys.exc_info())
    assert "LookupError" not in told
    assert told.endswith("builtins.KeyError")


def test_an_address_is_told_by_its_pattern() -> None:
    known = SimpleNamespace(route="pupils/<ref:pupil>/")
    path = f"/pupils/{WORD}/"
    request = SimpleNamespace(path=path, resolver_match=known)
    assert written("Not Found: %s", path, request=request).endswith(": /pupils/<ref:pupil>/")
    lost = SimpleNamespace(path=path, resolver_match=None)
    assert WORD not in written("Not Found: %s", path, request=lost)
    home = SimpleNamespace(path="/", resolver_match=None)
    assert written("Slow: %s 1/2", "/", request=home) == "ERROR Slow: / 1/2"


def test_what_is_no_request_is_written_as_it_is() -> None:
    assert written("The worker began in %s", "a minute") == "ERROR The worker began in a minute"


def test_a_line_is_one_line_and_its_time_is_universal() -> None:
    record = logging.LogRecord("opensenco", logging.WARNING, __file__, 1, "typed %s", (), None)
    record.args, record.created, record.msecs = ("a\r\nWARNING b\x1b[2J\u2028c",), 0.0, 7.0
    line = Reticent("%(asctime)s %(levelname)s %(message)s").format(record)
    assert line == "1970-01-01T00:00:00.007Z WARNING typed a\\x0d\\x0aWARNING b\\x1b[2J\\x2028c"
