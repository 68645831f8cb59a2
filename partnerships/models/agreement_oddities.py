"""What looks odd on an agreement and is saved all the same: warned about, never refused."""

from datetime import date
from typing import TYPE_CHECKING

from indonesian.calendar import format_date
from indonesian.names import number_key
from indonesian.numbers import format_number
from institutions.models import UnitKind, User
from partnerships.models.agreement_codes import AgreementKind

if TYPE_CHECKING:
    from partnerships.models.agreement_parts import Party
    from partnerships.models.agreement_queries import AgreementQuerySet
    from partnerships.models.agreements import Agreement

# Who signs a memorandum of understanding; a UPT signs a PKS (Permenkumham 65/2016).
SIGNS_MEMORANDA = frozenset({UnitKind.DITJENPAS, UnitKind.KANWIL})
# Shorter ones ("12", "001") are running numbers that every office uses.
SHORTEST_TELLING_NUMBER = 5


def oddities(row: "Agreement", user: User, today: date) -> list[str]:
    """Sentences for the person who saved it; they tell of other papers what that person may see."""
    parties = list(row.parties.select_related("unit"))
    papers = type(row).objects
    return [
        *signed_ahead(row, today),
        *overlapping(row),
        *memorandum_of_a_upt(row, parties),
        *repeated_numbers(row, parties, papers.visible_to(user)),
        *recorded_before(row, parties, papers.listed_to(user)),
    ]


def signed_ahead(row: "Agreement", today: date) -> list[str]:
    if row.signed_on is None or row.signed_on <= today:
        return []
    day = format_date(row.signed_on)
    return [f"Tanggal tanda tangan {day} masih di depan; sampai hari itu tampil belum berlaku."]


def overlapping(row: "Agreement") -> list[str]:
    """A renewal that begins before the paper it renews is over."""
    old = row.replaces
    if old is None or row.start is None:
        return []
    ends = [day for day in (old.terminated_on or old.ends_on, row.ends_on) if day]
    days = (min(ends) - row.start).days + 1 if old.terminated_on or old.ends_on else 0
    if days < 1:
        return []
    return [f"Masa baru tumpang tindih {format_number(days)} hari dengan masa lama."]


def memorandum_of_a_upt(row: "Agreement", parties: "list[Party]") -> list[str]:
    if row.kind != AgreementKind.NK:
        return []
    signing = [party.unit for party in parties if party.unit is not None]
    return [
        f"Nota Kesepahaman biasanya ditandatangani Ditjenpas atau Kanwil; {unit} biasanya"
        " menandatangani PKS. Periksa jenis naskahnya."
        for unit in signing
        if unit.kind not in SIGNS_MEMORANDA
    ]


def repeated_numbers(
    row: "Agreement", parties: "list[Party]", readable: "AgreementQuerySet"
) -> list[str]:
    found = []
    for party in parties:
        key = number_key(party.number)
        if len(key) < SHORTEST_TELLING_NUMBER:
            continue
        others = readable.current().exclude(pk=row.pk).filter(search_text__contains=key)
        for other in others.prefetch_related("parties")[:20]:
            if any(number_key(theirs.number) == key for theirs in other.parties.all()):
                found.append(f"Nomor {party.number} sudah dipakai untuk “{other}”.")
                break
    return found


def recorded_before(
    row: "Agreement", parties: "list[Party]", listed: "AgreementQuerySet"
) -> list[str]:
    """The same sides on the same day: the paper may stand in the register already."""
    sides = {(party.unit_id, party.partner_id) for party in parties}
    if row.signed_on is None or len(sides) < 2:
        return []
    others = listed.current().signed().filter(signed_on=row.signed_on, kind=row.kind)
    for unit, partner in sides:
        others = others.filter(parties__unit=unit, parties__partner=partner)
    found = others.exclude(pk=row.pk).select_related("unit").order_by("pk").first()
    if found is None:
        return []
    return [
        f"{found.unit} sudah mencatat {found.kind} dengan pihak dan tanggal tanda tangan yang sama:"
        f" “{found}”. Periksa agar tidak tercatat dua kali."
    ]
