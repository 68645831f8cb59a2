"""Corrections units, their tree and their names in time."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Count, F, Q, When
from django.urls import reverse

from indonesian.names import normalise
from institutions.models.base import Imported, Versioned, one_of
from institutions.models.fields import KeyField, NoteField
from institutions.models.regions import Province, Regency
from institutions.models.searchable import Searchable, SearchableQuerySet
from institutions.models.trail import Trail


class UnitKind(models.TextChoices):
    DITJENPAS = "DITJENPAS", "Ditjenpas"
    KANWIL = "KANWIL", "Kanwil Ditjenpas"
    LAPAS = "LAPAS", "Lapas"
    RUTAN = "RUTAN", "Rutan"
    CABRUTAN = "CABRUTAN", "Cabang Rutan"
    LPKA = "LPKA", "LPKA"
    LPAS = "LPAS", "LPAS"
    BAPAS = "BAPAS", "Bapas"
    POSBAPAS = "POSBAPAS", "Pos Bapas"
    GRIYA = "GRIYA", "Griya Abhipraya"
    RUPBASAN = "RUPBASAN", "Rupbasan"
    RS_PENGAYOMAN = "RS_PENGAYOMAN", "RS Pengayoman"


# Rupbasan moved to the prosecution service in 2025 and branch remand centres were raised to
# Lapas or Rutan; both stay readable for old papers and are not offered for new units.
KINDS_OF_THE_PAST = frozenset({UnitKind.CABRUTAN, UnitKind.RUPBASAN})

# They stand above the UPT and have no kabupaten/kota of their own.
OFFICES = frozenset({UnitKind.DITJENPAS, UnitKind.KANWIL})


class UnitSubkind(models.TextChoices):
    UMUM = "UMUM", "Umum"
    PEREMPUAN = "PEREMPUAN", "Perempuan"
    NARKOTIKA = "NARKOTIKA", "Narkotika"
    PEMUDA = "PEMUDA", "Pemuda"
    TERBUKA = "TERBUKA", "Terbuka"
    KHUSUS = "KHUSUS", "Khusus"


class Grade(models.TextChoices):
    I = "I", "Kelas I"  # noqa: E741 (the official class is the roman numeral)
    II = "II", "Kelas II"
    IIA = "IIA", "Kelas IIA"
    IIB = "IIB", "Kelas IIB"
    III = "III", "Kelas III"


OFFICE_ABOVE = Case(
    When(parent__kind__in=OFFICES, then=F("parent")),
    When(parent__parent__kind__in=OFFICES, then=F("parent__parent")),
    default=F("parent__parent__parent"),
)


class UnitQuerySet(SearchableQuerySet["Unit"]):
    def within(self, unit_id: int) -> "UnitQuerySet":
        """The unit and everything below it; the tree is at most four levels deep."""
        return self.filter(
            Q(pk=unit_id)
            | Q(parent=unit_id)
            | Q(parent__parent=unit_id)
            | Q(parent__parent__parent=unit_id)
        )

    def above(self, unit_id: int) -> "UnitQuerySet":
        """The units the unit hangs under, up to Ditjenpas; without the unit itself."""
        unit = Unit.objects.filter(pk=unit_id)
        return self.filter(
            Q(pk__in=unit.values("parent"))
            | Q(pk__in=unit.values("parent__parent"))
            | Q(pk__in=unit.values("parent__parent__parent"))
        )

    def other_than(self, unit_id: int | None) -> "UnitQuerySet":
        """Without that unit; all where there is none."""
        return self.all() if unit_id is None else self.exclude(pk=unit_id)

    def active(self) -> "UnitQuerySet":
        return self.filter(is_active=True)

    def without_regency(self) -> "UnitQuerySet":
        """UPT whose kabupaten/kota the source does not settle; a Kanwil covers provinces."""
        return self.exclude(kind__in=OFFICES).filter(regency__isnull=True)

    def of_office(self, office_id: int) -> "UnitQuerySet":
        """UPT and posts of a Kanwil; of Ditjenpas those that belong to no Kanwil."""
        upt = self.exclude(kind__in=OFFICES)
        return upt.annotate(office=OFFICE_ABOVE).filter(office=office_id)

    def count_by_office(self) -> dict[tuple[int, str], int]:
        """How many UPT of each kind belong to each Kanwil (or to Ditjenpas directly)."""
        rows = self.exclude(kind__in=OFFICES).order_by().values_list(OFFICE_ABOVE, "kind")
        return {(office, kind): number for office, kind, number in rows.annotate(Count("pk"))}


class Unit(Imported, Searchable, Versioned):
    """A corrections unit: Ditjenpas, a Kanwil, a UPT, or a post below a Bapas."""

    code = models.SlugField(
        "kode",
        max_length=80,
        unique=True,
        help_text="Tetap selamanya dan tanpa kelas, misalnya lapas-perempuan-palembang.",
        error_messages={"unique": "Kode ini sudah dipakai unit lain."},
    )
    kind = models.CharField("jenis", max_length=15, choices=UnitKind.choices)
    subkind = models.CharField(
        "kekhususan", max_length=10, choices=UnitSubkind.choices, default=UnitSubkind.UMUM
    )
    grade = models.CharField("kelas", max_length=3, choices=Grade.choices, blank=True)
    name = models.CharField("nama resmi", max_length=150)
    short_name = models.CharField("nama pendek", max_length=100)
    place = models.CharField("tempat dalam nama", max_length=80, blank=True)
    regency = models.ForeignKey(
        Regency,
        verbose_name="kabupaten/kota",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="units",
    )
    province = models.ForeignKey(
        Province,
        verbose_name="provinsi",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="units",
    )
    parent = models.ForeignKey(
        "self",
        verbose_name="di bawah",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
    )
    office_code = models.CharField(
        "kode satker", max_length=6, null=True, blank=True, unique=True, help_text="Enam angka."
    )
    address = NoteField("alamat", max_length=500, blank=True)
    phone = models.CharField("telepon kantor", max_length=40, blank=True)
    email = models.EmailField("surel kantor", max_length=120, blank=True)
    letterhead = NoteField(
        "kop surat", max_length=600, blank=True, help_text="Satu baris per baris kop."
    )
    source_note = NoteField("catatan sumber", max_length=300, blank=True)
    is_active = models.BooleanField("masih beroperasi", default=True)
    replaced_by = models.ForeignKey(
        "self",
        verbose_name="digantikan oleh",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaces",
    )
    name_key = KeyField(max_length=400, editable=False, blank=True)

    objects = UnitQuerySet.as_manager()
    history = Trail(excluded_fields=["imported", "name_key", "search_text", "updated_at"])

    class Meta:
        verbose_name = "unit"
        verbose_name_plural = "unit"
        ordering = ["name_key", "code"]
        indexes = [models.Index(fields=["name_key", "code"], name="unit_name_order")]
        constraints = [
            one_of("kind", UnitKind, name="unit_kind_known"),
            one_of("subkind", UnitSubkind, name="unit_subkind_known"),
            one_of("grade", Grade, name="unit_grade_known", or_blank=True),
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(kind=UnitKind.DITJENPAS),
                name="unit_single_root",
                violation_error_message="Ditjenpas hanya ada satu.",
            ),
            models.CheckConstraint(
                condition=Q(kind=UnitKind.DITJENPAS, parent__isnull=True)
                | (~Q(kind=UnitKind.DITJENPAS) & Q(parent__isnull=False)),
                name="unit_parent_unless_root",
                violation_error_message="Pilih unit atasannya; hanya Ditjenpas tanpa atasan.",
            ),
            models.CheckConstraint(
                condition=Q(kind=UnitKind.DITJENPAS, province__isnull=True)
                | (~Q(kind=UnitKind.DITJENPAS) & Q(province__isnull=False)),
                name="unit_province_unless_root",
                violation_error_message="Pilih provinsinya; hanya Ditjenpas tanpa provinsi.",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")),
                name="unit_not_its_own_parent",
                violation_error_message="Unit tidak dapat menjadi atasannya sendiri.",
            ),
            models.CheckConstraint(
                condition=Q(replaced_by__isnull=True) | ~Q(replaced_by=F("pk")),
                name="unit_not_its_own_successor",
                violation_error_message="Unit tidak dapat digantikan oleh dirinya sendiri.",
            ),
        ]

    def __str__(self) -> str:
        return self.short_name

    def get_absolute_url(self) -> str:
        return reverse("unit_detail", args=[self.code])

    def clean(self) -> None:
        self.office_code = self.office_code or None
        if self.office_code and not (self.office_code.isdecimal() and len(self.office_code) == 6):
            raise ValidationError({"office_code": "Kode satker terdiri atas enam angka."})
        if self.regency and self.province and self.regency.province_id != self.province_id:
            raise ValidationError({"regency": f"{self.regency} tidak berada di {self.province}."})
        if self.parent and self.parent.kind not in self.parent_kinds():
            raise ValidationError(
                {"parent": f"{self.get_kind_display()} tidak dapat berada di bawah {self.parent}."}
            )
        for child in self.children.all() if self.pk else ():
            if self.kind not in child.parent_kinds():
                raise ValidationError(
                    {"kind": f"{child} tidak dapat berada di bawah {self.get_kind_display()}."}
                )

    def parent_kinds(self) -> frozenset[str]:
        """Kinds of unit this kind may hang under; this order is what keeps the tree acyclic."""
        match self.kind:
            case UnitKind.DITJENPAS:
                return frozenset()
            case UnitKind.KANWIL:
                return frozenset({UnitKind.DITJENPAS})
            case UnitKind.POSBAPAS | UnitKind.GRIYA:
                return frozenset({UnitKind.BAPAS})
            case UnitKind.CABRUTAN:
                return frozenset({UnitKind.KANWIL, UnitKind.RUTAN})
            case _:
                return frozenset({UnitKind.DITJENPAS, UnitKind.KANWIL})

    def fill_derived(self) -> None:
        if self.regency_id and not self.province_id:
            self.province = self.regency.province if self.regency else None
        self.name_key = normalise(self.short_name)[:400]

    def search_parts(self) -> list[Any]:
        also_known_as = self.names.values_list("name", flat=True)
        places = [str(place) for place in (self.regency, self.province) if place]
        return [self.name, self.short_name, self.place, *also_known_as, *places]

    def name_on(self, day: date | None) -> str:
        """The name the unit carried that day; today's name where no dated name covers it."""
        if day is not None:
            for row in self.names.all():
                if row.covers(day):
                    return row.name
        return self.name

    @property
    def is_office(self) -> bool:
        """Ditjenpas or a Kanwil."""
        return self.kind in OFFICES

    @property
    def office_above(self) -> "Unit | None":
        """The Kanwil the unit belongs to, or Ditjenpas where it belongs to none."""
        above = self.parent
        while above is not None and above.kind not in OFFICES:
            above = above.parent
        return above

    def counts_below(self) -> "list[tuple[str, str, int]]":
        """Code, label and number of each kind of unit in operation below this one."""
        below = Unit.objects.active().within(self.pk).exclude(pk=self.pk)
        rows = below.order_by().values_list("kind").annotate(number=Count("pk"))
        numbers = dict(rows)
        return [(kind, kind.label, numbers[kind]) for kind in UnitKind if kind in numbers]

    @property
    def trail(self) -> "list[Unit]":
        """The units above this one, from Ditjenpas down."""
        return [*self.parent.trail, self.parent] if self.parent else []

    @property
    def timezone_label(self) -> str:
        """WIB, WITA or WIT; Ditjenpas works by Jakarta time."""
        return self.province.get_timezone_display() if self.province else "WIB"
