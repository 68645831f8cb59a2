"""The page of one agreement: who sees how much of it."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from institutions.models import Role, Unit, User
from partnerships.models import (
    Agreement,
    EventAgreement,
    FollowUp,
    PartnerName,
    Party,
)
from partnerships.models.agreement_term import elapsed
from tests.factories import (
    make_agreement,
    make_area,
    make_delivery,
    make_event,
    make_partner,
    make_unit,
    make_user,
)

pytestmark = pytest.mark.django_db
# What only the full record shows, and what only the own subtree does.
FULL = ("NOMOR-W15", "Penanda Contoh", "Kepala Contoh", "Tempat Contoh", "Lingkup Contoh")
INNER = ("Catatan Contoh", "Kontak Contoh", "Janji Contoh")


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> date:
    day = date(2026, 11, 22)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: day)
    return day


@pytest.fixture
def paper(bapas_jember: Unit) -> Agreement:
    agreement = make_agreement(
        bapas_jember,
        make_partner("Dinas Kesehatan"),
        title="Layanan kesehatan",
        signed_on=date(2026, 1, 5),
        place="Tempat Contoh",
        term_months=24,
        scope="Lingkup Contoh",
        notes="Catatan Contoh",
        internal_contact="Kontak Contoh",
        areas=[make_area()],
    )
    party = agreement.parties.get(unit=bapas_jember)
    party.number, party.signatory_name = "NOMOR-W15", "Penanda Contoh"
    party.signatory_position = "Kepala Contoh"
    party.record(by=None)
    FollowUp(agreement=agreement, text="Janji Contoh", owner_unit=bapas_jember).record(by=None)
    make_delivery(agreement, output="Hasil Contoh", inmates_male=12)
    return agreement


def page(client: Client, user: User, agreement: Agreement) -> str:
    client.force_login(user)
    response = client.get(agreement.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def test_the_keeping_unit_sees_everything(client: Client, humas: User, paper: Agreement) -> None:
    text = page(client, humas, paper)
    for words in (*FULL, *INNER, "Hasil Contoh", "Riwayat", "Linimasa"):
        assert words in text
    assert "5 Januari 2026 s.d. 4 Januari 2028 (2 tahun)" in text
    assert f"/realisasi/baru/?perjanjian={paper.pk}" in text


def test_other_units_see_the_card_and_read_why(
    client: Client, humas_lain: User, paper: Agreement
) -> None:
    text = page(client, humas_lain, paper)
    for words in (*FULL, *INNER, "Hasil Contoh", "Riwayat", "Ubah", "Hapus"):
        assert words not in text
    for words in ("Layanan kesehatan", "Dinas Kesehatan", "Bapas Jember", "5 Januari 2026"):
        assert words in text
    assert "Pelayanan kesehatan" in text
    assert "Perjanjian ini disimpan Bapas Jember." in text


@pytest.mark.parametrize("kind", ["party", "below"])
def test_parties_and_units_below_read_the_paper_but_not_what_is_internal(
    client: Client, paper: Agreement, bapas_jember: Unit, kind: str
) -> None:
    if kind == "party":
        unit = make_unit("Lapas Kelas IIB Contoh")
        Party(agreement=paper, unit=unit, order=3).record(by=None)
    else:
        unit = make_unit("Pos Bapas Contoh", kind="POSBAPAS", parent=bapas_jember)
    text = page(client, make_user(Role.HUMAS, unit=unit), paper)
    for words in (*FULL, "Hasil Contoh", "Linimasa"):
        assert words in text
    for words in (*INNER, "Riwayat", "/ubah/"):
        assert words not in text


def test_the_manager_above_reads_everything_and_changes_nothing(
    client: Client, pembaca: User, paper: Agreement
) -> None:
    text = page(client, pembaca, paper)
    for words in (*FULL, *INNER, "Riwayat"):
        assert words in text
    assert "/ubah/" not in text
    assert "/hapus/" not in text


def test_drafts_of_other_units_are_not_there(
    client: Client, humas_lain: User, bapas_jember: Unit
) -> None:
    draft = make_agreement(bapas_jember, signed_on=None)
    client.force_login(humas_lain)
    assert client.get(draft.get_absolute_url()).status_code == 404


def test_papers_in_the_sampah_are_seen_by_the_own_subtree_only(
    client: Client, humas: User, humas_lain: User, bapas_jember: Unit
) -> None:
    paper = make_agreement(bapas_jember)
    paper.archive(by=humas, reason="Tercatat dua kali")
    text = page(client, humas, paper)
    assert "Ada di Sampah" in text
    assert "Tercatat dua kali" in text
    assert "Pulihkan" in text
    client.force_login(humas_lain)
    assert client.get(paper.get_absolute_url()).status_code == 404


def test_what_is_missing_is_listed_with_the_way_to_fill_it(
    client: Client, humas: User, pembaca: User, bapas_jember: Unit
) -> None:
    draft = Agreement(unit=bapas_jember, title="Rancangan").record(by=humas)
    text = page(client, humas, draft)
    for place in ("parties-judul", "id_signed_on", "id_term_0", "id_areas"):
        assert f'href="/perjanjian/{draft.pk}/ubah/#{place}"' in text
    assert "Realisasi dicatat setelah perjanjian ditandatangani." in text
    # A manager reads what is missing without a link to a form that is not theirs.
    text = page(client, pembaca, draft)
    assert "Isi tanggal tanda tangan" in text
    assert "/ubah/" not in text


def test_the_chain_and_the_papers_around_it_are_linked(
    client: Client, humas: User, humas_lain: User, bapas_jember: Unit
) -> None:
    umbrella = make_agreement(bapas_jember, title="Naskah payung", kind="NKB")
    old = make_agreement(bapas_jember, title="Naskah lama", signed_on=date(2024, 1, 5))
    paper = make_agreement(bapas_jember, title="Naskah ini", parent=umbrella, replaces=old)
    make_agreement(bapas_jember, title="Naskah berikut", replaces=paper, signed_on=None)
    make_agreement(bapas_jember, title="Naskah anak", parent=paper)
    make_agreement(humas_lain.unit, title="Draf orang", parent=paper, signed_on=None)
    text = page(client, humas, paper)
    for words in ("Naskah payung", "Naskah lama", "Naskah berikut", "Naskah anak"):
        assert words in text
    assert "perpanjangan sedang disusun" in text
    assert "Draf orang" not in text


def test_the_whole_chain_stands_in_the_order_of_its_papers(
    client: Client, humas: User, bapas_jember: Unit
) -> None:
    papers: list[Agreement] = []
    for year in range(2018, 2026, 2):
        earlier = papers[-1] if papers else None
        title, day = f"Naskah {year}", date(year, 1, 5)
        papers.append(
            make_agreement(
                bapas_jember, title=title, signed_on=day, term_months=24, replaces=earlier
            )
        )
    make_agreement(bapas_jember, title="Naskah baru", replaces=papers[-1], signed_on=None)
    text = page(client, humas, papers[1])
    chain = text[text.index('<ol class="chain">') :]
    order = [chain.index(f"Naskah {year}") for year in range(2018, 2026, 2)]
    assert order == sorted(order)
    assert chain.index("Naskah baru") > order[-1]
    # Only what renewed this one belongs to its own life.
    life = text[text.index('id="linimasa"') :]
    assert "Diperpanjang dengan: Naskah 2022" in life
    assert "Naskah 2024" not in life


@pytest.mark.parametrize(
    ("today", "percent", "words"),
    [
        (date(2026, 1, 5), 0, "sisa 364 hari, sampai 4 Januari 2027"),
        (date(2026, 7, 6), 50, "sisa 182 hari"),
        (date(2027, 1, 4), 100, "sisa 0 hari"),
        (date(2027, 1, 5), 100, "masa berlaku habis 4 Januari 2027"),
        (date(2030, 1, 1), 100, "masa berlaku habis"),
    ],
)
def test_how_far_a_term_has_run(today: date, percent: int, words: str) -> None:
    found = elapsed(Agreement(signed_on=date(2026, 1, 5), ends_on=date(2027, 1, 4)), today)
    assert found is not None
    assert found.percent == percent
    assert words in found.words


@pytest.mark.parametrize(
    "fields",
    [
        {"signed_on": date(2026, 1, 5)},
        {"ends_on": date(2027, 1, 4)},
        {"signed_on": date(2026, 1, 5), "starts_on": date(2026, 9, 1), "ends_on": date(2027, 1, 4)},
    ],
)
def test_a_term_without_two_ends_or_ahead_has_not_run(fields: dict[str, date]) -> None:
    assert elapsed(Agreement(**fields), date(2026, 8, 1)) is None


def test_the_bar_of_the_term_stands_under_the_title(
    client: Client, humas: User, paper: Agreement
) -> None:
    assert '<progress max="100"' in page(client, humas, paper)
    paper.change(
        by=humas, terminated_on=date(2026, 6, 1), termination_reason="Mitra berhenti bekerja sama"
    )
    assert "<progress" not in page(client, humas, paper)


def test_events_the_reader_may_not_see_stay_out_of_the_timeline(
    client: Client, humas: User, pembaca: User, paper: Agreement, humas_lain: User
) -> None:
    ours = make_event(humas.unit, title="Rapat kami", starts_on=date(2026, 2, 2))
    theirs = make_event(humas_lain.unit, title="Rapat mereka", starts_on=date(2026, 2, 3))
    for event in (ours, theirs):
        EventAgreement(event=event, agreement=paper).record(by=None)
    text = page(client, humas, paper)
    assert "Rapat kami" in text
    assert "Rapat mereka" not in text


def test_the_event_of_the_signing_is_told(client: Client, humas: User, bapas_jember: Unit) -> None:
    event = make_event(bapas_jember, title="Temu mitra", starts_on=date(2026, 1, 5))
    text = page(client, humas, make_agreement(bapas_jember, signing_event=event))
    assert "Ditandatangani pada kegiatan: Temu mitra" in text


def test_an_end_that_was_moved_shows_the_former_one(
    client: Client, humas: User, bapas_jember: Unit
) -> None:
    paper = make_agreement(
        bapas_jember, ends_on=date(2027, 6, 30), original_ends_on=date(2027, 1, 4)
    )
    assert "semula sampai 4 Januari 2027" in page(client, humas, paper)


def test_a_day_known_only_in_words_is_shown_as_written(
    client: Client, humas: User, bapas_jember: Unit
) -> None:
    paper = make_agreement(
        bapas_jember, signed_on=None, stage="SIGNED", signed_text="awal 2019", term_months=12
    )
    text = page(client, humas, paper)
    assert "awal 2019" in text
    assert "harinya belum diketahui" in text


def test_the_name_of_the_day_of_signing_stands_on_the_paper(
    client: Client, humas: User, bapas_jember: Unit
) -> None:
    partner = make_partner("Dinas Baru")
    PartnerName(
        partner=partner, name="Dinas Lama", kind="FORMER", valid_until=date(2026, 6, 1)
    ).record(by=None)
    text = page(client, humas, make_agreement(bapas_jember, partner))
    assert "Dinas Lama" in text
    assert "kini Dinas Baru" in text


def test_an_ended_paper_says_when_and_why(client: Client, humas: User, bapas_jember: Unit) -> None:
    paper = make_agreement(bapas_jember)
    paper.terminate(on=date(2026, 5, 1), by=humas, reason="Mitra bubar")
    text = page(client, humas, paper)
    assert "Diakhiri" in text
    assert "sejak 1 Mei 2026" in text
    assert "Mitra bubar" in text


def test_markup_in_every_text_is_shown_as_text(
    client: Client, humas: User, bapas_jember: Unit
) -> None:
    paper = make_agreement(
        bapas_jember,
        **dict.fromkeys(("title", "place", "scope", "notes"), "<b>tebal</b>"),
    )
    assert "<b>tebal" not in page(client, humas, paper)


@pytest.mark.parametrize("pk", ["0", "999999", "9" * 19])
def test_an_unknown_paper_is_not_found(client: Client, humas: User, pk: str) -> None:
    client.force_login(humas)
    assert client.get(f"/perjanjian/{pk}/").status_code == 404


def test_the_number_of_queries_does_not_grow(
    client: Client, humas: User, bapas_jember: Unit, paper: Agreement
) -> None:
    client.force_login(humas)
    counts = []
    for _ in range(2):
        for _ in range(3):
            make_delivery(paper)
            make_agreement(bapas_jember, parent=paper)
            Party(agreement=paper, partner=make_partner(), order=3).record(by=None)
        with CaptureQueriesContext(connection) as queries:
            client.get(paper.get_absolute_url())
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 15


def test_a_card_costs_few_queries(client: Client, humas_lain: User, paper: Agreement) -> None:
    client.force_login(humas_lain)
    with CaptureQueriesContext(connection) as queries:
        client.get(paper.get_absolute_url())
    # Session, user with unit, permissions, the units below and above the own one, the paper with
    # whether more than the card may be read, and what it consists of.
    assert len(queries) == 6
