"""What the register's pages are measured against: the unit U, and a list tuned by hand."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import escape

ROWS = 50
CELLS = 8
SQL = """
SELECT p.id, p.name, p.acronym, p.kind, r.name, v.name, p.office_phone, p.recorded_at,
       (SELECT count(*) FROM partnerships_party y WHERE y.partner_id = p.id)
  FROM partnerships_partner p
  LEFT JOIN institutions_regency r ON r.id = p.regency_id
  LEFT JOIN institutions_province v ON v.id = p.province_id
 WHERE p.archived_on IS NULL AND p.merged_into_id IS NULL
 ORDER BY p.name_key, p.id LIMIT 50
"""


def unit_page(request: HttpRequest) -> HttpResponse:
    """U: what every page of a signed-in person costs before it does anything of its own."""
    return HttpResponse(f"Halo {escape(request.user.get_username())}")


def reference_list(request: HttpRequest) -> HttpResponse:
    """The partners' columns by one statement, rows written without the template language."""
    with connection.cursor() as cursor:
        cursor.execute(SQL)
        rows = [
            f'<tr><th><a href="/mitra/{row[0]}/">{escape(row[1])}</a></th>'
            + "".join(f"<td>{escape(value)}</td>" for value in row[2:])
            + "</tr>"
            for row in cursor.fetchall()
        ]
        cursor.execute(
            "SELECT count(*) FROM partnerships_partner"
            " WHERE archived_on IS NULL AND merged_into_id IS NULL"
        )
        count = cursor.fetchone()[0]
    return render(request, "bench/reference_list.html", {"rows": "".join(rows), "count": count})
