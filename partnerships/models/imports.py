"""Lists that were uploaded to be imported, from the upload until they are saved or forgotten."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from institutions.models import Unit, User, one_of

# An old list holds names of people; whoever does not come back starts anew with the file.
KEPT = timedelta(days=7)


class LineState(models.TextChoices):
    """In the order in which the page counts them."""

    NEW = "BARU", "Baru"
    RECORDED = "TERCATAT", "Sudah tercatat"
    UNCLEAR = "BELUM_JELAS", "Belum jelas"
    WRONG = "SALAH", "Salah"


MARKS = {
    LineState.NEW: "active",
    LineState.RECORDED: "archived",
    LineState.UNCLEAR: "ending_soon",
    LineState.WRONG: "expired",
}


class ImportQuerySet(models.QuerySet["Import"]):
    def of(self, user: User) -> "ImportQuerySet":
        """The user's own that are still kept; nobody else sees an uploaded list."""
        return self.filter(user=user, uploaded_at__gte=timezone.now() - KEPT)

    def forget_old(self) -> int:
        number, _ = self.filter(uploaded_at__lt=timezone.now() - KEPT).delete()
        return number


class Import(models.Model):
    """One uploaded list of one user.

    No record: what becomes of it are agreements, whose history names the file.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField("nama berkas", max_length=140)
    # Keeps the papers of lines that name no unit; none where each line has to name one.
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, null=True, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    # Headings of columns that mean nothing to us, rows without a paper.
    unread = models.JSONField(default=list)
    passed_over = models.PositiveIntegerField(default=0)
    questions = models.JSONField(default=list)
    answers = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    # How many agreements were recorded from it so far.
    saved = models.PositiveIntegerField(default=0)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = "impor daftar"
        verbose_name_plural = "impor daftar"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["uploaded_at"], name="import_age")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("agreement_import", args=[self.pk])

    @property
    def reason(self) -> str:
        """Stands in the history of everything that comes from this list."""
        return f"Impor dari {self.name}"

    def count(self, state: str) -> int:
        number: int = self.counts.get(state, 0)
        return number


class ImportLine(models.Model):
    """One row of the file, and how it was judged last."""

    of_import = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="lines")
    # In the order of the file, from 0 on; the row is that of its sheet, as Excel counts.
    place = models.PositiveIntegerField()
    row = models.PositiveIntegerField()
    sheet = models.CharField(max_length=60, blank=True)
    # By column code, as written.
    cells = models.JSONField()
    state = models.CharField(max_length=11, choices=LineState.choices)
    reasons = models.JSONField(default=list)
    told = models.JSONField(default=dict)

    class Meta:
        verbose_name = "baris daftar"
        verbose_name_plural = "baris daftar"
        ordering = ["of_import", "place"]
        indexes = [models.Index(fields=["of_import", "state", "place"], name="importline_state")]
        constraints = [
            one_of("state", LineState, name="importline_state_known"),
            models.UniqueConstraint(
                fields=["of_import", "place"],
                name="importline_place_once",
                violation_error_message="Baris ini sudah ada.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.of_import_id}: {self.row}"

    @property
    def mark(self) -> str:
        """Which of the marks and colours of a status the state wears."""
        return MARKS[LineState(self.state)]
