"""Files of agreements, events and deliveries: sent, read, replaced, removed and brought back."""

import logging
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from institutions.forms.base import posted
from institutions.http import SignedInRequest, atomic_post, find_editable, finish, get_editable
from partnerships.documents.storing import Written, files_or_none
from partnerships.forms.documents import UploadForm
from partnerships.models import (
    OWNERS,
    PICTURES,
    Agreement,
    Delivery,
    Document,
    DocumentQuerySet,
    Event,
    FileType,
)
from partnerships.views.removal import ask_reason

logger = logging.getLogger(__name__)

CONTENT_TYPES = {
    FileType.PDF: "application/pdf",
    FileType.JPG: "image/jpeg",
    FileType.PNG: "image/png",
    FileType.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
# A file runs nothing and reaches nothing, and has nothing of the register around it.
SANDBOX = (
    "default-src 'none'; object-src 'none'; base-uri 'none'; form-action 'self';"
    " frame-ancestors 'none'; sandbox"
)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("partnerships.add_document", raise_exception=True)
def agreement_upload(request: SignedInRequest, pk: int) -> HttpResponse:
    seen = Agreement.objects.listed_to(request.user).current()
    return upload(request, seen, Agreement.objects.editable_by(request.user), pk)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("partnerships.add_document", raise_exception=True)
def event_upload(request: SignedInRequest, pk: int) -> HttpResponse:
    seen = Event.objects.visible_to(request.user).current()
    return upload(request, seen, Event.objects.editable_by(request.user), pk)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("partnerships.add_document", raise_exception=True)
def delivery_upload(request: SignedInRequest, pk: int) -> HttpResponse:
    seen = Delivery.objects.visible_to(request.user).current()
    return upload(request, seen, Delivery.objects.editable_by(request.user), pk)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("partnerships.add_document", raise_exception=True)
def document_replace(request: SignedInRequest, pk: int) -> HttpResponse:
    """One more version; the one before stays."""
    seen = documents_seen(request, pk).current()
    return upload(request, seen, Document.objects.editable_by(request.user), pk)


def upload(request: SignedInRequest, seen: Any, editable: Any, pk: int) -> HttpResponse:
    """The form for files of a record, or for one in place of the document that is found.

    Files are looked at and written before the transaction begins, which thereby stays short.
    """
    form = upload_form(request, find_editable(seen, editable, pk=pk))
    with files_or_none() as written:
        is_in_order = form.is_bound and form.is_valid()
        names = [written.write(each.content) for each in form.checked] if is_in_order else []

        def keep(request: SignedInRequest) -> HttpResponse:
            row = get_editable(request, seen, editable, pk=pk)
            return kept_or_asked_again(request, form, row, written, names)

        response = atomic_post(keep)(request)
    return told_to_script(request, response)


def upload_form(request: SignedInRequest, row: Any) -> UploadForm:
    replaces = row if isinstance(row, Document) else None
    owner = row.owner if replaces else row
    files = request.FILES if request.method == "POST" else None
    return UploadForm(posted(request), files, owner=owner, replaces=replaces, user=request.user)


def kept_or_asked_again(
    request: SignedInRequest, form: UploadForm, row: Any, written: Written, names: list[str]
) -> HttpResponse:
    owner = row.owner if isinstance(row, Document) else row
    obstacle = row.replacement_obstacle() if isinstance(row, Document) else ""
    if names and not obstacle and form.saved(owner, written, names):
        for text in form.refused:
            messages.error(request, text)
        text = f"Berkas tersimpan: {', '.join(map(str, form.documents))}."
        return finish(request, f"{owner.get_absolute_url()}#berkas", text, form.repeated)
    context = {
        "form": form,
        "owner": owner,
        "replaces": form.replaces,
        "obstacle": obstacle,
        "back_url": f"{owner.get_absolute_url()}#berkas",
        "section": f"{owner._meta.model_name}_detail",
    }
    return render(request, "partnerships/document_form.html", context)


def told_to_script(request: SignedInRequest, response: HttpResponse) -> HttpResponse:
    """A script would follow a redirect by itself and swallow the message of the next page."""
    by_script = request.headers.get("X-Requested-With") == "XMLHttpRequest"
    if not by_script or not isinstance(response, HttpResponseRedirect):
        return response
    return HttpResponse(status=201, headers={"Location": response.url})


def documents_seen(request: SignedInRequest, pk: int) -> DocumentQuerySet:
    """The one document, where the user may see it and its record is not in the Sampah."""
    return documents_kept(request, pk).on_current()


def documents_kept(request: SignedInRequest, pk: int) -> DocumentQuerySet:
    """The one document, where the user may see it and its content is there."""
    rows = Document.objects.filter(pk=pk).visible_to(request.user).kept()
    return rows.select_related(*(f"{link}__unit" for link in OWNERS))


@require_safe
@permission_required("partnerships.view_document", raise_exception=True)
def document_download(request: SignedInRequest, pk: int) -> HttpResponseBase:
    document = get_object_or_404(Document.objects.filter(pk=pk).visible_to(request.user).kept())
    try:
        content = document.file.open("rb")
    except OSError as error:
        logger.error("document %s: its file %s cannot be read: %s", pk, document.file.name, error)
        raise Http404 from error
    answer = FileResponse(
        content,
        # Browsers show no PDF inside a sandbox.
        as_attachment=document.file_type not in PICTURES,
        filename=document.original_name,
        content_type=CONTENT_TYPES.get(document.file_type, "application/octet-stream"),  # type: ignore[call-overload]
    )
    answer["Content-Security-Policy"] = SANDBOX
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("partnerships.delete_document", raise_exception=True)
@atomic_post
def document_archive(request: SignedInRequest, pk: int) -> HttpResponse:
    seen = documents_seen(request, pk).current()
    document = get_editable(request, seen, Document.objects.editable_by(request.user), pk=pk)
    return ask_reason(
        request,
        document,
        lede="Berkas tidak tampil lagi; versi sebelumnya, bila ada, tampil kembali.",
        undo="Berkas dihapus dan dapat dipulihkan dari Berkas yang dihapus.",
        done_url=document.place_url,
        cancel_url=document.place_url,
        submit_label="Hapus berkas",
    )


@require_http_methods(["POST"])
@permission_required("partnerships.delete_document", raise_exception=True)
@atomic_post
def document_restore(request: SignedInRequest, pk: int) -> HttpResponse:
    seen = documents_seen(request, pk).archived()
    document = get_editable(request, seen, Document.objects.editable_by(request.user), pk=pk)
    try:
        document.restore(by=request.user)
    except ValidationError as refused:
        for text in refused.messages:
            messages.error(request, text)
        return redirect(document.place_url)
    return finish(request, document.place_url, "Berkas dipulihkan.")


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("partnerships.erase_document", raise_exception=True)
@atomic_post
def document_erase(request: SignedInRequest, pk: int) -> HttpResponse:
    """Its content, for good; also where the record lies in the Sampah."""
    seen, user = documents_kept(request, pk), request.user
    document = get_editable(request, seen, Document.objects.editable_by(user), pk=pk)
    same = Document.objects.filter(sha256=document.sha256).exclude(pk=pk).visible_to(user).kept()
    return ask_reason(
        request,
        document,
        act=document.erase,
        template="partnerships/document_erase.html",
        heading="Hapus isi berkas ini selamanya?",
        lede="Isinya hilang dari register dan tidak dapat dipulihkan. Nama, ukuran, sidik, alasan,"
        " dan riwayatnya tetap tersimpan.",
        undo="Isi berkas dihapus selamanya.",
        done_url=document.place_url,
        cancel_url=document.place_url,
        submit_label="Hapus selamanya",
        same=same.select_related(*OWNERS),
    )
