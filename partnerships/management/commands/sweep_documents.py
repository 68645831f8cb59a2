"""Take away files that no row names: what a worker that was killed while saving left behind.

Old lists that were uploaded and never came to an end go with them.
"""

from datetime import timedelta
from typing import Any

from django.core.files.storage import default_storage
from django.utils import timezone

from institutions.commands import RegisterCommand
from partnerships.documents.storing import take_away
from partnerships.models import Document, Import
from partnerships.models.documents import FOLDER

# Whatever is being saved just now is younger by far.
LEAST_AGE = timedelta(days=1)


class Command(RegisterCommand):
    help = (
        "Menghapus berkas di folder dokumen yang tidak disebut catatan mana pun, dan daftar yang"
        " diunggah untuk diimpor lebih dari tujuh hari lalu."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        taken = [name for name in stray_files() if take_away(name)]
        self.stdout.write(f"{len(taken)} berkas tanpa catatan dihapus.")
        Import.objects.forget_old()


def stray_files() -> list[str]:
    """Old files that neither a row nor its history names; erased content is named by none."""
    if not default_storage.exists(FOLDER):
        return []
    _, files = default_storage.listdir(FOLDER)
    named = set(Document.objects.values_list("file", flat=True))
    erased = Document.objects.filter(erased_on__isnull=False)
    past = Document.history.exclude(id__in=erased.values("pk"))
    named |= set(past.values_list("file", flat=True))
    oldest = timezone.now() - LEAST_AGE
    stray = sorted({f"{FOLDER}/{file}" for file in files} - named)
    return [name for name in stray if default_storage.get_modified_time(name) < oldest]
