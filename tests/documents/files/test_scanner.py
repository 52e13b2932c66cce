"""ClamAV is asked by its socket; one that hangs, is down or babbles leaves a file waiting."""

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from opensenco.documents.files.scanner import Scanned, Scanner, Verdict, check_address

Answer = Callable[[socket.socket, bytes], None]


@contextmanager
def daemon(answer: Answer) -> Iterator[str]:
    """Listen as clamd does; give what was sent to `answer`."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        try:
            line, _whom = listening.accept()
        except OSError:
            return  # nobody asked until the end
        with line:
            answer(line, received(line))

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"tcp://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        listening.close()
        thread.join(5)


def received(line: socket.socket) -> bytes:
    assert exactly(line, 10) == b"zINSTREAM\0"
    content = b""
    while size := struct.unpack(">I", exactly(line, 4))[0]:
        content += exactly(line, size)
    return content


def exactly(line: socket.socket, count: int) -> bytes:
    found = b""
    while len(found) < count:
        found += line.recv(count - len(found))
    return found


def saying(words: bytes) -> Answer:
    return lambda line, _content: line.sendall(words)


@pytest.fixture
def file(tmp_path) -> Path:
    path = tmp_path / "x"
    path.write_bytes(b"harm" * 40_000)
    return path


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (b"stream: OK\0", Scanned(Verdict.CLEAN)),
        (b"stream: Eicar-Test-Signature FOUND\0", Scanned(Verdict.FOUND, "Eicar-Test-Signature")),
        (b"INSTREAM size limit exceeded. ERROR\0", Scanned(Verdict.WAITS)),
        (b"", Scanned(Verdict.WAITS)),
        (b"x" * 10_000, Scanned(Verdict.WAITS)),
    ],
)
def test_what_it_says_is_understood_or_the_file_waits(file, words, said):
    with daemon(saying(words)) as address:
        assert Scanner(address, whole=5).scan(file) == said


def test_every_byte_is_sent(file):
    seen: list[bytes] = []

    def keep(line: socket.socket, content: bytes) -> None:
        seen.append(content)
        line.sendall(b"stream: OK\0")

    with daemon(keep) as address:
        Scanner(address, whole=5).scan(file)
    assert seen == [file.read_bytes()]


def test_one_that_hangs_is_left_in_time(file):
    stop = threading.Event()

    def hang(_line: socket.socket, _content: bytes) -> None:
        stop.wait(5)

    with daemon(hang) as address:
        assert Scanner(address, whole=0.3).scan(file) == Scanned(Verdict.WAITS)
        stop.set()


def test_one_that_is_down_leaves_the_file_waiting(file):
    for address in ("tcp://127.0.0.1:1", "unix:///nowhere/clamd.ctl"):
        assert Scanner(address).scan(file) == Scanned(Verdict.WAITS)


def test_a_file_that_is_gone_waits(tmp_path):
    with daemon(saying(b"stream: OK\0")) as address:
        assert Scanner(address, whole=1).scan(tmp_path / "no") == Scanned(Verdict.WAITS)


@pytest.mark.parametrize("address", ["clamd", "http://x:1", "tcp://:3310", "unix://relative"])
def test_an_address_that_none_can_have_is_refused(address):
    with pytest.raises(ValueError, match="clamd"):
        check_address(address)
