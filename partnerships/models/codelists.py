"""Code lists that admins maintain: programme areas and sectors of local government."""

from django.db import models

from institutions.models import Imported, Recorded, Trail


class CodeList(Imported, Recorded):
    """A coded row with an Indonesian label; codes never change, labels may."""

    code = models.CharField("kode", max_length=20, unique=True)
    label = models.CharField("nama", max_length=150)
    order = models.PositiveSmallIntegerField("urutan", default=0)
    is_active = models.BooleanField("ditawarkan di formulir", default=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.label


class ProgrammeArea(CodeList):
    """What an agreement or a delivery is about (bidang kerja sama)."""

    group = models.CharField("kelompok", max_length=60)

    history = Trail(excluded_fields=["imported"])

    class Meta:
        verbose_name = "bidang kerja sama"
        verbose_name_plural = "bidang kerja sama"
        ordering = ["order", "code"]


class Sector(CodeList):
    """A sector of local government (urusan) an agency is in charge of."""

    history = Trail(excluded_fields=["imported"])

    class Meta:
        verbose_name = "urusan"
        verbose_name_plural = "urusan"
        ordering = ["order", "code"]
