"""Files of a record in the Django admin: read there, kept on the pages of the register."""

from typing import Any

from django.contrib.admin import display
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat

from institutions.admin.base import PartInline
from institutions.models import User
from partnerships.models import Document


class DocumentInline(PartInline):
    """What is kept with the record, removed files too; the link is that of the pages."""

    model = Document
    extra = 0
    fields = (
        *("kind", "shown_size", "uploaded_by", "uploaded_at"),
        *("archived_on", "archive_reason", "erased_on"),
    )
    readonly_fields = fields

    def rows(self, user: User) -> QuerySet[Any]:
        return Document.objects.select_related("uploaded_by")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def view_on_site(self, obj: Document) -> str | None:  # type: ignore[override]
        return None if obj.erased_on else obj.get_absolute_url()

    @display(description="ukuran")
    def shown_size(self, document: Document) -> str:
        return str(filesizeformat(document.size))
