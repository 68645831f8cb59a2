"""Sheets as an answer, sent as they are written."""

from collections.abc import Sequence

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header

from institutions.spreadsheets import Sheet, csv_lines, xlsx_pieces

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def answer_with(sheets: Sequence[Sheet], name: str) -> StreamingHttpResponse:
    """By the ending of the name; a CSV holds the first sheet only.

    Rows that fail on the way end the connection, so that no browser takes the file for whole.
    """
    is_csv = name.endswith(".csv")
    content = csv_lines(sheets[0]) if is_csv else xlsx_pieces(sheets)
    answer = StreamingHttpResponse(content, content_type=CSV if is_csv else XLSX)
    answer.headers["Content-Disposition"] = content_disposition_header(True, name) or ""
    return answer
