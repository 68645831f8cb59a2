"""What the form of a new agreement proposes from earlier papers and from the kind of partner."""

import csv
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from institutions.models import User
from partnerships.models import Agreement, Partner, PartnerKind, Party, ProgrammeArea, Sector
from partnerships.proposals import (
    AREA_OF_KIND,
    AREA_OF_SECTOR,
    AREA_OF_WORD,
    areas_by_kind,
    areas_of_unit,
)
from tests.agreement_payload import new_payload
from tests.factories import make_agreement, make_area, make_partner

pytestmark = pytest.mark.django_db
URL = "/perjanjian/baru/"
DATA = Path(__file__).parent.parent / "partnerships" / "data"
NAME, POSITION = "parties-1-signatory_name", "parties-1-signatory_position"


def signed_by(agreement: Agreement, name: str, position: str = "Kepala Dinas") -> Partner:
    """The partner of the paper, whose side was signed by that person."""
    side = agreement.parties.get(partner__isnull=False)
    side.change(by=None, signatory_name=name, signatory_position=position)
    return side.partner


def opened(client: Client, user: User, partner: Partner) -> Any:
    client.force_login(user)
    return client.get(URL, {"mitra": partner.pk})


def post(client: Client, user: User, *sides: Any, **fields: Any) -> Any:
    client.force_login(user)
    fields = {"signed_on": "2 Mei 2026", "term": "12"} | fields
    return client.post(URL, new_payload(*sides, **fields), follow=True)


def partner_side() -> Party:
    return Agreement.objects.latest("pk").parties.get(partner__isnull=False)


def shown(page: Any, name: str) -> str:
    """The value of an input of the page."""
    [tag] = re.findall(f'<input[^>]* name="{name}"[^>]*>', page.content.decode())
    return (re.findall(' value="([^"]*)"', tag) or [""])[0]


def ticked(page: Any) -> set[str]:
    tags = re.findall('<input type="checkbox" name="areas"[^>]*>', page.content.decode())
    return {re.findall('value="([^"]*)"', tag)[0] for tag in tags if " checked" in tag}


def summary(page: Any, heading: str) -> str:
    found = re.findall(f"<summary>({heading}.*?)</summary>", page.content.decode())
    return re.sub("<[^>]*>", "", found[-1])


def test_the_signatory_of_the_last_paper_is_shown_as_a_proposal(
    client: Client, humas: User
) -> None:
    partner = make_partner()
    signed_by(make_agreement(humas.unit, partner, signed_on=date(2022, 1, 5)), "Contoh Lama")
    signed_by(make_agreement(humas.unit, partner, signed_on=date(2024, 3, 1)), "Contoh Baru")
    page = opened(client, humas, partner)
    assert (shown(page, NAME), shown(page, POSITION)) == ("Contoh Baru", "Kepala Dinas")
    told = "Contoh Baru, Kepala Dinas (diusulkan dari perjanjian 1 Maret 2024)"
    assert summary(page, "Penanda tangan") == f"Penanda tangan: {told}"


def test_a_paper_of_which_only_the_card_is_seen_proposes_no_name(
    client: Client, humas: User, humas_lain: User
) -> None:
    partner = signed_by(make_agreement(humas_lain.unit), "Contoh Rahasia")
    assert "Contoh Rahasia" not in opened(client, humas, partner).content.decode()
    page = post(client, humas, humas.unit, partner).content.decode()
    assert "Contoh Rahasia" not in page
    assert partner_side().signatory_name == ""


@pytest.mark.parametrize("hidden", ["draft", "sampah"])
def test_a_draft_and_what_lies_in_the_sampah_propose_no_name(
    client: Client, humas: User, hidden: str
) -> None:
    old = make_agreement(humas.unit, signed_on=None if hidden == "draft" else date(2024, 1, 5))
    partner = signed_by(old, "Contoh Lama")
    if hidden == "sampah":
        old.archive(by=humas, reason="Salah catat")
    assert "Contoh Lama" not in opened(client, humas, partner).content.decode()


def test_a_proposal_that_is_left_or_changed_is_saved_as_it_stands(
    client: Client, humas: User
) -> None:
    partner = signed_by(make_agreement(humas.unit), "Contoh Lama")
    known = {"parties-1-proposed_for": f"p{partner.pk}", POSITION: "Kepala Dinas"}
    for name in ("Contoh Lama", "Contoh Pengganti", ""):
        page = post(client, humas, humas.unit, partner, **known, **{NAME: name}).content.decode()
        assert partner_side().signatory_name == name
        assert "diisi dari" not in page


def test_a_proposal_that_was_cleared_does_not_come_back(client: Client, humas: User) -> None:
    partner = signed_by(make_agreement(humas.unit), "Contoh Lama")
    post(client, humas, humas.unit, partner, **{"parties-1-proposed_for": f"p{partner.pk}"})
    side = partner_side()
    assert (side.signatory_name, side.signatory_position) == ("", "")


def test_a_partner_chosen_on_the_page_is_looked_up_when_it_is_saved(
    client: Client, humas: User
) -> None:
    partner = signed_by(make_agreement(humas.unit, signed_on=date(2024, 3, 1)), "Contoh Lama")
    page = post(client, humas, humas.unit, partner).content.decode()
    assert partner_side().signatory_name == "Contoh Lama"
    assert "diisi dari perjanjian 1 Maret 2024: Contoh Lama, Kepala Dinas." in page


def test_who_signed_later_did_not_sign_an_older_paper(client: Client, humas: User) -> None:
    partner = signed_by(make_agreement(humas.unit, signed_on=date(2024, 3, 1)), "Contoh Baru")
    post(client, humas, humas.unit, partner, signed_on="29 Februari 2024")
    assert partner_side().signatory_name == ""


@pytest.mark.parametrize("typed", [{NAME: "Contoh Ketik"}, {POSITION: "Sekretaris"}])
def test_what_was_typed_is_never_replaced(
    client: Client, humas: User, typed: dict[str, str]
) -> None:
    partner = signed_by(make_agreement(humas.unit), "Contoh Lama")
    post(client, humas, humas.unit, partner, **typed)
    side = partner_side()
    assert {NAME: side.signatory_name, POSITION: side.signatory_position} == {
        NAME: "",
        POSITION: "",
    } | typed


def test_the_proposal_for_a_partner_goes_when_another_is_chosen(
    client: Client, humas: User
) -> None:
    first = signed_by(make_agreement(humas.unit), "Contoh Pertama")
    for second, name in (
        (make_partner(), ""),
        (signed_by(make_agreement(humas.unit), "Contoh Kedua"), "Contoh Kedua"),
    ):
        stale = {"parties-1-proposed_for": f"p{first.pk}", NAME: "Contoh Pertama"}
        post(client, humas, humas.unit, second, **stale, **{POSITION: "Kepala Dinas"})
        assert partner_side().signatory_name == name


def test_a_page_shown_again_proposes_for_the_partner_chosen_since(
    client: Client, humas: User
) -> None:
    area = make_area()
    partner = signed_by(make_agreement(humas.unit, areas=[area]), "Contoh Lama")
    page = post(client, humas, humas.unit, partner, tambah="parties")
    assert shown(page, NAME) == "Contoh Lama"
    assert shown(page, "parties-1-proposed_for") == f"p{partner.pk}"
    assert ticked(page) == {str(area.pk)}
    assert Agreement.objects.count() == 1


def test_proposals_are_asked_for_by_a_button_once_a_partner_is_chosen(
    client: Client, humas: User
) -> None:
    area, button = make_area(), "Usulkan menurut mitra"
    partner = make_partner("Dinas Kesehatan")
    assert button not in opened(client, humas, partner).content.decode()
    page = post(client, humas, humas.unit, None, tambah="usulan")
    assert button in page.content.decode()
    assert "Belum ada usulan. Pilih mitranya di atas" in page.content.decode()
    page = post(client, humas, humas.unit, partner, tambah="usulan")
    assert ticked(page) == {str(area.pk)}
    assert button not in page.content.decode()
    assert page.content.decode().count('class="row-set"') == 2


def test_a_page_shown_again_keeps_what_was_typed_and_ticked(client: Client, humas: User) -> None:
    area, other = make_area(), make_area("KEAMANAN", "Keamanan")
    partner = signed_by(make_agreement(humas.unit, areas=[area]), "Contoh Lama")
    typed = {NAME: "Contoh Ketik", "areas": [other.pk]}
    page = post(client, humas, humas.unit, partner, tambah="parties", **typed)
    assert (shown(page, NAME), shown(page, POSITION)) == ("Contoh Ketik", "")
    assert ticked(page) == {str(other.pk)}


def test_a_forged_partner_behind_a_proposal_is_passed_over(client: Client, humas: User) -> None:
    for text in ("p99999999", "u1", "x", "p" + "9" * 40, "\0"):
        response = post(client, humas, humas.unit, None, **{"parties-0-proposed_for": text})
        assert response.status_code == 200
    assert Agreement.objects.count() == 5


@pytest.mark.parametrize(
    ("kind", "name", "areas"),
    [
        (PartnerKind.PT, "Universitas Pendidikan Contoh", {"PENELITIAN"}),
        (PartnerKind.FASKES, "Puskesmas Contoh", {"KES_LAYANAN"}),
        (PartnerKind.OPD, "Dinkes Kab. Contoh", {"KES_LAYANAN"}),
        (PartnerKind.OPD, "RSUD Contoh", {"KES_LAYANAN"}),
        (PartnerKind.OPD, "Disdukcapil Kab. Contoh", {"ADM_KEPENDUDUKAN"}),
        (
            PartnerKind.OPD,
            "Dinas Perdagangan, Perindustrian dan Ketenagakerjaan",
            {"MAN_USAHA", "MAN_VOKASI"},
        ),
        (PartnerKind.VERTIKAL, "BNNK Contoh", {"KES_REHAB"}),
        (PartnerKind.VERTIKAL, "KUA Kecamatan Contoh", {"KEP_AGAMA"}),
        (PartnerKind.OPD, "Bappeda Contoh", set()),
        (PartnerKind.PEMDA, "Pemkab Contoh", set()),
        (PartnerKind.YAYASAN, "Yayasan Anak Contoh", set()),
    ],
)
def test_a_kind_of_partner_goes_with_areas(kind: str, name: str, areas: set[str]) -> None:
    assert areas_by_kind(make_partner(name, kind=kind)) == areas


def test_recorded_sectors_say_more_than_the_name() -> None:
    partner = make_partner("Dinas Kesehatan", kind=PartnerKind.OPD)
    for code in ("SOSIAL", "PPPA"):
        sector = Sector(code=code, label=code).record(by=None)
        partner.sector_links.model(partner=partner, sector=sector).record(by=None)
    assert areas_by_kind(partner) == {"ANAK"}


def test_every_code_stands_in_the_lists_of_the_register() -> None:
    areas, sectors = (
        {row["code"] for row in csv.DictReader((DATA / name).open(encoding="utf-8"))}
        for name in ("programme_areas.csv", "sectors.csv")
    )
    named = {*AREA_OF_KIND.values(), *AREA_OF_SECTOR.values(), *AREA_OF_WORD.values()}
    assert named - areas == set()
    assert AREA_OF_SECTOR.keys() - sectors == set()


def test_areas_of_the_kind_are_ticked_and_the_rest_is_folded(client: Client, humas: User) -> None:
    area = make_area()
    make_area("KEAMANAN", "Keamanan")
    page = opened(client, humas, make_partner("Dinas Kesehatan"))
    assert ticked(page) == {str(area.pk)}
    before, _, folded = page.content.decode().partition("<summary>Bidang lainnya</summary>")
    assert "Dicentang menurut jenis mitranya." in before
    assert "Keamanan" not in before
    assert "Keamanan" in folded


def test_the_last_paper_says_more_than_the_kind(
    client: Client, humas: User, humas_lain: User
) -> None:
    make_area()
    area = make_area("KEAMANAN", "Keamanan")
    partner = make_partner("Dinas Kesehatan")
    make_agreement(humas_lain.unit, partner, areas=[area])
    page = opened(client, humas, partner)
    assert ticked(page) == {str(area.pk)}
    assert "Dicentang menurut perjanjian terakhirnya." in page.content.decode()


def test_a_withdrawn_area_is_not_proposed(client: Client, humas: User) -> None:
    area = ProgrammeArea(code="LAMA", label="Bidang lama", group="Lain").record(by=None)
    partner = make_partner("Dinas Contoh")
    make_agreement(humas.unit, partner, areas=[area])
    area.change(by=None, is_active=False)
    assert "Bidang lama" not in opened(client, humas, partner).content.decode()


def test_without_a_partner_the_usual_areas_of_the_unit_come_first(
    client: Client, humas: User, humas_lain: User
) -> None:
    rare, usual, foreign = (make_area(code, code) for code in ("ANAK", "SDM", "SARPRAS"))
    for areas in ([usual], [usual, rare]):
        make_agreement(humas.unit, areas=areas)
    make_agreement(humas_lain.unit, areas=[foreign])
    assert areas_of_unit(humas.unit) == [usual.pk, rare.pk]
    client.force_login(humas)
    page = client.get(URL)
    assert ticked(page) == set()
    before, _, folded = page.content.decode().partition("<summary>Bidang lainnya</summary>")
    assert ("SARPRAS" in before, "SARPRAS" in folded) == (False, True)


def test_without_anything_known_no_area_is_folded(client: Client, humas: User) -> None:
    make_area()
    client.force_login(humas)
    assert "Bidang lainnya" not in client.get(URL).content.decode()


def test_areas_the_page_could_not_show_are_told_and_not_saved(client: Client, humas: User) -> None:
    make_area()
    page = post(client, humas, humas.unit, make_partner("Dinas Kesehatan")).content.decode()
    assert "Bidang belum dipilih. Menurut jenis mitranya: Pelayanan kesehatan." in page
    assert not Agreement.objects.get().area_links.exists()


def test_areas_that_were_unticked_are_not_told_again(client: Client, humas: User) -> None:
    make_area()
    partner = make_partner("Dinas Kesehatan")
    known = {"parties-1-proposed_for": f"p{partner.pk}"}
    page = post(client, humas, humas.unit, partner, **known).content.decode()
    assert "Bidang belum dipilih." not in page


def test_a_stored_paper_is_opened_without_a_tick_nobody_made(client: Client, humas: User) -> None:
    make_area()
    make_area("KEAMANAN", "Keamanan")
    stored = make_agreement(humas.unit, make_partner("Dinas Kesehatan"))
    client.force_login(humas)
    page = client.get(f"{stored.get_absolute_url()}ubah/")
    assert ticked(page) == set()
    before, _, folded = page.content.decode().partition("<summary>Bidang lainnya</summary>")
    assert ("Pelayanan kesehatan" in before, "Keamanan" in folded) == (True, True)
