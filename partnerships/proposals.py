"""What a new agreement with a partner probably says: forms show it, people decide."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F

from indonesian.names import normalise
from institutions.models import Unit, User
from partnerships.models import (
    Agreement,
    AgreementArea,
    Partner,
    PartnerKind,
    Party,
    ProgrammeArea,
)

MOST_USUAL_AREAS = 6

# Kinds of partners that an area names in its own label, and kinds whose work is one area. What
# local governments, companies and foundations do together with units is of every kind.
AREA_OF_KIND = {
    PartnerKind.APH: "KEAMANAN",
    PartnerKind.LATIHAN: "MAN_VOKASI",
    PartnerKind.PT: "PENELITIAN",
    PartnerKind.SEKOLAH: "KEP_INTELEKTUAL",
    PartnerKind.LBH: "HUK_BANTUAN",
    PartnerKind.REHAB: "KES_REHAB",
    PartnerKind.AGAMA: "KEP_AGAMA",
    PartnerKind.POKMAS: "POKMAS",
    PartnerKind.FASKES: "KES_LAYANAN",
    PartnerKind.MEDIA: "PUBLIKASI",
}
# Agencies work in the area of their sector.
AREA_OF_SECTOR = {
    "KESEHATAN": "KES_LAYANAN",
    "PENDIDIKAN": "KEP_INTELEKTUAL",
    "PERPUSTAKAAN": "KEP_INTELEKTUAL",
    "TENAGA_KERJA": "MAN_VOKASI",
    "DUKCAPIL": "ADM_KEPENDUDUKAN",
    "PPPA": "ANAK",
    "UMKM": "MAN_USAHA",
    "PERTANIAN": "MAN_PANGAN",
    "PERIKANAN": "MAN_PANGAN",
    "KETERTIBAN": "KEAMANAN",
}
# Sectors are seldom recorded, and the name of an agency says the same.
NAMED_AGENCIES = frozenset({PartnerKind.OPD, PartnerKind.VERTIKAL, PartnerKind.K_L})
AREA_OF_WORD = {
    "kesehatan": "KES_LAYANAN",
    "rumah sakit": "KES_LAYANAN",
    "narkotika": "KES_REHAB",
    "agama": "KEP_AGAMA",
    "pendidikan": "KEP_INTELEKTUAL",
    "perpustakaan": "KEP_INTELEKTUAL",
    "tenaga kerja": "MAN_VOKASI",
    "ketenagakerjaan": "MAN_VOKASI",
    "pelatihan": "MAN_VOKASI",
    "kependudukan": "ADM_KEPENDUDUKAN",
    "perempuan": "ANAK",
    "anak": "ANAK",
    "koperasi": "MAN_USAHA",
    "perdagangan": "MAN_USAHA",
    "perindustrian": "MAN_USAHA",
    "pertanian": "MAN_PANGAN",
    "peternakan": "MAN_PANGAN",
    "perikanan": "MAN_PANGAN",
    "pangan": "MAN_PANGAN",
    "kebakaran": "KEAMANAN",
}


@dataclass(frozen=True)
class ProposedAreas:
    keys: list[int]
    # What they follow from, in the words of the form.
    source: str


def usual_areas(partner: Partner, user: User) -> ProposedAreas:
    """Those of the newest paper with the partner; without one, those that go with its kind."""
    offered = ProgrammeArea.objects.filter(is_active=True)
    papers = Agreement.objects.listed_to(user).current().signed().of_partner(partner)
    last = papers.filter(area_links__area__in=offered).first()
    if last is not None:
        found, source = offered.filter(agreement_links__agreement=last), "perjanjian terakhirnya"
    else:
        found, source = offered.filter(code__in=areas_by_kind(partner)), "jenis mitranya"
    return ProposedAreas(list(found.values_list("pk", flat=True)), source)


def areas_by_kind(partner: Partner) -> set[str]:
    """Codes of the areas that partners of this kind, and agencies of this sector, work in."""
    kind = PartnerKind(partner.kind)
    if kind in AREA_OF_KIND:
        return {AREA_OF_KIND[kind]}
    sectors = partner.sector_links.values_list("sector__code", flat=True)
    by_sector = {AREA_OF_SECTOR[code] for code in sectors if code in AREA_OF_SECTOR}
    if by_sector or kind not in NAMED_AGENCIES:
        return by_sector
    name = f" {normalise(partner.name)} "
    return {area for word, area in AREA_OF_WORD.items() if f" {word} " in name}


def areas_of_unit(unit: Unit) -> list[int]:
    """The areas most of the unit's papers are about, the most frequent first."""
    links = AgreementArea.objects.filter(
        agreement__unit=unit, agreement__archived_on__isnull=True, area__is_active=True
    )
    counted = links.order_by().values_list("area").annotate(papers=Count("pk"))
    return [area for area, _ in counted.order_by("-papers", "area")[:MOST_USUAL_AREAS]]


def last_signatory(partner: Partner, user: User, until: date | None = None) -> Party | None:
    """The side of the partner on its newest signed paper that names who signed.

    Only of papers the user may read in full; `until` leaves out what was signed later.
    """
    papers = Agreement.objects.visible_to(user).current().signed()
    if until is not None:
        papers = papers.filter(signed_on__lte=until)
    sides = Party.objects.filter(partner=partner, agreement__in=papers.order_by().values("pk"))
    named = sides.exclude(signatory_name="", signatory_position="").select_related("agreement")
    newest = F("agreement__signed_on").desc(nulls_last=True)
    return named.order_by(newest, "-agreement", "pk").first()
