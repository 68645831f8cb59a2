"""Bodies that arrive in part, or without a length to go by, against the real server: no row."""

import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from config.bodies import CountedBody, CutOff
from tests.faults.cut_lines import (
    MULTIPART,
    URLENCODED,
    Line,
    attached,
    encoded,
    headers_of,
    status_of,
)
from tests.faults.register import Register, running_register
from tests.faults.rounds import database_beside, ledger, number_of
from tests.files import pdf
from tests.header_rubric import faults

NEW = "/perjanjian/baru/"
CUTS = 40


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    folder: Path = tmp_path_factory.mktemp("cut")
    with (
        database_beside(settings.DATABASE_URL) as url,
        running_register(folder, database_url=url, accounts=1) as running,
    ):
        yield running


@pytest.fixture(scope="module")
def line(register):
    return Line(register.caller(0))


@pytest.fixture(scope="module")
def form(line):
    """A form that would be saved from its first fields on."""
    fields = line.caller.get(NEW).fields
    return {
        **{name: fields.pop(name) for name in ("csrfmiddlewaretoken", "submit_token")},
        "title": ["Layanan contoh"],
        **{name: values for name, values in fields.items() if name != "title"},
        "notes": ["Catatan contoh " * 20],
    }


def count(register):
    return number_of(register, "partnerships_agreement")


@pytest.mark.parametrize("kind", [URLENCODED, MULTIPART])
def test_a_form_that_is_cut_saves_nothing_wherever_it_is_cut(register, line, form, kind):
    before = count(register)
    body = encoded(form, kind)
    length = f"Content-Length: {len(body)}"
    points = [len(body) * number // CUTS for number in range(CUTS - 1)] + [len(body) - 1]
    answers = [line.post(NEW, body[:k], f"Content-Type: {kind}", length) for k in points]
    assert {status_of(answer) for answer in answers} == {400}
    assert all(b"Isian tidak sampai utuh" in answer for answer in answers)
    assert [faults(headers_of(answer)) for answer in answers] == [[]] * CUTS
    assert count(register) == before
    assert status_of(line.post(NEW, body, f"Content-Type: {kind}", length)) == 302
    assert count(register) == before + 1
    form["submit_token"] = [f"contoh-tanda-kirim-{before}"]


def test_a_line_that_breaks_saves_nothing(register, line, form):
    before, body = count(register), encoded(form, URLENCODED)
    head = line.head(NEW, f"Content-Type: {URLENCODED}", f"Content-Length: {len(body)}")
    for k in (0, len(body) // 2, len(body) - 1):
        own = line.caller.connection
        with socket.create_connection((own.host, own.port)) as broken:
            broken.sendall(head + body[:k])
    # The first request of a worker takes its time.
    time.sleep(1)
    assert count(register) == before


def test_a_body_of_another_kind_is_counted_too(register, line, form):
    token = form["csrfmiddlewaretoken"][0]
    answer = line.post(
        "/perjanjian/1/pulihkan/",
        b"setengah",
        "Content-Type: text/plain",
        "Content-Length: 99",
        f"X-CSRFToken: {token}",
    )
    assert status_of(answer) == 400


@pytest.mark.parametrize(
    ("headers", "statuses"),
    [
        ([], {411}),
        (["Content-Length: "], {400, 411}),
        (["Transfer-Encoding: chunked"], {411}),
        (["Content-Length: banyak"], {400}),
        (["Content-Length: -1"], {400}),
        (["Content-Length: +9"], {400}),
        (["Content-Length: 1e3"], {400}),
        (["Content-Length: 9", "Content-Length: 9"], {400}),
        (["Content-Length: 9", "Content-Length: 8"], {400}),
        (["Content-Length: 9, 9"], {400}),
        (["Content-Length: 9", "Transfer-Encoding: chunked"], {400}),
        (["Content-Length: 9", "Expect: yang-lain"], {417}),
    ],
)
def test_a_length_that_is_none_is_refused(register, line, form, headers, statuses):
    before, body = count(register), encoded(form, URLENCODED)
    if "Transfer-Encoding: chunked" in headers:
        body = b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)
    answer = line.post(NEW, body, f"Content-Type: {URLENCODED}", *headers)
    assert status_of(answer) in statuses
    assert count(register) == before


@pytest.mark.parametrize("header", ["X-Contoh: tanpa panjang", "Transfer-Encoding: chunked"])
@pytest.mark.parametrize("address", [NEW, "/masuk/", "/admin/login/", "/tidak-ada/"])
def test_a_refusal_for_want_of_a_length_has_full_marks(line, address, header):
    answer = line.post(address, b"0\r\n\r\n", f"Content-Type: {URLENCODED}", header)
    assert (status_of(answer), faults(headers_of(answer))) == (411, [])


def test_more_than_was_announced_is_no_part_of_the_form(register, line, form):
    before, body = count(register), encoded(form | {"title": [""]}, URLENCODED)
    length = f"Content-Length: {len(body)}"
    answer = line.post(NEW, body + b"&title=Diselundupkan", f"Content-Type: {URLENCODED}", length)
    assert status_of(answer) in {200, 302}
    assert "Diselundupkan" not in ledger(register)["titles"]
    # What follows is read as a request of its own, and is none.
    assert answer.count(b"HTTP/1.1 ") == 1 or b"HTTP/1.1 400" in answer
    assert count(register) in {before, before + 1}


def test_who_waits_to_be_asked_for_the_body_is_asked(line, form):
    body = encoded(form | {"signed_on": ["bukan tanggal"]}, URLENCODED)
    own = line.caller.connection
    length = f"Content-Length: {len(body)}"
    head = line.head(NEW, f"Content-Type: {URLENCODED}", length, "Expect: 100-continue")
    with socket.create_connection((own.host, own.port), timeout=30) as waiting:
        waiting.sendall(head)
        assert waiting.recv(4096).startswith(b"HTTP/1.1 100 ")
        waiting.sendall(body)
        assert waiting.recv(4096).startswith(b"HTTP/1.1 200 ")


def test_a_large_file_is_not_held_in_memory(register, line, form):
    fields = encoded(form | {"title": [""], "signed_on": ["bukan tanggal"]}, MULTIPART)
    opening = fields.removesuffix(b"--batas-contoh--\r\n")
    opening += (
        b'--batas-contoh\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
    )
    body = opening + b"\0" * 20_000_000 + b"\r\n--batas-contoh--\r\n"
    headers = (f"Content-Type: {MULTIPART}", f"Content-Length: {len(body)}")
    before = peak_memory(register)
    assert status_of(line.post(NEW, body, *headers)) == 200
    assert status_of(line.post(NEW, body[:-5], *headers)) == 400
    assert peak_memory(register) - before < 15_000


def test_an_upload_that_is_cut_leaves_neither_row_nor_file(register, line, form):
    fields = form | {"title": ["Naskah contoh"], "submit_token": ["contoh-tanda-kirim-berkas"]}
    made = line.post(
        NEW,
        body := encoded(fields, URLENCODED),
        f"Content-Type: {URLENCODED}",
        f"Content-Length: {len(body)}",
    )
    address = f"{headers_of(made)['Location']}berkas/"
    page = line.caller.get(address).fields
    body = attached(page, "naskah.pdf", pdf(more=b"% " + b"x" * 3_000_000 + b"\n"))
    headers = (f"Content-Type: {MULTIPART}", f"Content-Length: {len(body)}")
    for part in (len(body) // 9, len(body) // 2, len(body) - 1):
        assert status_of(line.post(address, body[:part], *headers)) == 400
    assert number_of(register, "partnerships_document") == 0
    assert documents_of(register) == []
    assert status_of(line.post(address, body, *headers)) == 302
    # Who is not told that it arrived sends it again.
    assert status_of(line.post(address, body, *headers)) == 302
    assert number_of(register, "partnerships_document") == len(documents_of(register)) == 1


def documents_of(register: Register) -> list[Path]:
    return [path for path in (register.folder / "media").rglob("*") if path.is_file()]


def test_a_body_that_is_too_large_is_refused_before_it_comes(line):
    answer = line.post(NEW, b"", f"Content-Type: {MULTIPART}", "Content-Length: 27000000")
    assert (status_of(answer), faults(headers_of(answer))) == (413, [])
    assert b"Satu kiriman paling besar 25 MB" in answer


def peak_memory(register: Register) -> int:
    """The largest number of kB a worker ever held."""
    texts = [Path(f"/proc/{worker}/status").read_text() for worker in register.workers()]
    return max(int(text.split("VmHWM:")[1].split()[0]) for text in texts)


class Trickle:
    """A source that hands over at most three bytes at a time, then ends."""

    def __init__(self, left: bytes) -> None:
        self.left = left

    def read(self, size: int) -> bytes:
        part, self.left = self.left[: min(size, 3)], self.left[min(size, 3) :]
        return part

    def readline(self, size: int) -> bytes:
        return self.read(size)


def test_bytes_that_trickle_in_are_waited_for():
    assert CountedBody(Trickle(b"satu dua tiga"), 13).read() == b"satu dua tiga"
    assert b"".join(CountedBody(Trickle(b"satu dua tiga"), 8)) == b"satu dua"


@pytest.mark.parametrize("read", [CountedBody.read, CountedBody.readlines])
def test_an_end_that_comes_early_is_no_end(read):
    with pytest.raises(CutOff):
        read(CountedBody(Trickle(b"satu"), 5))
