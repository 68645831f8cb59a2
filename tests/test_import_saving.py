"""What is saved from a list: agreements as by the form, with their history, once and as a whole."""

from datetime import date
from io import BytesIO, StringIO
from typing import Any
from unittest import mock

import pytest
from django.core.management import call_command
from django.db import IntegrityError
from django.utils import timezone

from institutions.history import history_of
from institutions.models import Unit, User
from institutions.spreadsheets import csv_lines, xlsx_pieces
from institutions.verification import verify
from partnerships.exports import table_of
from partnerships.imports import recording
from partnerships.imports.keeping import keep, progress_of, record_ready
from partnerships.imports.reading import read_list
from partnerships.models import (
    Agreement,
    AgreementArea,
    Import,
    LineState,
    Partner,
    PartnerName,
    Party,
)
from tests.factories import make_agreement, make_area, make_partner, make_regency, make_unit
from tests.lists import csv, xlsx
from tests.lists import list_row as row

pytestmark = pytest.mark.django_db


def kept(user: User, content: bytes, unit: Unit | None = None) -> Import:
    found = read_list(BytesIO(content), len(content))
    return keep(found, user, name="daftar-lama.xlsx", unit=unit)


def saved(user: User, content: bytes) -> Import:
    found = kept(user, content)
    record_ready(found, user)
    return found


def everything() -> list[Any]:
    models = (Agreement, Party, AgreementArea, Partner)
    return [list(m._base_manager.order_by("pk").values()) for m in models]  # type: ignore[attr-defined]


def test_a_row_becomes_an_agreement_with_its_parties_and_areas(
    humas: User, bapas_jember: Unit
) -> None:
    area = make_area()
    partner = make_partner("Universitas Contoh", kind="PT")
    saved(humas, xlsx(row(Mitra="Univ. Contoh", Bidang=area.label)))
    paper = Agreement.objects.get()
    assert (paper.title, paper.unit, paper.recorded_by) == ("Layanan contoh 1", bapas_jember, humas)
    assert (paper.signed_on, paper.ends_on) == (date(2025, 1, 12), date(2027, 1, 11))
    assert (paper.term_months, paper.end_is_typed, paper.version) == (24, False, 1)
    assert [link.area for link in paper.area_links.all()] == [area]
    assert [(str(party), party.number) for party in paper.parties.all()] == [
        (bapas_jember.short_name, "WP.15.PAS-1/2025"),
        (partner.name, "440/1/2025"),
    ]


def test_history_names_who_and_the_file_once_for_each_row(humas: User) -> None:
    make_area()
    saved(humas, xlsx(row(Bidang="Pelayanan kesehatan")))
    paper = Agreement.objects.get()
    for model in (Agreement, Party, AgreementArea, Partner):
        steps = model.history.all()  # type: ignore[attr-defined]
        assert len(steps) == model._base_manager.count()  # type: ignore[attr-defined]
        assert {step.history_change_reason for step in steps} == {"Impor dari daftar-lama.xlsx"}
        assert {step.history_user for step in steps} == {humas}
    [entry] = history_of(paper, "parties", "area_links")
    assert (entry.action, entry.who) == ("Dicatat", humas)
    assert list(verify()) == []


def test_a_row_is_as_if_it_had_been_recorded_one_by_one(humas: User) -> None:
    """Derived columns included: sorting, searching, the place of a partner."""
    partner = make_partner("Universitas Contoh", kind="PT", acronym="UNCON")
    PartnerName(partner=partner, name="Kampus Contoh").record(by=None)
    partner.refresh_search_text()
    lapas = make_unit("Lapas Kelas IIA Jember", code="lapas-jember")
    rows = (row(1, Mitra=f"Univ. Contoh; {lapas}"), row(2, Mitra="Dinas Baru Kab. Jember"))
    saved(humas, csv(*rows))
    before = everything()
    assert before[0][0]["search_text"]
    for model in (Agreement, Party, AgreementArea, Partner):
        for each in model._base_manager.all():  # type: ignore[attr-defined]
            each.full_clean()
    call_command("rebuild_search", stdout=StringIO())
    assert everything() == before


def test_the_same_list_adds_nothing_a_second_time(humas: User) -> None:
    content = xlsx(*(row(n, Mitra=f"Dinas {n}") for n in range(20)), row(99, Judul="Lain"))
    saved(humas, content)
    before = everything()
    again = saved(humas, content)
    assert everything() == before
    assert again.counts == {LineState.RECORDED: 21}
    saved(humas, csv(*(row(n, Mitra=f"DINAS {n}") for n in range(20))))
    assert everything() == before


def test_a_corrected_list_adds_only_what_was_missing(humas: User) -> None:
    wrong = {"Tgl ttd": "31 Februari 2025"}
    first = saved(humas, xlsx(row(1), row(2, cells=wrong)))
    assert (first.saved, first.counts) == (1, {LineState.RECORDED: 1, LineState.WRONG: 1})
    saved(humas, xlsx(row(1), row(2)))
    assert Agreement.objects.count() == 2


def varied_papers(unit: Unit) -> None:
    """Papers with everything the table tells, and with nothing."""
    lapas = make_unit("Lapas Kelas IIA Jember", code="lapas-jember")
    areas = [make_area(), make_area("KES_JIWA", "Kesehatan jiwa (Paket A, B), literasi")]
    make_agreement(unit, areas=areas, title="=1+1 berlaku")
    make_agreement(unit, signed_on=None, title="Draf")
    make_agreement(unit, signed_on=None, title="", stage="PROSPECT")
    make_agreement(unit, signed_on=None, stage="SIGNED", signed_text="awal 2019", kind="NK")
    make_agreement(unit, is_open_ended=True, signed_on=date(2024, 2, 29), kind="KB")
    make_agreement(unit, ends_on=date(2026, 5, 5), end_is_typed=True)
    several = make_agreement(unit, title="Banyak pihak")
    Party(agreement=several, order=3, unit=lapas, number="L-1").record(by=None)
    Party(agreement=several, order=4, partner=make_partner(), number="P-1").record(by=None)
    for number, party in enumerate(several.parties.all()):
        party.change(by=None, number=f"NOMOR/{number}/2026")
    same = make_partner("Dinas Sosial", regency=make_regency("35.09", "Jember"))
    make_partner("Dinas Sosial", regency=make_regency("35.10", "Banyuwangi"))
    make_agreement(unit, same, title="Sama nama")
    make_agreement(unit, title="Adendum", kind="ADD")


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_our_own_table_is_read_back_and_changes_nothing(
    humas: User, bapas_jember: Unit, ending: str
) -> None:
    varied_papers(bapas_jember)
    keys = list(Agreement.objects.values_list("pk", flat=True))
    table = table_of(keys, humas, timezone.localdate())
    if ending == "xlsx":
        content = b"".join(xlsx_pieces([table]))
    else:
        content = "".join(csv_lines(table)).encode()
    before = everything()
    found = saved(humas, content)
    assert found.counts == {LineState.RECORDED: len(keys)}
    assert everything() == before


def test_the_dry_run_says_what_the_saving_does(humas: User) -> None:
    rows = [row(n, Mitra=f"Dinas {n}") for n in range(5)]
    rows += [row(6, Mitra="Sanggar Contoh", Kategori=""), row(7, cells={"Tgl ttd": "x"})]
    found = kept(humas, xlsx(*rows))
    assert Agreement.objects.count() == 0
    told = dict(found.lines.values_list("place", "told"))
    assert record_ready(found, humas) == found.saved == 5
    for place, paper in enumerate(Agreement.objects.order_by("pk")):
        assert told[place]["title"] == paper.title
        assert told[place]["partner"] == str(paper.parties.get(order=2))
        assert told[place]["numbers"] == "; ".join(p.number for p in paper.parties.all())


@pytest.mark.parametrize("model", [Agreement, Party, AgreementArea, Partner])
def test_when_one_row_cannot_be_written_none_is(humas: User, model: type) -> None:
    make_area()
    rows = [row(n, Mitra=f"Dinas {n}", Bidang="Pelayanan kesehatan") for n in range(6)]
    found = kept(humas, xlsx(*rows))
    before = everything()
    record_new = recording.record_new

    def fails(written: Any, **how: Any) -> None:
        record_new(written, **how)
        if written and type(written[0]) is model:
            raise IntegrityError

    with (
        mock.patch.object(recording, "record_new", fails),
        mock.patch.object(recording, "CHUNK", 2),
        pytest.raises(IntegrityError),
    ):
        record_ready(found, humas)
    assert everything() == before
    found.refresh_from_db()
    assert (found.saved, found.counts) == (0, {LineState.NEW: 6})


def test_saving_tells_how_far_it_has_come_until_it_ends(humas: User) -> None:
    found = kept(humas, xlsx(*(row(number) for number in range(1, 6))))
    progress, seen = progress_of(found), []
    record_new = recording.record_new

    def watched(written: Any, **how: Any) -> None:
        seen.append(progress.read())
        record_new(written, **how)

    with (
        mock.patch.object(recording, "record_new", watched),
        mock.patch.object(recording, "CHUNK", 2),
    ):
        record_ready(found, humas)
    assert list(dict.fromkeys(seen)) == [(0, 5), (2, 5), (4, 5)]
    assert progress.read() is None


def test_what_was_recorded_between_looking_and_saving_is_not_doubled(humas: User) -> None:
    content = xlsx(row(1), row(2))
    looked, other = kept(humas, content), kept(humas, content)
    assert record_ready(other, humas) == 2
    assert record_ready(looked, humas) == 0
    assert Agreement.objects.count() == 2


def test_whoever_moved_away_meanwhile_saves_nothing(humas: User, lapas_purwodadi: Unit) -> None:
    found = kept(humas, xlsx(row(1)))
    humas.change(by=None, unit=lapas_purwodadi)
    assert record_ready(found, User.objects.get(pk=humas.pk)) == 0
    assert Agreement.objects.count() == 0
