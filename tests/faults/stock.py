"""What a register holds and whether it holds together: `python -m tests.faults.stock`.

Prints JSON: names of partners, rows whose history is not of the same moment, documents whose file
is absent or another one.

    python -m tests.faults.stock write SECONDS

adds a document with its file about twice a second instead.
"""

import hashlib
import json
import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

# A script of its own: models can be imported only now.
from django.core.files.base import ContentFile  # noqa: E402

from partnerships.models import Agreement, Document, DocumentKind, Partner  # noqa: E402
from tests.factories import make_agreement  # noqa: E402


def write(seconds: float) -> None:
    agreement = make_agreement()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        content = os.urandom(50_000)
        document = Document(
            agreement=agreement,
            kind=DocumentKind.NASKAH,
            original_name="naskah-contoh.pdf",
            sha256=hashlib.sha256(content).hexdigest(),
            size=len(content),
        )
        document.file.save("naskah", ContentFile(content), save=False)
        document.record(by=None)
        time.sleep(0.5)


def dangling() -> int:
    return sum(not is_whole(document) for document in Document.objects.all())


def is_whole(document: Document) -> bool:
    try:
        with document.file.open("rb") as file:
            return hashlib.sha256(file.read()).hexdigest() == document.sha256
    except OSError:
        return False


def torn() -> int:
    """Rows and histories of two moments: each save writes one of each, with the same version."""
    return sum(
        row.history.count() != row.version or row.history.latest().version != row.version
        for model in (Partner, Agreement)
        for row in model.objects.all()
    )


def main() -> None:
    if sys.argv[1:2] == ["write"]:
        write(float(sys.argv[2]))
        return
    names = list(Partner.objects.values_list("name", flat=True))
    stock = {"partners": names, "torn": torn(), "dangling": dangling()}
    print(json.dumps(stock | {"documents": Document.objects.count()}))


if __name__ == "__main__":
    main()
