"""Uploads while no room is left on the disk: refused as a whole, after their fields were read."""

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler
from django.http import HttpRequest, HttpResponse


class UploadedToDisk(TemporaryFileUploadHandler):
    """Django's, except that it leaves a file out where it cannot be written, and says so."""

    request: Any

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        try:
            super().new_file(*args, **kwargs)
        except OSError as error:
            self.leave_out(error)
            raise SkipFile from error

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        try:
            return super().receive_data_chunk(raw_data, start)
        except OSError as error:
            self.leave_out(error)
            raise SkipFile from error

    def file_complete(self, file_size: int) -> UploadedFile | None:
        try:
            return super().file_complete(file_size)
        except OSError as error:
            self.leave_out(error)
            return None

    def leave_out(self, error: OSError) -> None:
        left_out = getattr(self.request, "files_left_out", {})
        left_out.setdefault(self.field_name, []).append(self.file_name)
        self.request.files_left_out, self.request.upload_error = left_out, error


class WholeUploads:
    """Stops a request whose files could not all be kept, before any page works with it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        if request.method == "POST" and request.POST and hasattr(request, "upload_error"):
            raise request.upload_error
