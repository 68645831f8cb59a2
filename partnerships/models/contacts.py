"""People to call at a partner; personal data, so erasable and seen by few."""

from django.core.exceptions import ValidationError
from django.db import models

from institutions.models import Trail, Unit, User, Versioned, one_of
from partnerships.models.partners import Partner


class ContactQuerySet(models.QuerySet["Contact"]):
    def named_for(self, user: User) -> "ContactQuerySet":
        """Contacts whose person and personal number the user may see: own unit and below."""
        return self.filter(unit__in=user.own_units)


class ContactBasis(models.TextChoices):
    DUTY = "DUTY", "Karena jabatannya"
    CONSENT = "CONSENT", "Atas persetujuannya"


class Contact(Versioned):
    """A contact person; history leaves out what `erase` must be able to remove (UU 27/2022)."""

    partner = models.ForeignKey(
        Partner, verbose_name="mitra", on_delete=models.CASCADE, related_name="contacts"
    )
    unit = models.ForeignKey(
        Unit, verbose_name="disimpan oleh", on_delete=models.PROTECT, related_name="contacts"
    )
    name = models.CharField("nama", max_length=120, blank=True)
    position = models.CharField("jabatan", max_length=150, blank=True)
    phone = models.CharField("nomor telepon", max_length=40, blank=True)
    email = models.EmailField("surel", max_length=120, blank=True)
    basis = models.CharField(
        "dasar penyimpanan", max_length=7, choices=ContactBasis.choices, default=ContactBasis.DUTY
    )
    verified_on = models.DateField("terakhir diverifikasi", null=True, blank=True)

    objects = ContactQuerySet.as_manager()
    history = Trail(excluded_fields=["name", "phone", "email", "updated_at"])

    class Meta:
        verbose_name = "kontak"
        verbose_name_plural = "kontak"
        ordering = ["partner", "position", "pk"]
        constraints = [
            one_of("basis", ContactBasis, name="contact_basis_known"),
        ]

    def __str__(self) -> str:
        # The Django admin keeps these words in its log, where `erase` cannot reach them.
        return self.position or "Kontak tanpa jabatan"

    def clean(self) -> None:
        if not (self.name or self.position):
            raise ValidationError({"position": "Isi jabatan atau nama orang yang dihubungi."})

    def erase(self, *, by: User, reason: str) -> None:
        """Forget the person; the office stays on record."""
        self.name = self.phone = self.email = ""
        self.position = self.position or "Kontak yang dihapus"
        self.record(by=by, reason=reason)
