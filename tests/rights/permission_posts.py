"""What the POST cells of the permission table send, and where every address leads.

A POST starts from the form as the page shows it to the actor (versions, tokens and stored values
included) and changes what `CHANGES` names, so that it really saves for who may. Whoever cannot
open the page sends the form as the superuser sees it.
"""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from tests.faults.caller import Fields, FormReader
from tests.files import pdf
from tests.lists import csv, list_row
from tests.rights.permission_walk import Walker, text_of
from tests.rights.permission_world import PASSWORD, World

NEW_PASSWORD = "sandi contoh yang lain 82"
REASON = {"reason": "Tercatat dua kali"}


class Attached:
    """A file that can be sent again and again."""

    name, content_type = "naskah.pdf", "application/pdf"

    def read(self) -> bytes:
        return pdf("naskah untuk diunggah")


class AttachedList(Attached):
    name, content_type = "daftar.csv", "text/csv"

    def read(self) -> bytes:
        return csv(list_row(2))


def as_sent(value: Any) -> Any:
    return value if isinstance(value, Attached) else str(value)


def targets(world: World) -> dict[str, list[Any]]:
    """The arguments of every address that names something; all of it is kept by Bapas Jember."""
    unit, records = world.units["jember"], world.records["jember"]
    found: dict[str, list[Any]] = {
        "officeholder_create": [unit.code],
        "officeholder_edit": [unit.code, world.officeholder.pk],
        "delivery_verify": [records.shared_delivery.pk],
        "delivery_verify@inner": [records.inner_delivery.pk],
        "partner_restore": [world.removed_partner.pk],
        "agreement_restore": [records.removed_draft.pk],
        "event_restore": [records.removed_event.pk],
        "delivery_restore": [records.removed_delivery.pk],
        "document_restore": [records.removed_scan.pk],
        "document_download@removed": [records.removed_scan.pk],
        "admin:app_list": ["partnerships"],
        "admin:auth_user_password_change": [records.account.pk],
        "login_link": [world.link.made_token()],
        "login_slips": [world.link.batch],
        "login_link_create": [records.account.pk],
        "account_reopen": [world.closed_account.pk],
        "notice_read": [world.notice.pk],
        "agreement_import": [world.uploaded.pk],
        "agreement_import_leftovers": [world.uploaded.pk],
        "agreement_import_progress": [world.uploaded.pk],
    }
    for page in ("detail", "edit", "close", "unlock"):
        found[f"account_{page}"] = [records.account.pk]
    found |= {f"unit_{page}": [unit.code] for page in ("detail", "edit", "history")}
    rows: dict[str, Any] = {
        "partner": world.partner,
        "agreement": records.signed,
        "agreement@draft": records.draft,
        "event": records.shared_event,
        "event@inner": records.inner_event,
        "delivery": records.shared_delivery,
        "delivery@inner": records.inner_delivery,
    }
    for name, row in rows.items():
        noun, at, variant = name.partition("@")
        for page in ("detail", "edit", "archive", "history", "upload"):
            found[f"{noun}_{page}{at}{variant}"] = [row.pk]
    for verb in ("renew", "amend", "terminate"):
        found[f"agreement_{verb}"] = [records.signed.pk]
    for verb in ("sign", "amend"):
        found[f"agreement_{verb}@draft"] = [records.draft.pk]
    found["agreement_undo"] = [records.ended.pk]
    for page in ("download", "replace", "archive", "erase"):
        found[f"document_{page}"] = [records.scan.pk]
        found[f"document_{page}@draft"] = [records.draft_scan.pk]
    # What a delivery hangs on stays; these have none.
    found["agreement_archive"] = [records.idle.pk]
    return found | admin_targets(world)


def admin_targets(world: World) -> dict[str, list[Any]]:
    unit, records = world.units["jember"], world.records["jember"]
    rows = {
        "partnerships_partner": world.partner,
        "partnerships_agreement": records.signed,
        "partnerships_event": records.shared_event,
        "partnerships_delivery": records.shared_delivery,
        "partnerships_programmearea": world.area,
        "partnerships_sector": world.sector,
        "institutions_officeholder": world.officeholder,
        "institutions_unit": unit,
        "institutions_user": records.account,
        "institutions_province": unit.province,
        "institutions_regency": unit.regency,
        "institutions_ministryname": world.ministry,
    }
    found = {
        f"admin:{name}_{page}": [row.pk]
        for name, row in rows.items()
        for page in ("change", "history", "delete")
    }
    # Only what lies in the Sampah and was never signed is deleted for good.
    found["admin:partnerships_partner_delete"] = [world.removed_partner.pk]
    found["admin:partnerships_agreement_delete"] = [records.removed_draft.pk]
    found["admin:partnerships_event_delete"] = [records.removed_event.pk]
    found["admin:partnerships_delivery_delete"] = [records.removed_delivery.pk]
    return found


def changes(world: World) -> dict[str, dict[str, Any]]:
    """What each POST says that the page did not say already; None takes a field away."""
    unit, kanwil = world.units["jember"], world.units["kanwil"]
    place = {"province": unit.province_id, "regency": unit.regency_id}
    person = {"person_name": "Budi Contoh Dua", "position": "Kepala", "seen_on": "3 Maret 2026"}
    lapas = {"kind": "LAPAS", "name": "Lapas Contoh", "short_name": "Lapas Contoh"}
    delivery = {"kind": "PELATIHAN", "date": "3 Maret 2026", "partner": world.partner.pk}
    passwords = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    account = {"username": "akun.baru", "role": "Humas"} | passwords
    both: dict[str, dict[str, Any]] = {
        "partner_create": {"name": "Yayasan Contoh", "kind": "YAYASAN"},
        "partner_edit": {"address": "Jalan Contoh 5"},
        "agreement_create": {"title": "Pembinaan contoh", "kind": "PKS", "unit": unit.pk},
        "agreement_edit": {"title": "Pembinaan contoh"},
        "agreement_sign": {"signed_on": "3 Maret 2026"},
        "agreement_renew": {"signed_on": "3 Maret 2026"},
        "agreement_amend": {"title": "Ruang lingkup contoh", "signed_on": "3 Maret 2026"},
        "agreement_terminate": {"terminated_on": "3 Maret 2026", "reason": "Mitra bubar"},
        "agreement_undo": REASON,
        "agreement_import": {"simpan": "1"},
        "agreement_import_start": {"file": AttachedList()},
        "event_create": {"title": "Rapat contoh", "unit": unit.pk},
        "event_edit": {"place": "Aula contoh"},
        "delivery_create": delivery | {"unit": unit.pk},
        "delivery_edit": {"output": "20 sertifikat contoh"},
        "officeholder_create": person | {"unit": unit.pk},
        "officeholder_edit": {"position": "Kepala contoh"},
        "unit_create": lapas | place | {"parent": kanwil.pk},
        "unit_edit": {"phone": "0331-000000"},
    }
    found = dict(both)
    for page in ("create", "edit"):
        admin_page = {"create": "add", "edit": "change"}[page]
        for noun in ("partner", "agreement", "event", "delivery"):
            found[f"admin:partnerships_{noun}_{admin_page}"] = both[f"{noun}_{page}"]
        for noun in ("officeholder", "unit"):
            found[f"admin:institutions_{noun}_{admin_page}"] = both[f"{noun}_{page}"]
    found["admin:institutions_unit_add"] = both["unit_create"] | {"code": "lapas-contoh"}
    found |= {f"{noun}_upload": {"file": Attached()} for noun in ("agreement", "event", "delivery")}
    found["event_upload"] |= {"kind": "BUKTI"}
    found["delivery_upload"] |= {"kind": "BUKTI"}
    found["document_replace"] = {"file": Attached()}
    found["document_archive"] = found["document_erase"] = REASON
    for noun in ("partner", "agreement", "event", "delivery"):
        found[f"{noun}_archive"] = REASON
        found[f"admin:partnerships_{noun}_delete"] = REASON
    for noun in ("officeholder", "ministryname"):
        found[f"admin:institutions_{noun}_delete"] = REASON
    own_password = {"new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD}
    pasted = {"full_name": "Rina Contoh", "unit": unit.short_name, "role": "Humas"}
    return found | {
        "account_create": {"full_name": "Rina Contoh", "role": "Humas", "unit": unit.pk},
        "account_edit": {"full_name": "Rina Contoh"},
        "account_close": REASON,
        "account_reopen": REASON,
        "account_paste": {
            "simpan": "1",
            "lines": None,
            "baris-TOTAL_FORMS": 1,
            "baris-INITIAL_FORMS": 0,
            **{f"baris-0-{name}": value for name, value in pasted.items()},
        },
        "login_link": own_password,
        "login": {"username": world.colleagues["jember"].username, "password": PASSWORD},
        "password_change": {
            "old_password": PASSWORD,
            **own_password,
        },
        "admin:auth_user_password_change": passwords,
        "admin:institutions_user_add": account | {"unit": unit.pk},
        "admin:institutions_user_change": {"last_name": "Contoh", "role": "Humas"},
        "admin:institutions_province_add": {
            "code": "36",
            "name": "Banten",
            "short_name": "Banten",
            "timezone": "Asia/Jakarta",
        },
        "admin:institutions_province_change": {"short_name": "Jatim"},
        "admin:institutions_regency_add": {
            "code": "35.08",
            "kind": "KABUPATEN",
            "name": "Lumajang",
            "full_name": "Kabupaten Lumajang",
            "province": unit.province_id,
        },
        "admin:institutions_regency_change": {"full_name": "Kab. Jember"},
        "admin:institutions_ministryname_add": {"name": "Kementerian Lain"},
        "admin:institutions_ministryname_change": {"name": "Kementerian Lain"},
        "admin:partnerships_programmearea_add": {
            "code": "CONTOH",
            "label": "Contoh",
            "group": "Perawatan",
            "order": 1,
        },
        "admin:partnerships_programmearea_change": {"label": "Contoh"},
        "admin:partnerships_sector_add": {"code": "CONTOH", "label": "Contoh", "order": 1},
        "admin:partnerships_sector_change": {"label": "Contoh"},
        # Django's own button of a list; the register offers no action on many rows.
        "admin:partnerships_partner_changelist": {
            "action": "delete_selected",
            "_selected_action": world.partner.pk,
            "index": 0,
            "post": "yes",
        },
    }


# What an address needs behind its question mark.
QUERIES: dict[str, dict[str, str]] = {
    "admin:autocomplete": {
        "app_label": "partnerships",
        "model_name": "delivery",
        "field_name": "agreement",
    },
}

# The page whose form posts to the address, where that is another page.
FORM_STANDS_ON: dict[str, str] = {
    "delivery_verify": "delivery_detail",
    "delivery_verify@inner": "delivery_detail@inner",
    "notice_read": "notice_list",
    "notice_read_all": "notice_list",
    "document_restore": "agreement_detail",
}


class Posts:
    """Addresses and forms of one world."""

    def __init__(self, walker: Walker) -> None:
        self.walker = walker
        self.targets, self.changes = targets(walker.world), changes(walker.world)
        self.as_superuser: dict[str, Fields] = {}

    def address(self, route: str) -> str:
        found = reverse(route.partition("@")[0], args=self.targets.get(route, []))
        return f"{found}?{urlencode(QUERIES[route])}" if route in QUERIES else found

    def form_page(self, route: str) -> str:
        """Where the form stands: on the page itself, or on the one that shows the record."""
        noun, _, verb = route.rpartition("_")
        if verb == "restore" and route not in FORM_STANDS_ON:
            return reverse(f"{noun}_detail", args=self.targets[route])
        return self.address(FORM_STANDS_ON.get(route, route))

    def form(self, route: str, actor: str, seen: Any = None) -> Fields:
        """The form as the actor sees it, with what the cell changes; nothing where there is none.

        `seen` is what the actor got at the address itself, where that was asked already.
        """
        page = self.form_page(route)
        answer = seen if page == self.address(route) else None
        answer = answer or self.walker.get(actor, page)
        if answer.status_code != 200:
            return self.form_of_superuser(route)
        return self.filled_in(route, answer)

    def form_of_superuser(self, route: str) -> Fields:
        if route not in self.as_superuser:
            answer = self.walker.get("superuser", self.form_page(route))
            self.as_superuser[route] = self.filled_in(route, answer)
        return self.as_superuser[route]

    def filled_in(self, route: str, answer: Any) -> Fields:
        reader = FormReader()
        reader.feed(text_of(answer) if answer.status_code == 200 else "")
        said = self.changes.get(route) or self.changes.get(route.partition("@")[0], {})
        fields = reader.fields | {name: [as_sent(value)] for name, value in said.items()}
        return {name: values for name, values in fields.items() if said.get(name, "") is not None}
