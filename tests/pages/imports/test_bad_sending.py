"""What goes wrong while a list is sent leaves nothing: a lost connection, far too many bytes."""

import http.client
import re
import socket
from collections.abc import Callable, Iterator
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from tests.cast import BY_KEY, PASSWORD
from tests.exchange.lists import NOOR, csv_of
from tests.support import second_step
from tests.support.server import Server

MEGABYTE = 1_000_000
BORDER = "border-of-the-form"
PAGE = "/imports/"
#: what one request may add to the most that all processes of the server ever held
MOST_MEMORY = 60 * MEGABYTE


class Visitor:
    """Somebody with a plain socket: cookies are kept, and what is sent can be broken off."""

    def __init__(self, server: Server) -> None:
        at = urlsplit(server.url)
        self.place = (str(at.hostname), at.port or 80)
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, body: object = None, **headers: str) -> tuple[int, str]:
        """Send a request and give the status and the text of the answer."""
        line = http.client.HTTPConnection(*self.place, timeout=60)
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        line.request(method, path, body, {"Cookie": cookie, **headers})  # type: ignore[arg-type]
        answer = line.getresponse()
        text = answer.read().decode()
        for said in answer.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: one.value for name, one in SimpleCookie(said).items()}
        line.close()
        return answer.status, text

    def hidden(self, path: str) -> dict[str, str]:
        """Give what a page's form sends without being asked."""
        return self.hidden_on(self.ask("GET", path)[1])

    def hidden_on(self, page: str) -> dict[str, str]:
        """Give it of a page that is there already."""
        form = page[page.rindex("<form", 0, page.rindex("csrfmiddlewaretoken")) :]
        found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
        return dict(found)

    def sign_in(self, key: str) -> None:
        """Come in as one of the cast."""
        words = {**self.hidden("/sign-in/"), "login": BY_KEY[key].email, "password": PASSWORD}
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        assert self.ask("POST", "/sign-in/", urlencode(words), **kind)[0] == 302
        page = self.ask("GET", second_step.SET_UP)[1]
        words = {**self.hidden_on(page), "code": second_step.code_of(second_step.key_on(page))}
        assert self.ask("POST", second_step.SET_UP, urlencode(words), **kind)[0] == 302


def opening(hidden: dict[str, str], name: str) -> bytes:
    """Give the form up to the first byte of its file."""
    parts = [
        f'--{BORDER}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'
        for field, value in hidden.items()
    ]
    parts.append(
        f'--{BORDER}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        "Content-Type: text/csv\r\n\r\n"
    )
    return "".join(parts).encode()


CLOSING = f"\r\n--{BORDER}--\r\n".encode()
KIND = f"multipart/form-data; boundary={BORDER}"


def most_memory(server: Server) -> int:
    """Give the most bytes that the server's processes have ever held together."""
    total = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            text = status.read_text()
            group = int((status.parent / "stat").read_text().rpartition(")")[2].split()[2])
        except OSError:
            continue
        if group == server.group:
            total += int(re.search(r"VmHWM:\s+(\d+) kB", text)[1]) * 1024  # type: ignore[index]
    return total


@pytest.mark.thorough
def test_a_connection_lost_in_the_middle_and_300_megabytes_leave_nothing(
    serve: Callable[..., Server], tmp_path: Path
) -> None:
    folder = tmp_path / "spooled"
    folder.mkdir()
    server = serve(TMPDIR=str(folder))
    amara = Visitor(server)
    amara.sign_in("senco")
    list_of_one = csv_of([NOOR])

    # half of what was promised comes, and then nobody is there any more
    begun = opening(amara.hidden(PAGE), "pupils.csv") + list_of_one[: len(list_of_one) // 2]
    big = begun + b"x" * (6 * MEGABYTE)
    cookie = "; ".join(f"{name}={value}" for name, value in amara.cookies.items())
    # more often than the server has processes: none of them waits for what never comes
    for sent in (begun, big, begun, big):
        with socket.create_connection(amara.place) as line:
            head = (
                f"POST {PAGE} HTTP/1.1\r\nHost: {amara.place[0]}:{amara.place[1]}\r\n"
                f"Cookie: {cookie}\r\nContent-Type: {KIND}\r\n"
                f"Content-Length: {len(sent) + 500}\r\n\r\n"
            )
            line.sendall(head.encode() + sent)
    status, page = amara.ask("GET", PAGE)
    assert status == 200
    assert page.count("pupils.csv") == 0
    assert "If the connection breaks off while a list is sent, nothing of it is kept" in page

    # three hundred megabytes are refused in words, and never held
    before = most_memory(server)
    begin, size = opening(amara.hidden(PAGE), "pupils.csv"), 300 * MEGABYTE

    def pieces() -> Iterator[bytes]:
        yield begin
        for _piece in range(size // MEGABYTE):
            yield b"1,2,3,4,5,6,7,8\r\n" * (MEGABYTE // 17) + b"x" * (MEGABYTE % 17)
        yield CLOSING

    length = str(len(begin) + size + len(CLOSING))
    status, page = amara.ask("POST", PAGE, pieces(), **{"Content-Type": KIND,
                                                        "Content-Length": length})  # fmt: skip
    assert status == 200
    assert "A file is larger than 20 MB. Divide it and send the parts." in page
    assert most_memory(server) - before < MOST_MEMORY
    assert amara.ask("GET", PAGE)[1].count("pupils.csv") == 0

    # and the list comes in when it is chosen again
    whole = opening(amara.hidden(PAGE), "pupils.csv") + list_of_one + CLOSING
    assert amara.ask("POST", PAGE, whole, **{"Content-Type": KIND})[0] == 302
    assert amara.ask("GET", PAGE)[1].count("pupils.csv") == 1
    assert not [one for one in folder.iterdir() if one.is_file()], "a file was left in the spool"
