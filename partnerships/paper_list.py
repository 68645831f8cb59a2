"""The files of one record as its page lists them: current versions, earlier ones, removed ones."""

from typing import Any

from django.urls import reverse

from institutions.models import User
from institutions.together import Relation
from partnerships.models import Agreement, Document, DocumentKind, Owner, Stage


def newest_first(document: Document) -> tuple[float, int]:
    return -document.uploaded_at.timestamp(), -document.pk


PERSON = ("username", "first_name", "last_name")
ROLES = ("uploaded_by", "archived_by", "erased_by")
FILES = Relation(
    "documents",
    (
        *("kind", "file_type", "original_name", "size", "replaces", "uploaded_at"),
        *("archived_on", "archive_reason", "erased_on", "erase_reason"),
        *(f"{role}__{name}" for role in ROLES for name in PERSON),
    ),
    newest_first,
)


def papers_of(owner: Owner, user: User, *, is_own: bool) -> dict[str, Any]:
    """Context of partnerships/_documents.html; FILES are to be read before."""
    rows = list(owner.documents.all())
    present = [row for row in rows if not row.archived_on]
    replaced = {row.replaces_id for row in present}
    current = [row for row in present if row.pk not in replaced]
    may_change = is_own and not owner.archived_on
    may_add = may_change and user.has_perm("partnerships.add_document")
    upload = reverse(f"{owner._meta.model_name}_upload", args=[owner.pk]) if may_add else ""
    is_paper = isinstance(owner, Agreement)
    return {
        "papers_title": "Naskah dan berkas" if is_paper else "Foto dan berkas",
        "papers": [{"document": row, "earlier": earlier(row, rows)} for row in current],
        "removed": [row for row in rows if row.archived_on] if is_own else [],
        "upload_url": upload,
        "may_remove": may_change and user.has_perm("partnerships.delete_document"),
        # Also of a record in the Sampah.
        "may_erase": is_own and user.has_perm("partnerships.erase_document"),
        "lacks_scan": lacks_scan(owner, current),
    }


def earlier(document: Document, rows: list[Document]) -> list[Document]:
    """The versions before this one, newest first; removed ones are passed over."""
    known = {row.pk: row for row in rows}
    found = []
    # A file only ever takes the place of one that was there before.
    before = known.pop(document.replaces_id or 0, None)
    while before is not None:
        found += [] if before.archived_on else [before]
        before = known.pop(before.replaces_id or 0, None)
    return found


def lacks_scan(owner: Owner, current: list[Document]) -> bool:
    """Whether a signed paper is recorded without its scan."""
    if not isinstance(owner, Agreement) or owner.stage != Stage.SIGNED:
        return False
    return not any(row.kind == DocumentKind.NASKAH for row in current)
