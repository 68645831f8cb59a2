"""Who holds which office at a unit, and when that is known."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from indonesian.names import normalise
from institutions.models.base import Versioned, one_of
from institutions.models.fields import KeyField
from institutions.models.trail import Trail
from institutions.models.units import Unit
from institutions.models.users import User


class Acting(models.TextChoices):
    PLT = "PLT", "Plt. (pelaksana tugas)"
    PLH = "PLH", "Plh. (pelaksana harian)"


GROUPS = ("Sedang menjabat", "Terlihat menjabat, masa jabatannya belum dicatat", "Sebelumnya")


def by_rank(row: "Officeholder") -> tuple[bool, int, str]:
    begun = row.valid_from or row.seen_on
    return (not row.is_head, -begun.toordinal() if begun else 0, row.name_key)


class OfficeholderQuerySet(models.QuerySet["Officeholder"]):
    def in_office_on(self, day: date) -> "OfficeholderQuerySet":
        """Known to hold office that day: by a term that covers it, or seen in office that day."""
        has_term = Q(valid_from__isnull=False) | Q(valid_until__isnull=False)
        covers = (Q(valid_from__isnull=True) | Q(valid_from__lte=day)) & (
            Q(valid_until__isnull=True) | Q(valid_until__gte=day)
        )
        return self.filter((has_term & covers) | Q(seen_on=day))

    def heads(self) -> "OfficeholderQuerySet":
        return self.filter(is_head=True)

    def not_over(self, day: date) -> "OfficeholderQuerySet":
        """In office that day, or only seen before it with no end known; newest proof first."""
        begun = Coalesce("valid_from", "seen_on")
        return (
            self.annotate(begun=begun)
            .filter(Q(begun__isnull=True) | Q(begun__lte=day))
            .filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day))
            .order_by(F("begun").desc(nulls_last=True), "pk")
        )

    def in_groups(self, day: date) -> "list[tuple[str, list[Officeholder]]]":
        """Rows under the headings a unit's page shows, heads and newest first; no empty group."""
        groups: dict[str, list[Officeholder]] = {heading: [] for heading in GROUPS}
        for row in self:
            place = 2 if row.is_over(day) else 0 if row.has_term else 1
            groups[GROUPS[place]].append(row)
        return [(heading, sorted(rows, key=by_rank)) for heading, rows in groups.items() if rows]

    def editable_by(self, user: User) -> "OfficeholderQuerySet":
        return self.filter(unit__in=user.units_in_scope())


class Officeholder(Versioned):
    """A person in an office of a unit. An article proves one day (`seen_on`), not a term."""

    unit = models.ForeignKey(
        Unit, verbose_name="unit", on_delete=models.PROTECT, related_name="officeholders"
    )
    person_name = models.CharField("nama", max_length=120, help_text="Tanpa gelar.")
    degrees = models.CharField("gelar", max_length=80, blank=True)
    position = models.CharField("jabatan", max_length=150)
    is_head = models.BooleanField("kepala unit", default=False)
    acting = models.CharField("status jabatan", max_length=3, choices=Acting.choices, blank=True)
    valid_from = models.DateField("menjabat sejak", null=True, blank=True)
    valid_until = models.DateField("menjabat sampai", null=True, blank=True)
    seen_on = models.DateField(
        "terlihat menjabat pada",
        null=True,
        blank=True,
        help_text="Tanggal berita atau naskah yang menyebutnya, bila masa jabatan belum diketahui.",
    )
    source = models.CharField("sumber", max_length=200, blank=True)
    name_key = KeyField(max_length=300, editable=False, blank=True)

    objects = OfficeholderQuerySet.as_manager()
    history = Trail(excluded_fields=["name_key", "updated_at"])

    class Meta:
        verbose_name = "pejabat"
        verbose_name_plural = "pejabat"
        ordering = [
            "unit",
            "-is_head",
            F("valid_from").desc(nulls_last=True),
            F("seen_on").desc(nulls_last=True),
            "name_key",
        ]
        constraints = [
            one_of("acting", Acting, name="officeholder_acting_known", or_blank=True),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="officeholder_ends_after_start",
                violation_error_message="Akhir masa jabatan harus setelah awalnya.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_name}, {self.position}"

    def clean(self) -> None:
        if not (self.valid_from or self.valid_until or self.seen_on):
            raise ValidationError(
                {"seen_on": "Isi masa jabatan, atau tanggal orang ini terlihat menjabat."}
            )
        if self.seen_on and self.seen_on > timezone.localdate():
            raise ValidationError({"seen_on": "Tanggal ini belum tiba. Isi tanggal beritanya."})

    def fill_derived(self) -> None:
        self.name_key = normalise(self.person_name)[:300]

    @property
    def full_name(self) -> str:
        return f"{self.person_name}, {self.degrees}" if self.degrees else self.person_name

    @property
    def acting_mark(self) -> str:
        """Plt. or Plh., as it stands before a name; blank for who holds the office itself."""
        return self.get_acting_display().split(" ", 1)[0]

    @property
    def has_term(self) -> bool:
        """Whether a begin or an end in office is known, not only a day the person was seen."""
        return bool(self.valid_from or self.valid_until)

    def is_over(self, day: date) -> bool:
        return self.valid_until is not None and self.valid_until < day

    def get_absolute_url(self) -> str:
        return reverse("unit_detail", args=[self.unit.code]) + "#pejabat"

    def overlapping_heads(self) -> OfficeholderQuerySet:
        """Other heads of the same unit whose terms overlap this one: a warning, never a refusal."""
        if not self.is_head or not (self.valid_from or self.valid_until):
            return Officeholder.objects.none()
        others = Officeholder.objects.heads().filter(unit=self.unit, acting=self.acting)
        others = others.filter(Q(valid_from__isnull=False) | Q(valid_until__isnull=False))
        if self.valid_until:
            others = others.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=self.valid_until))
        if self.valid_from:
            others = others.filter(
                Q(valid_until__isnull=True) | Q(valid_until__gte=self.valid_from)
            )
        return others.exclude(pk=self.pk)
