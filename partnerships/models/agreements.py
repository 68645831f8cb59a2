"""The agreement: the paper, its term and the verbs that change its state."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from indonesian.calendar import add_months, format_date, term_end
from indonesian.names import number_key
from institutions.models import EmptyLastIndex, NoteField, Trail, Unit, one_of
from partnerships.models.agreement_codes import (
    AgreementKind,
    Funding,
    RenewalClause,
)
from partnerships.models.agreement_queries import AgreementQuerySet
from partnerships.models.agreement_status import Stage, Status, effective_start, status
from partnerships.models.agreement_undo import AgreementUndo
from partnerships.models.evidence import Evidence, evidence, evidence_since
from partnerships.models.roots import Root

FIRST_SIGNING_DAY = date(1945, 8, 17)
SIGNING_AHEAD_MONTHS = 12


def heading(kind: str, title: str) -> str:
    """What a paper is called wherever it stands in a line of text."""
    return title or f"{kind} tanpa judul"


class Agreement(AgreementUndo):
    """A cooperation document from first talks to its end; one row per paper."""

    quoted_in = ("deliveries",)

    kind = models.CharField(
        "jenis naskah", max_length=4, choices=AgreementKind.choices, default=AgreementKind.PKS
    )
    wording_in_source = models.CharField(
        "sebutan pada naskah",
        max_length=80,
        blank=True,
        help_text="Bila naskah atau berita menyebutnya lain, misalnya MoU.",
    )
    title = models.CharField("tentang", max_length=300, blank=True)
    unit = models.ForeignKey(
        Unit, verbose_name="unit pencatat", on_delete=models.PROTECT, related_name="agreements"
    )
    parent = models.ForeignKey(
        "self",
        verbose_name="naskah payung",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
    )
    replaces = models.ForeignKey(
        "self",
        verbose_name="memperpanjang",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="successors",
    )
    amends = models.ForeignKey(
        "self",
        verbose_name="adendum atas",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="addenda",
    )
    signing_event = models.ForeignKey(
        "partnerships.Event",
        verbose_name="ditandatangani pada kegiatan",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="signed_agreements",
    )
    stage = models.CharField("tahap", max_length=10, choices=Stage.choices, default=Stage.DRAFTING)
    signed_on = models.DateField("tanggal tanda tangan", null=True, blank=True)
    signed_text = models.CharField(
        "tanggal tanda tangan seperti tertulis",
        max_length=100,
        blank=True,
        help_text="Bila hari tepatnya tidak diketahui, misalnya awal 2019.",
    )
    place = models.CharField("tempat tanda tangan", max_length=120, blank=True)
    starts_on = models.DateField("mulai berlaku", null=True, blank=True)
    ends_on = models.DateField("berakhir", null=True, blank=True)
    original_ends_on = models.DateField(
        "berakhir menurut naskah semula", null=True, blank=True, editable=False
    )
    term_months = models.PositiveSmallIntegerField("jangka waktu (bulan)", null=True, blank=True)
    end_is_typed = models.BooleanField("tanggal berakhir ditulis sendiri", default=False)
    is_open_ended = models.BooleanField("tanpa batas waktu", default=False)
    scope = NoteField("ruang lingkup", blank=True)
    funding = models.CharField("pembiayaan", max_length=11, choices=Funding.choices, blank=True)
    renewal_clause = models.CharField(
        "ketentuan perpanjangan", max_length=12, choices=RenewalClause.choices, blank=True
    )
    notice_days = models.PositiveSmallIntegerField(
        "batas pemberitahuan (hari)", null=True, blank=True
    )
    terminated_on = models.DateField("diakhiri pada", null=True, blank=True, editable=False)
    termination_reason = models.CharField(
        "alasan pengakhiran", max_length=300, blank=True, editable=False
    )
    termination_letter = models.CharField(
        "nomor surat pengakhiran", max_length=120, blank=True, editable=False
    )
    # Of the paper this addendum amends, right after it moved that paper's end: the way back.
    base_version = models.PositiveIntegerField(
        "versi perjanjian dasar", null=True, blank=True, editable=False
    )
    internal_contact = models.CharField("penanggung jawab di unit", max_length=150, blank=True)
    notes = NoteField("catatan", blank=True)

    objects = AgreementQuerySet.as_manager()
    history = Trail(excluded_fields=["search_text", "updated_at"])

    class Meta:
        verbose_name = "perjanjian"
        verbose_name_plural = "perjanjian"
        # Without a modifier the two databases put empty dates at opposite ends.
        ordering = [F("signed_on").desc(nulls_last=True), "-pk"]
        permissions = [("archive_agreement", "Dapat menghapus perjanjian ke Sampah")]
        indexes = [
            models.Index(fields=["unit", "stage"], name="agreement_unit_stage"),
            models.Index(fields=["stage", "ends_on"], name="agreement_stage_end"),
            # Everything the status of today follows from, so that neither a list nor a count has
            # to read the papers themselves.
            EmptyLastIndex(
                fields=[
                    "-signed_on",
                    "-id",
                    "archived_on",
                    "stage",
                    "unit",
                    "kind",
                    "terminated_on",
                    "starts_on",
                    "ends_on",
                    "is_open_ended",
                ],
                name="agreement_newest_state",
            ),
            models.Index(
                fields=["replaces", "stage", "archived_on", "starts_on", "signed_on"],
                condition=Q(replaces__gt=0),
                name="agreement_successor",
            ),
            # Few papers have one; SQLite takes an index that is all but empty for a useless one.
            models.Index(
                fields=["parent"], condition=Q(parent__isnull=False), name="agreement_child"
            ),
            models.Index(
                fields=["amends"], condition=Q(amends__isnull=False), name="agreement_addendum"
            ),
        ]
        constraints = [
            *Root.Meta.constraints,
            one_of("kind", AgreementKind, name="agreement_kind_known"),
            one_of("stage", Stage, name="agreement_stage_known"),
            one_of("funding", Funding, name="agreement_funding_known", or_blank=True),
            one_of("renewal_clause", RenewalClause, name="agreement_renewal_known", or_blank=True),
            models.CheckConstraint(
                condition=Q(signed_on__isnull=True) | Q(stage=Stage.SIGNED),
                name="agreement_signed_day_means_signed",
                violation_error_message=(
                    "Tanggal tanda tangan sudah diisi, jadi tahapnya Ditandatangani."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.SIGNED) | Q(signed_on__isnull=False) | ~Q(signed_text=""),
                name="agreement_signed_needs_day",
                violation_error_message=(
                    "Isi tanggal tanda tangan, atau keterangannya bila harinya tidak diketahui."
                ),
            ),
            models.CheckConstraint(
                condition=Q(signed_on__isnull=True) | Q(signed_on__gte=FIRST_SIGNING_DAY),
                name="agreement_signed_after_1945",
                violation_error_message="Tanggal tanda tangan paling awal 17 Agustus 1945.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=effective_start()),
                name="agreement_ends_after_start",
                violation_error_message="Tanggal berakhir harus setelah tanggal mulai.",
            ),
            models.CheckConstraint(
                condition=Q(is_open_ended=False)
                | Q(ends_on__isnull=True, term_months__isnull=True),
                name="agreement_open_ended_has_no_end",
                violation_error_message=(
                    "Perjanjian tanpa batas waktu tidak punya tanggal berakhir atau jangka waktu."
                ),
            ),
            models.CheckConstraint(
                condition=Q(term_months__isnull=True) | Q(term_months__range=(1, 1200)),
                name="agreement_term_in_range",
                violation_error_message="Jangka waktu antara 1 dan 1.200 bulan.",
            ),
            models.CheckConstraint(
                condition=Q(terminated_on__isnull=True)
                | (Q(stage=Stage.SIGNED) & ~Q(termination_reason="")),
                name="agreement_terminated_with_reason",
                violation_error_message=(
                    "Hanya perjanjian yang sudah ditandatangani dapat diakhiri, dengan alasannya."
                ),
            ),
            models.CheckConstraint(
                condition=Q(terminated_on__isnull=False) | Q(termination_letter=""),
                name="agreement_letter_means_terminated",
                violation_error_message="Nomor surat pengakhiran memerlukan tanggal pengakhiran.",
            ),
            models.CheckConstraint(
                condition=Q(terminated_on__isnull=True)
                | (
                    Q(terminated_on__gte=effective_start())
                    & (Q(ends_on__isnull=True) | Q(terminated_on__lte=F("ends_on")))
                ),
                name="agreement_terminated_in_its_term",
                violation_error_message=(
                    "Tanggal pengakhiran terletak di antara tanggal mulai dan tanggal berakhir."
                ),
            ),
            models.CheckConstraint(
                condition=Q(amends__isnull=True)
                | Q(kind=AgreementKind.ADD, replaces__isnull=True, terminated_on__isnull=True),
                name="agreement_addendum_only_amends",
                violation_error_message=(
                    "Yang mengubah perjanjian lain adalah adendum: tidak memperpanjang dan tidak"
                    " diakhiri."
                ),
            ),
            models.CheckConstraint(
                condition=Q(base_version__isnull=True)
                | Q(amends__isnull=False, stage=Stage.SIGNED, ends_on__isnull=False),
                name="agreement_moved_end_stands",
                violation_error_message=(
                    "Adendum ini mengubah masa berlaku perjanjian dasarnya, jadi tetap"
                    " ditandatangani dan bertanggal berakhir."
                ),
            ),
            models.UniqueConstraint(
                fields=["replaces"],
                condition=Q(archived_on__isnull=True),
                name="agreement_replaced_once",
                violation_error_message="Perjanjian itu sudah diperpanjang oleh perjanjian lain.",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{link}__isnull": True}) | ~Q(**{link: F("pk")}),
                    name=f"agreement_not_its_own_{link}",
                    violation_error_message="Perjanjian tidak dapat menunjuk dirinya sendiri.",
                )
                for link in ("parent", "replaces", "amends")
            ),
        ]

    def __str__(self) -> str:
        return heading(self.kind, self.title)

    def get_absolute_url(self) -> str:
        return reverse("agreement_detail", args=[self.pk])

    def clean(self) -> None:
        problems: dict[str, str] = {}
        ahead = add_months(timezone.localdate(), SIGNING_AHEAD_MONTHS)
        if self.signed_on and self.signed_on > ahead:
            problems["signed_on"] = (
                f"Tanggal tanda tangan paling jauh setahun ke depan, {format_date(ahead)}."
            )
        if self.ends_on and self.start and self.ends_on < self.start:
            problems["ends_on"] = (
                f"Tanggal berakhir harus setelah tanggal mulai, {format_date(self.start)}."
            )
        if self.start and self.term_months and self.ends_on is None:
            problems["term_months"] = "Jangka waktu antara 1 dan 1.200 bulan."
        if self.pk and self.stage != Stage.SIGNED and (words := self.built_on()):
            problems["signed_on"] = (
                f"Perjanjian ini {words}, jadi tetap ditandatangani. Isi tanggalnya."
            )
        if not self.base_version:
            problems |= self.addendum_at_fault()
        elif self.pk and self.moves_otherwise():
            problems["ends_on"] = (
                "Adendum ini sudah mengubah masa berlaku perjanjian dasarnya. Hapus adendum ini,"
                " lalu catat lagi."
            )
        problems |= self.links_at_fault()
        if problems:
            raise ValidationError(problems)

    def links_at_fault(self) -> dict[str, str]:
        """Papers this one may not point to, by field."""
        found = {}
        for link, words in (("replaces", "diperpanjang"), ("amends", "diubah dengan adendum")):
            before: Agreement | None = getattr(self, link)
            if before is not None and before.stage != Stage.SIGNED:
                found[link] = f"Hanya perjanjian yang sudah ditandatangani dapat {words}."
            elif before is not None and before.archived_on and not self.archived_on:
                found[link] = f"Perjanjian yang {words} ada di Sampah; pulihkan dulu."
        # What has an addendum is none.
        for link in ("parent", "replaces"):
            if self.leads_back(link):
                found[link] = "Rantai perjanjian tidak dapat kembali ke dirinya sendiri."
        return found

    def leads_back(self, link: str) -> bool:
        """Whether following the link (parent, replaces) returns to this row."""
        seen: set[int] = set()
        row: Agreement | None = getattr(self, link)
        while row is not None and row.pk not in seen:
            if row.pk == self.pk:
                return self.pk is not None
            seen.add(row.pk)
            row = getattr(row, link)
        return row is not None

    def fill_derived(self) -> None:
        if self.signed_on and self.stage != Stage.SIGNED:
            self.stage = Stage.SIGNED
        if self.is_open_ended:
            self.end_is_typed, self.ends_on, self.term_months = False, None, None
        elif self.term_months and not self.end_is_typed:
            self.ends_on = None
            # A term beyond the calendar is refused in `clean`.
            with suppress(ValueError, OverflowError):
                self.ends_on = term_end(self.start, self.term_months) if self.start else None

    def search_parts(self) -> list[Any]:
        names = ("unit__name", "unit__short_name", "partner__name", "partner__acronym")
        parties = self.parties.order_by("order", "pk", "partner__names__pk")
        return self.search_parts_with(parties.values_list("number", *names, "partner__names__name"))

    def search_parts_with(self, parties: Iterable[tuple[Any, ...]]) -> list[Any]:
        """The search parts, with what each party is found by: its number, then its names."""
        texts = [self.title, self.wording_in_source, self.unit.name, self.unit.short_name]
        for number, *who in parties:
            texts += [number, number_key(number), *who]
        return texts

    @property
    def day(self) -> date:
        """For which status and evidence are told: today, unless a QuerySet asked for another."""
        return self.__dict__.get("judged_on") or timezone.localdate()

    @cached_property
    def status(self) -> Status:
        """Of the day; a QuerySet may have said it already, or what it follows from."""
        return status(self, self.day, self.__dict__.get("is_renewed"))

    @cached_property
    def evidence(self) -> Evidence | None:
        """Of the day, as `status`."""
        today = self.day
        if "last_delivery_on" in self.__dict__:
            return evidence_since(self, self.__dict__["last_delivery_on"], today)
        return evidence(self, today)

    def status_on(self, today: date) -> Status:
        return status(self, today)

    def evidence_on(self, today: date) -> Evidence | None:
        return evidence(self, today)

    def missing(self) -> list[str]:
        """What keeps the record from being complete, by field: never a reason to refuse it."""
        gaps = []
        if not self.title:
            gaps.append("title")
        if len(self.parties.all()) < 2:
            gaps.append("parties")
        if self.signed_on is None:
            gaps.append("signed_on")
        if self.ends_on is None and not self.is_open_ended:
            gaps.append("ends_on")
        if not self.area_links.all():
            gaps.append("areas")
        return gaps
