"""Pickers of the records: a partner (or a new one), a party, an agreement, an event."""

from typing import Any

from django.db.models import Model

from institutions.models import SearchableQuerySet, Unit, UnitQuerySet, User
from institutions.pickers import (
    SHOWN,
    Option,
    Picked,
    PickerField,
    describe_unit,
)
from partnerships.models import (
    Agreement,
    AgreementQuerySet,
    Event,
    EventQuerySet,
    Partner,
    PartnerQuerySet,
)

NEW_PARTNER = "Bukan ini, tambah mitra baru"


def known_partners(user: User) -> PartnerQuerySet:
    return (
        Partner.objects.visible_to(user)
        .current()
        .filter(merged_into__isnull=True)
        .select_related("regency", "province")
    )


def describe_partner(partner: Partner) -> Option:
    texts = [partner.get_kind_display(), str(partner.region or "wilayah belum dicatat")]
    return Option(str(partner.pk), partner.name, " · ".join(texts))


class PartnerPickerField(PickerField):
    """A partner of the directory; with `new_label` also one that is not in it yet."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("source", known_partners)
        kwargs.setdefault(
            "nothing_found",
            "Tidak ada mitra yang cocok dengan “{query}”. Periksa ejaan atau tambahkan mitra baru.",
        )
        super().__init__(describe=describe_partner, **kwargs)


class SidePickerField(PartnerPickerField):
    """One side of an agreement: a partner, or a corrections unit. Values read `p12` and `u34`."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("new_label", NEW_PARTNER)
        super().__init__(**kwargs)

    def units(self) -> UnitQuerySet:
        return Unit.objects.active().select_related("regency", "province")

    def key_of(self, value: Any) -> str:
        if isinstance(value, Unit):
            return f"u{value.pk}"
        return f"p{value.pk}" if isinstance(value, Partner) else str(value or "")

    def describe_side(self, row: Any) -> Option:
        option = describe_unit(row) if isinstance(row, Unit) else describe_partner(row)
        return Option(self.key_of(row), option.label, option.hint)

    def find(self, chosen: str) -> Model | None:
        if self.current is not None and chosen == self.key_of(self.current):
            return self.current
        side, key = chosen[:1], chosen[1:]
        if not key.isdecimal() or len(key) > 18:
            return None
        rows: SearchableQuerySet[Any] = self.units() if side == "u" else self.rows()
        return rows.filter(pk=int(key)).first() if side in {"u", "p"} else None

    def options_for(self, picked: Picked) -> tuple[list[Option], str]:
        chosen = self.find(picked.chosen) if picked.chosen else None
        options = [self.describe_side(chosen)] if chosen else []
        if not picked.query:
            return options, ""
        hits: list[Model] = [*self.ranked(picked.query)[: SHOWN + 1]]
        hits += self.ranked_units(picked.query)[: SHOWN + 1 - len(hits)]
        options += [self.describe_side(row) for row in hits[:SHOWN] if row != chosen]
        if not hits:
            return options, self.nothing_found.format(query=picked.query)
        more = f"Baru {SHOWN} hasil pertama yang tampil; tulis lebih lengkap."
        return options, more if len(hits) > SHOWN else ""

    def ranked_units(self, query: str) -> UnitQuerySet:
        return self.units().search(query).order_by("name_key", "pk")

    def label_of(self, value: Any) -> str:
        row = self.find(value.chosen if isinstance(value, Picked) else self.key_of(value))
        return self.describe_side(row).label if row is not None else ""


def signed_agreements(user: User) -> AgreementQuerySet:
    return (
        Agreement.objects.visible_to(user)
        .current()
        .signed()
        .select_related("unit")
        .prefetch_related("parties__partner", "parties__unit")
    )


def describe_agreement(agreement: Agreement) -> Option:
    sides = " – ".join(str(party) for party in agreement.parties.all())
    return Option(str(agreement.pk), str(agreement), f"{agreement.kind} · {sides}")


class AgreementPickerField(PickerField):
    """A signed agreement the user may read in full."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("source", signed_agreements)
        kwargs.setdefault(
            "nothing_found",
            "Tidak ada perjanjian yang cocok dengan “{query}”. Cari judul, mitra, atau nomornya.",
        )
        super().__init__(describe=describe_agreement, **kwargs)

    def ranked(self, query: str) -> SearchableQuerySet[Any]:
        return self.rows().search(query).order_by("-signed_on", "-pk")


def known_events(user: User) -> EventQuerySet:
    return Event.objects.visible_to(user).current().select_related("unit")


def describe_event(event: Event) -> Option:
    return Option(str(event.pk), event.title, f"{event.date_label} · {event.unit}")


class EventPickerField(PickerField):
    """An event the user may see."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            source=known_events,
            describe=describe_event,
            nothing_found="Tidak ada kegiatan yang cocok dengan “{query}”.",
            **kwargs,
        )

    def ranked(self, query: str) -> SearchableQuerySet[Any]:
        return self.rows().search(query).order_by("-date_key", "-pk")
