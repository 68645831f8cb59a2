"""Forms on deliveries: five answers, short enough for a phone at the place itself."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.utils import timezone

from indonesian.calendar import format_date
from institutions.forms.base import field_for
from institutions.forms.own_unit import WithOwnUnit
from institutions.models import User
from institutions.pickers import Picked
from partnerships.forms.heads import WithHeads
from partnerships.models import (
    DELIVERY_KINDS,
    Agreement,
    Delivery,
    Event,
    Evidence,
    ProgrammeArea,
    Stage,
)
from partnerships.pickers import (
    AgreementPickerField,
    EventPickerField,
    PartnerPickerField,
    known_events,
    known_partners,
)

NOT_SIGNED = "Perjanjian ini belum ditandatangani; realisasinya dicatat setelah itu."


class DeliveredAgreementField(AgreementPickerField):
    """Finds signed agreements; a draft that a link names is refused by the model, in words."""

    def find(self, chosen: str) -> Model | None:
        found = super().find(chosen)
        if found is not None or self.user is None:
            return found
        return row_of(Agreement.objects.visible_to(self.user).current(), chosen)


def row_of(rows: QuerySet[Any], key: str) -> Any:
    """The row an address or a radio button names, if it is among `rows`."""
    return rows.filter(pk=int(key)).first() if key.isdecimal() and len(key) <= 18 else None


class DeliveryForm(WithHeads, WithOwnUnit):
    instance: Delivery

    kind = forms.ChoiceField(label="Apa yang dilaksanakan", widget=forms.RadioSelect)
    agreement = DeliveredAgreementField(
        label="Perjanjian",
        required=False,
        help_text="Cari judul, mitra, atau nomornya, lalu pilih.",
    )
    partner = PartnerPickerField(label="Mitra", required=False)
    event = EventPickerField(label="Kegiatan", required=False)
    area = forms.ModelChoiceField(
        label="Bidang",
        queryset=ProgrammeArea.objects.filter(is_active=True),
        empty_label="Belum dipilih",
        required=False,
    )

    class Meta:
        model = Delivery
        fields = [
            "kind",
            "agreement",
            "partner",
            "event",
            "date",
            *Delivery.COUNT_FIELDS,
            "output",
            "area",
            "note",
            "unit",
        ]
        formfield_callback = field_for
        labels = {"output": "Hasil singkat"}
        help_texts = {
            "output": "Misalnya 20 sertifikat menjahit, atau 40 orang diperiksa.",
            "note": "Tanpa nama warga binaan atau klien.",
        }
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    starred = ("kind", "agreement", "date")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind.value, kind.label) for kind in DELIVERY_KINDS]
        if self.instance.kind and self.instance.kind not in DELIVERY_KINDS:
            kinds.append((self.instance.kind, self.instance.get_kind_display()))
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        chosen = self.initial.get("agreement")
        if isinstance(chosen, Agreement) and chosen.stage != Stage.SIGNED:
            self.fields["agreement"].warning = NOT_SIGNED  # type: ignore[attr-defined]
        self.effect = ""

    @property
    def opens_links(self) -> bool:
        """Whether the part for partner and event is to stand open."""
        return self.tells("partner", "event")

    @property
    def opens_more(self) -> bool:
        return self.tells("area", "note")

    def tells(self, *names: str) -> bool:
        values = (self[name].value() for name in names)
        filled = any(
            value.query or value.chosen if isinstance(value, Picked) else value for value in values
        )
        return filled or any(name in self.errors for name in names)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        links = ("agreement", "partner", "event")
        if not any(cleaned.get(name) or name in self.errors for name in links):
            self.add_error("agreement", "Pilih perjanjian, mitra, atau kegiatannya.")
        return cleaned

    def record(self, *, reason: str = "") -> None:
        served = self.cleaned_data.get("agreement")
        is_new = self.instance.pk is None
        before = evidence_now(served)
        super().record(reason=reason)
        after = evidence_now(served)
        if after is not None and (is_new or after != before):
            self.effect = effect_in_words(str(served), before, after)

    @property
    def warnings(self) -> list[str]:
        return [*super().warnings, *delivery_oddities(self.instance)]


def delivery_oddities(row: Delivery) -> list[str]:
    """What looks odd on a delivery and is saved all the same."""
    found, day, served = [], row.date, row.agreement
    if served and served.signed_on and day < served.signed_on:
        found.append(
            "Tanggal realisasi mendahului penandatanganan perjanjiannya, "
            f"{format_date(served.signed_on)}."
        )
    if served and served.ends_on and day > served.ends_on:
        found.append(
            f"Perjanjiannya sudah berakhir pada {format_date(served.ends_on)}; "
            "mungkin realisasi ini milik perjanjian penerusnya."
        )
    if not row.participants and not row.output:
        found.append("Jumlah peserta dan hasilnya belum diisi.")
    if row.lost_check:
        found.append(Delivery.LOST_CHECK)
    return found


def evidence_now(agreement: Agreement | None) -> Evidence | None:
    """Whether the agreement moves as things stand in the database."""
    if agreement is None:
        return None
    row: Any = Agreement.objects.with_evidence().get(pk=agreement.pk)
    return Evidence(row.evidence) if row.evidence else None


def effect_in_words(title: str, before: Evidence | None, after: Evidence) -> str:
    """What saving did to the agreement: the reason to record a delivery at all."""
    still = "tetap" if before == after else "sekarang"
    if after == Evidence.MOVING:
        return f"Perjanjian “{title}” {still} terhitung berjalan."
    if after == Evidence.STALLED:
        return (
            f"Perjanjian “{title}” {still} terhitung tersendat: "
            "realisasi terakhirnya lebih dari 6 bulan lalu."
        )
    return f"Perjanjian “{title}” {still} terhitung {after.label.lower()}."


def presets(user: User, asked: Mapping[str, str]) -> dict[str, Any]:
    """What a link already knows: the agreement, the partner or the event; the day is today."""
    found: dict[str, Any] = {"date": timezone.localdate()}
    sources: dict[str, tuple[str, QuerySet[Any]]] = {
        "agreement": ("perjanjian", Agreement.objects.visible_to(user).current()),
        "partner": ("mitra", known_partners(user)),
        "event": ("kegiatan", known_events(user)),
    }
    for name, (parameter, rows) in sources.items():
        row = row_of(rows, asked.get(parameter, ""))
        if row is not None:
            found[name] = row
    event: Event | None = found.get("event")
    if event is not None and event.has_happened(found["date"]):
        found["date"] = event.starts_on
    owner = found.get("agreement") or event
    if owner is not None and user.units_in_scope().filter(pk=owner.unit_id).exists():
        found["unit"] = owner.unit
    return found
