"""Code lists an agreement carries."""

from django.db import models


class AgreementKind(models.TextChoices):
    NK = "NK", "Nota Kesepahaman (MoU)"
    NKB = "NKB", "Nota Kesepakatan"
    KB = "KB", "Kesepakatan Bersama"
    PKS = "PKS", "Perjanjian Kerja Sama (PKS)"
    ADD = "ADD", "Adendum"
    RK = "RK", "Rencana Kerja"
    SP = "SP", "Surat Pernyataan"


# Only these are counted; an addendum moves its base, plans and letters are attachments.
COUNTED_KINDS = (AgreementKind.NK, AgreementKind.NKB, AgreementKind.KB, AgreementKind.PKS)

# Under these others hang: a memorandum with a local government, then a PKS with each agency.
UMBRELLA_KINDS = (AgreementKind.NK, AgreementKind.NKB, AgreementKind.KB)


class Funding(models.TextChoices):
    APBN = "APBN", "APBN/DIPA"
    APBD = "APBD", "APBD"
    MITRA = "MITRA", "Mitra"
    BERSAMA = "BERSAMA", "Bersama"
    TANPA_BIAYA = "TANPA_BIAYA", "Tanpa biaya"


class RenewalClause(models.TextChoices):
    OTOMATIS = "OTOMATIS", "Diperpanjang otomatis"
    TERTULIS = "TERTULIS", "Dengan persetujuan tertulis"
    TIDAK_DIATUR = "TIDAK_DIATUR", "Tidak diatur"
