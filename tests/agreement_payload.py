"""What a browser sends for the form of an agreement."""

from typing import Any

from institutions.models import Unit
from partnerships.models import Agreement, Partner

COLUMNS = ("number", "signatory_name", "signatory_position")


def side(row: Unit | Partner | None) -> str:
    """The value of the radio button that stands for this unit or partner."""
    if row is None:
        return ""
    return f"{'u' if isinstance(row, Unit) else 'p'}{row.pk}"


def new_payload(*sides: Unit | Partner | None, **fields: Any) -> dict[str, Any]:
    """A new agreement; fields of parties are passed as `parties-0-number` and so on."""
    rows: dict[str, Any] = {
        "parties-TOTAL_FORMS": len(sides),
        "parties-INITIAL_FORMS": 0,
        "parties-MIN_NUM_FORMS": 0,
        "parties-MAX_NUM_FORMS": 20,
    }
    for index, row in enumerate(sides):
        rows[f"parties-{index}-who"] = side(row)
    return {"kind": "PKS", "title": "Layanan kesehatan"} | rows | fields


def stored_payload(agreement: Agreement, **fields: Any) -> dict[str, Any]:
    """The edit form as it opens, sent back with some fields changed."""
    agreement.refresh_from_db()
    parties = list(agreement.parties.all())
    rows: dict[str, Any] = {}
    for index, party in enumerate(parties):
        rows[f"parties-{index}-id"] = party.pk
        rows |= {f"parties-{index}-{name}": getattr(party, name) for name in COLUMNS}
    stored = {
        "version": agreement.version,
        "kind": agreement.kind,
        "title": agreement.title,
        "signed_on": agreement.signed_on.isoformat() if agreement.signed_on else "",
        "place": agreement.place,
        "starts_on": agreement.starts_on.isoformat() if agreement.starts_on else "",
        "term": str(agreement.term_months or "belum"),
        "notes": agreement.notes,
        "areas": [link.area_id for link in agreement.area_links.all()],
        "parties-INITIAL_FORMS": len(parties),
    }
    return new_payload(*(party.who for party in parties)) | rows | stored | fields
