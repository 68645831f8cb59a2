"""Partner organisations, their sectors and their names."""

from datetime import date
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from indonesian.names import normalise
from institutions.models import (
    KeyField,
    NoteField,
    Province,
    Recorded,
    Regency,
    Trail,
    Unit,
    UnitQuerySet,
    User,
    one_of,
)
from partnerships.models.agreement_status import Stage
from partnerships.models.codelists import Sector
from partnerships.models.roots import Root, RootQuerySet


class PartnerKind(models.TextChoices):
    PEMDA = "PEMDA", "Pemerintah daerah"
    OPD = "OPD", "Dinas/OPD"
    K_L = "K_L", "Kementerian/lembaga pusat"
    VERTIKAL = "VERTIKAL", "Instansi vertikal"
    APH = "APH", "Aparat penegak hukum dan TNI"
    LATIHAN = "LATIHAN", "Balai/lembaga pelatihan"
    PT = "PT", "Perguruan tinggi"
    SEKOLAH = "SEKOLAH", "Sekolah, PKBM, pesantren"
    BUMN_D = "BUMN_D", "BUMN/BUMD dan perbankan"
    SWASTA = "SWASTA", "Perusahaan swasta/UMKM"
    ASOSIASI = "ASOSIASI", "Asosiasi usaha/profesi"
    YAYASAN = "YAYASAN", "Yayasan/LSM/ormas"
    LBH = "LBH", "Lembaga bantuan hukum"
    REHAB = "REHAB", "Lembaga rehabilitasi"
    AGAMA = "AGAMA", "Lembaga keagamaan dan amil zakat"
    POKMAS = "POKMAS", "Pokmas Lipas"
    FASKES = "FASKES", "Fasilitas kesehatan"
    MEDIA = "MEDIA", "Media massa"
    PERORANGAN = "PERORANGAN", "Perseorangan"
    LUAR_NEGERI = "LUAR_NEGERI", "Mitra luar negeri"
    LAIN = "LAIN", "Lainnya"


class PartnerQuerySet(RootQuerySet["Partner"]):
    def visible_to(self, user: User) -> Self:
        """The directory is shared by everyone who has a unit."""
        return self.none() if user.sees_nothing else self.all()

    def editable_by(self, user: User) -> Self:
        """Any Humas corrects the directory; identity fields are guarded per partner."""
        return self.visible_to(user)

    def archivable_by(self, user: User) -> Self:
        """Partners no other unit works with; what others use goes through Manajer or Admin."""
        if user.has_perm("partnerships.change_partner_identity"):
            return self.editable_by(user)
        others = Unit.objects.other_than(user.unit_id)
        used_elsewhere = (
            Exists(others.filter(agreements__parties__partner=OuterRef("pk")))
            | Exists(others.filter(events__attendances__partner=OuterRef("pk")))
            | Exists(others.filter(deliveries__partner=OuterRef("pk")))
        )
        return self.editable_by(user).exclude(used_elsewhere)

    def with_same_name_as(self, name: str) -> Self:
        return self.current().filter(name_key=normalise(name)[:500])


class Partner(Root):
    """An organisation (or person) outside corrections that units work with."""

    name = models.CharField("nama", max_length=200)
    name_key = KeyField(max_length=500, editable=False, blank=True)
    acronym = models.CharField("singkatan", max_length=40, blank=True)
    kind = models.CharField("jenis mitra", max_length=12, choices=PartnerKind.choices)
    parent = models.ForeignKey(
        "self",
        verbose_name="bagian dari",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
    )
    regency = models.ForeignKey(
        Regency,
        verbose_name="kabupaten/kota",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="partners",
    )
    province = models.ForeignKey(
        Province,
        verbose_name="provinsi",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="partners",
    )
    address = NoteField("alamat", max_length=500, blank=True)
    website = models.URLField("situs web", max_length=200, blank=True)
    office_phone = models.CharField("telepon kantor", max_length=40, blank=True)
    office_email = models.EmailField("surel kantor", max_length=120, blank=True)
    merged_into = models.ForeignKey(
        "self",
        verbose_name="digabungkan ke",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged_from",
    )

    objects = PartnerQuerySet.as_manager()
    history = Trail(excluded_fields=["name_key", "search_text", "updated_at"])

    # What another unit relies on: changed by Manajer or Admin once two units use the partner.
    IDENTITY_FIELDS = ("name", "kind", "regency", "province", "parent")

    class Meta:
        verbose_name = "mitra"
        verbose_name_plural = "mitra"
        ordering = ["name_key", "pk"]
        permissions = [
            ("archive_partner", "Dapat menghapus mitra ke Sampah"),
            ("change_partner_identity", "Dapat mengubah identitas mitra yang dipakai banyak unit"),
        ]
        indexes = [
            models.Index(fields=["name_key", "id"], name="partner_name_order"),
            models.Index(
                fields=["name_key", "id"],
                condition=Q(archived_on__isnull=True, merged_into__isnull=True),
                name="partner_directory",
            ),
            models.Index(fields=["kind", "name_key", "id"], name="partner_kind_name"),
            models.Index(fields=["regency", "name_key"], name="partner_regency_name"),
        ]
        constraints = [
            *Root.Meta.constraints,
            one_of("kind", PartnerKind, name="partner_kind_known"),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="partner_named",
                violation_error_message="Isi nama mitra.",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")),
                name="partner_not_its_own_parent",
                violation_error_message="Mitra tidak dapat menjadi bagian dari dirinya sendiri.",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("pk")),
                name="partner_not_merged_into_itself",
                violation_error_message="Mitra tidak dapat digabungkan ke dirinya sendiri.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("partner_detail", args=[self.pk])

    def clean(self) -> None:
        if self.regency and self.province and self.regency.province_id != self.province_id:
            raise ValidationError({"regency": f"{self.regency} tidak berada di {self.province}."})
        above = self.parent
        for _ in range(10):
            if above is None:
                return
            if above.pk == self.pk and self.pk is not None:
                raise ValidationError(
                    {"parent": f"{self.parent} sudah menjadi bagian dari mitra ini."}
                )
            above = above.parent
        raise ValidationError({"parent": "Susunan induk mitra terlalu dalam."})

    def fill_derived(self) -> None:
        if self.regency:
            self.province = self.regency.province
        self.name_key = normalise(self.name)[:500]

    def search_parts(self) -> list[Any]:
        return [*self.search_names(), str(self.region or "")]

    def search_names(self) -> list[str]:
        """Whatever the partner is called, here or in a source."""
        return [self.name, self.acronym, *self.names.values_list("name", flat=True)]

    @property
    def region(self) -> Regency | Province | None:
        return self.regency or self.province

    def name_on(self, day: date | None) -> str:
        """The name the partner carried that day; today's where no dated name covers it."""
        if day is not None:
            for row in self.names.all():
                is_dated = row.valid_from or row.valid_until
                if is_dated and (row.valid_from or day) <= day <= (row.valid_until or day):
                    return row.name
        return self.name

    def using_units(self) -> UnitQuerySet:
        """Units with an agreement, an event or a delivery with this partner."""
        return Unit.objects.filter(
            Q(pk__in=self.parties.values("agreement__unit"))
            | Q(pk__in=self.attendances.values("event__unit"))
            | Q(pk__in=self.deliveries.values("unit"))
        )

    def identity_editable_by(self, user: User) -> bool:
        """Whether the user may rename or move this partner, or only fill its blanks."""
        if self._state.adding or user.has_perm("partnerships.change_partner_identity"):
            return True
        return not self.using_units().other_than(user.unit_id).exists()

    def archive_obstacle(self) -> str:
        signed = self.parties.filter(
            agreement__archived_on__isnull=True, agreement__stage=Stage.SIGNED
        ).count()
        if signed:
            return (
                f"Mitra ini menjadi pihak dalam {signed} perjanjian yang sudah ditandatangani, "
                "jadi tetap tersimpan."
            )
        return ""

    def purge_obstacle(self) -> str:
        if obstacle := super().purge_obstacle():
            return obstacle
        return "Mitra ini masih dipakai di catatan lain." if self.using_units().exists() else ""


class PartnerSector(Recorded):
    """A government sector the partner works in; merged agencies have several."""

    partner = models.ForeignKey(
        Partner, verbose_name="mitra", on_delete=models.CASCADE, related_name="sector_links"
    )
    sector = models.ForeignKey(
        Sector, verbose_name="urusan", on_delete=models.PROTECT, related_name="partner_links"
    )

    history = Trail()

    class Meta:
        verbose_name = "urusan mitra"
        verbose_name_plural = "urusan mitra"
        ordering = ["sector"]
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "sector"],
                name="partner_sector_once",
                violation_error_message="Urusan ini sudah tercatat.",
            )
        ]

    def __str__(self) -> str:
        return str(self.sector)


class PartnerNameKind(models.TextChoices):
    ALIAS = "ALIAS", "Nama lain"
    FORMER = "FORMER", "Nama lama"
    AS_WRITTEN = "AS_WRITTEN", "Tertulis di sumber"


class PartnerName(Recorded):
    """Another name of a partner: an alias, a former name with dates, or a source's spelling."""

    partner = models.ForeignKey(
        Partner, verbose_name="mitra", on_delete=models.CASCADE, related_name="names"
    )
    name = models.CharField("nama", max_length=200)
    name_key = KeyField(max_length=500, editable=False, blank=True)
    kind = models.CharField(
        "jenis nama", max_length=10, choices=PartnerNameKind.choices, default=PartnerNameKind.ALIAS
    )
    valid_from = models.DateField("berlaku sejak", null=True, blank=True)
    valid_until = models.DateField("berlaku sampai", null=True, blank=True)

    history = Trail(excluded_fields=["name_key"])

    class Meta:
        verbose_name = "nama lain mitra"
        verbose_name_plural = "nama lain mitra"
        ordering = ["partner", "kind", "name_key"]
        indexes = [models.Index(fields=["name_key"], name="partnername_key")]
        constraints = [
            one_of("kind", PartnerNameKind, name="partnername_kind_known"),
            models.UniqueConstraint(
                fields=["partner", "kind", "name"],
                name="partnername_once",
                violation_error_message="Nama ini sudah tercatat untuk mitra itu.",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="partnername_ends_after_start",
                violation_error_message="Tanggal akhir nama harus setelah tanggal awalnya.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def fill_derived(self) -> None:
        self.name_key = normalise(self.name)[:500]
