"""What outlives the removal of whole histories: signed counts, and the forms of sealed rows."""

from typing import Any, ClassVar

from django.db import models


class SealForm(models.Model):
    """Which columns a seal of this form covers; the code is a digest of them."""

    code = models.CharField(max_length=12, primary_key=True)
    columns: ClassVar[Any] = models.JSONField()

    class Meta:
        verbose_name = "bentuk segel"
        verbose_name_plural = "bentuk segel"

    def __str__(self) -> str:
        return self.code


class HistoryCheckpoint(models.Model):
    """How much history every table held; each one is signed together with the one before.

    `tables` maps a table to the last history_id counted, the number of rows since the checkpoint
    before and a digest of their seals; `from_start` where the count begins anew.
    """

    taken_at = models.DateTimeField("diambil pada")
    tables: ClassVar[Any] = models.JSONField("isi")
    seal = models.CharField("segel", max_length=64)

    class Meta:
        verbose_name = "titik periksa riwayat"
        verbose_name_plural = "titik periksa riwayat"
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return self.receipt

    @property
    def receipt(self) -> str:
        """What is noted down elsewhere, to know later that this checkpoint is still there."""
        return f"{self.pk}-{self.seal[:16]}"
