"""The pages of an import: upload, look through, answer, save, take the rest away, forget."""

from datetime import timedelta
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from institutions.models import Role, Unit, User
from institutions.progress import Progress
from partnerships.models import Agreement, Import, ImportLine, Partner
from tests.admin_forms import as_user
from tests.factories import make_area, make_partner, make_user
from tests.lists import csv, xlsx
from tests.lists import list_row as row

pytestmark = pytest.mark.django_db
START = "/perjanjian/impor/"


@pytest.fixture
def desk(humas: User) -> Client:
    return as_user(humas)


def upload(desk: Client, content: bytes, name: str = "daftar.xlsx", **fields: Any) -> Any:
    return desk.post(START, {"file": SimpleUploadedFile(name, content)} | fields)


def uploaded(desk: Client, *rows: Any) -> str:
    answer = upload(desk, xlsx(*rows))
    assert answer.status_code == 302
    return str(answer["Location"])


def told(answer: Any) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


def answers(desk: Client, address: str, choice: str) -> dict[str, str]:
    fields = desk.get(f"{address}?tab=jawaban").context["form"].fields
    return dict.fromkeys(fields, choice) | {"periksa": "1"}


def test_the_lists_of_agreements_lead_there_for_who_records(desk: Client, pembaca: User) -> None:
    link = f'href="{START}"'
    assert desk.get("/perjanjian/").content.decode().count(link) == 2
    assert link not in as_user(pembaca).get("/perjanjian/").content.decode()


def test_from_the_file_to_the_register(desk: Client, humas: User) -> None:
    address = uploaded(desk, row(1), row(2, cells={"Tgl ttd": "31 Februari 2025"}))
    page = desk.get(f"{address}?tab=semua")
    text = page.content.decode()
    assert "1 baris siap disimpan; 1 baris belum dapat disimpan." in text
    assert "31 Februari 2025 tidak ada" in text
    counts = {tab["label"]: tab["count"] for tab in page.context["tabs"]}
    assert counts == {
        "Semua baris": 2,
        "Hanya masalah": 1,
        "Baru": 1,
        "Sudah tercatat": 0,
        "Belum jelas": 0,
        "Salah": 1,
    }
    assert not Agreement.objects.exists()
    answer = desk.post(address, {"simpan": "1"})
    assert answer["Location"] == address
    assert told(answer) == ["1 perjanjian tersimpan. 1 baris belum; lihat alasannya di bawah."]
    paper = Agreement.objects.get()
    assert paper.history.get().history_change_reason == "Impor dari daftar.xlsx"
    assert "1 perjanjian tersimpan dari daftar ini" in desk.get(address).content.decode()


def test_only_problems_are_shown_first(desk: Client) -> None:
    address = uploaded(desk, row(1), row(2, cells={"Tgl ttd": "x"}))
    assert [line.row for line in desk.get(address).context["page_obj"]] == [3]
    shown = {
        tab: [line.row for line in desk.get(f"{address}?tab={tab}").context["page_obj"]]
        for tab in ("semua", "masalah", "baru", "tercatat", "belum-jelas", "salah", "aneh")
    }
    assert shown == {
        "semua": [2, 3],
        "masalah": [3],
        "baru": [2],
        "tercatat": [],
        "belum-jelas": [],
        "salah": [3],
        "aneh": [3],
    }


def test_questions_are_asked_once_and_answers_are_kept(desk: Client) -> None:
    make_area()
    make_area("KES_JIWA", "Kesehatan jiwa")
    rows = [row(n, Mitra="Sanggar Melati", Kategori="", Bidang="Kesehatan") for n in range(3)]
    address = uploaded(desk, *rows)
    page = desk.get(address)
    assert page.context["tab"] == "jawaban"
    assert len(page.context["form"].fields) == 2
    assert "3 baris, mulai baris 2" in page.content.decode()
    half = answers(desk, address, "baru:YAYASAN")
    area = next(name for name in half if "tanpa" in str(page.context["form"].fields[name].choices))
    assert desk.post(address, half | {area: ""}).status_code == 302
    assert len(Import.objects.get().answers) == 1
    assert desk.post(address, half | {area: "tanpa"}).status_code == 302
    desk.post(address, {"simpan": "1"})
    assert Agreement.objects.count() == 3
    assert Partner.objects.get().kind == "YAYASAN"


def test_an_answer_can_be_taken_back(desk: Client) -> None:
    address = uploaded(desk, row(Mitra="Sanggar Melati", Kategori=""))
    desk.post(address, answers(desk, address, "baru:YAYASAN"))
    assert Import.objects.get().counts == {"BARU": 1}
    desk.post(address, answers(desk, address, ""))
    assert Import.objects.get().counts == {"BELUM_JELAS": 1}


@pytest.mark.parametrize("choice", ["p999999999999999999", "u1", "baru:", "x" * 9000, "\0"])
def test_an_answer_nobody_offered_is_said_beside_the_question(desk: Client, choice: str) -> None:
    address = uploaded(desk, row(Mitra="Sanggar Melati", Kategori=""))
    answer = desk.post(address, answers(desk, address, choice))
    assert answer.status_code == 200
    assert "Pilih salah satu dari daftar." in answer.content.decode()
    assert Import.objects.get().answers == {}


def test_a_partner_that_is_similar_can_be_chosen(desk: Client) -> None:
    puspa = make_partner("Yayasan Puspa Madani Kampar", kind="YAYASAN")
    address = uploaded(desk, row(Mitra="Puspa Madani", Kategori=""))
    desk.post(address, answers(desk, address, f"p{puspa.pk}"))
    desk.post(address, {"simpan": "1"})
    assert Agreement.objects.get().parties.get(order=2).partner == puspa


def test_saving_twice_or_with_nothing_ready_adds_nothing(desk: Client) -> None:
    address = uploaded(desk, row(1))
    token = {"submit_token": "contoh-tanda-kirim-9"}
    first, second = (desk.post(address, {"simpan": "1"} | token) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert Agreement.objects.count() == 1
    again = desk.post(address, {"simpan": "1"})
    assert told(again)[-1] == "Tidak ada baris baru yang siap disimpan."
    assert Agreement.objects.count() == 1


def test_the_rest_comes_as_a_file_that_is_read_again(desk: Client) -> None:
    wrong = {"Tgl ttd": "x", "Judul": "'=1+1 tentang"}
    address = upload(desk, csv(row(1), row(2, cells=wrong)), "daftar.csv")["Location"]
    answer = desk.get(f"{address}sisa.xlsx")
    content = b"".join(answer.streaming_content)  # type: ignore[arg-type]
    sheet = load_workbook(BytesIO(content)).active
    assert sheet.max_row == 2
    last = [cell.value for cell in sheet[2]]
    assert last[0] == 3
    assert "Tanggal tanda tangan “x”" in last[-1]
    assert "=1+1 tentang" in last
    assert all(cell.data_type != "f" for cell in sheet[2])
    again = desk.get(upload(desk, content)["Location"])
    assert again.context["kept"].unread == ["Baris di berkas", "Alasan"]
    assert [line.cells["title"] for line in again.context["page_obj"]] == ["=1+1 tentang"]


def test_the_template_is_given_out(desk: Client) -> None:
    answer = desk.get(f"{START}templat.xlsx")
    content = b"".join(answer.streaming_content)  # type: ignore[arg-type]
    assert load_workbook(BytesIO(content)).sheetnames == ["Daftar", "Petunjuk", "Pilihan"]
    assert "templat-daftar-perjanjian.xlsx" in answer["Content-Disposition"]


def test_an_upload_can_be_forgotten_and_what_was_saved_stays(desk: Client) -> None:
    address = uploaded(desk, row(1))
    desk.post(address, {"simpan": "1"})
    assert desk.post(address, {"hapus": "1"})["Location"] == START
    assert not ImportLine.objects.exists()
    assert Agreement.objects.count() == 1
    assert desk.get(address).status_code == 404


def test_uploads_are_offered_again_and_forgotten_after_a_week(desk: Client, humas: User) -> None:
    address = uploaded(desk, row(1))
    assert address in desk.get(START).content.decode()
    Import.objects.update(uploaded_at=timezone.now() - timedelta(days=8))
    assert desk.get(address).status_code == 404
    assert address not in desk.get(START).content.decode()
    Import.objects.create(user=humas, name="sekarang.csv")
    call_command("sweep_documents", stdout=StringIO())
    assert [kept.name for kept in Import.objects.all()] == ["sekarang.csv"]
    Import.objects.update(uploaded_at=timezone.now() - timedelta(days=8))
    other = uploaded(desk, row(2))
    assert [kept.get_absolute_url() for kept in Import.objects.all()] == [other]


def test_nobody_else_sees_an_upload(
    desk: Client, rekan: User, pengelola: User, pembaca: User
) -> None:
    address = uploaded(desk, row(1))
    for user, status in ((rekan, 404), (pengelola, 404), (pembaca, 403)):
        other = as_user(user)
        for method, where in (
            ("get", ""),
            ("post", ""),
            ("get", "sisa.xlsx"),
            ("get", "kemajuan/"),
        ):
            answer = getattr(other, method)(f"{address}{where}", {"simpan": "1"})
            assert answer.status_code == status
    assert not Agreement.objects.exists()


def test_the_owner_is_told_how_far_saving_has_come(desk: Client) -> None:
    address = uploaded(desk, row(1))
    progress = Progress(f"import-{Import.objects.get().pk}")
    assert desk.get(f"{address}kemajuan/").json() == {"done": 0, "total": 0}
    progress.tell(500, 7200)
    answer = desk.get(f"{address}kemajuan/")
    assert answer.json() == {"done": 500, "total": 7200}
    assert "no-cache" in answer["Cache-Control"]
    progress.end()


def test_an_office_chooses_the_unit_of_a_list_without_units(
    pembaca: User, bapas_jember: Unit
) -> None:
    desk = as_user(make_user(Role.HUMAS, unit=pembaca.unit))
    content = csv(["Dinas Baru Kabupaten Jember", "Layanan"], headings=["Mitra", "Judul"])
    found = desk.post(START, {"unit-q": "jember", "cari": "unit"})
    assert bapas_jember.name in found.content.decode()
    address = upload(desk, content, "a.csv", unit=bapas_jember.pk)["Location"]
    desk.post(address, {"simpan": "1"})
    assert Agreement.objects.get().unit == bapas_jember


def test_the_unit_of_somebody_else_is_no_choice(
    pembaca: User, lapas_purwodadi: Unit, desk: Client
) -> None:
    office = as_user(make_user(Role.HUMAS, unit=pembaca.unit))
    content = csv(["Dinas Baru", "Layanan"], headings=["Mitra", "Judul"])
    refused = upload(office, content, "a.csv", unit=lapas_purwodadi.pk)
    assert refused.context["form"].errors["unit"]
    # A UPT records for itself, whatever is sent.
    address = upload(desk, content, "a.csv", unit=lapas_purwodadi.pk)["Location"]
    assert desk.get(address).context["kept"].unit != lapas_purwodadi


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/daftar.xlsx", "daftar.xlsx"),
        ("n" * 250 + ".xlsx", "n" * 120 + ".xlsx"),
        ("<img src=x onerror=alert(1)>.csv", "img src=x onerror=alert(1).csv"),
        ("daftar\u202exslx.exe", "daftarxslx.exe"),
    ],
)
def test_names_of_files_are_tidied(desk: Client, name: str, shown: str) -> None:
    address = upload(desk, xlsx(row(1)), name)["Location"]
    assert Import.objects.get().name == shown
    assert "<img" not in desk.get(address).content.decode()


@pytest.mark.parametrize("data", [{}, {"file": ""}, {"file": "teks"}])
def test_without_a_file_it_is_asked_for(desk: Client, data: dict[str, str]) -> None:
    answer = desk.post(START, data)
    assert answer.status_code == 200
    assert "Isi berkas daftar." in answer.content.decode()


def test_pages_of_a_long_list_ask_few_questions(
    desk: Client, django_assert_max_num_queries: Any
) -> None:
    address = uploaded(desk, *(row(n, Mitra=f"Dinas {n}") for n in range(120)))
    with django_assert_max_num_queries(9):
        page = desk.get(f"{address}?tab=semua&per_page=100")
    assert len(page.context["page_obj"].object_list) == 100


def test_wrong_methods_are_refused(desk: Client) -> None:
    address = uploaded(desk, row(1))
    for where in (START, address, f"{address}sisa.xlsx", f"{START}templat.xlsx"):
        assert desk.put(where).status_code == 405
    assert desk.post(f"{address}sisa.xlsx").status_code == 405
