"""Sheets as an answer: a CSV as it is written, an XLSX when it is whole."""

import tempfile
from collections.abc import Sequence

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header

from institutions.spreadsheets import Sheet, csv_lines, write_xlsx

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Larger files wait on the disk instead of in memory.
KEPT_IN_MEMORY = 1024 * 1024


def answer_with(sheets: Sequence[Sheet], name: str) -> HttpResponseBase:
    """By the ending of the name; a CSV holds the first sheet only.

    A CSV whose rows fail on the way ends the connection, so that no browser takes it for whole.
    """
    if name.endswith(".csv"):
        answer = StreamingHttpResponse(csv_lines(sheets[0]), content_type=CSV)
        answer.headers["Content-Disposition"] = content_disposition_header(True, name) or ""
        return answer
    file = tempfile.SpooledTemporaryFile(max_size=KEPT_IN_MEMORY)  # noqa: SIM115 - the answer closes it
    write_xlsx(file, sheets)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)
