"""Planted faults in what is kept, shown and understood."""

from tests.faults.planted_fault import Fault

HISTORY = (
    Fault(
        "history: nothing refuses a removal",
        "institutions/triggers.py",
        'VERBS = ("UPDATE", "DELETE")',
        'VERBS = ("UPDATE",)',
        ("tests/test_history_protected.py::test_no_table_of_history_can_be_changed_or_emptied",),
    ),
    Fault(
        "history: migrate does not put the triggers back",
        "institutions/management/commands/migrate.py",
        "            protect()\n",
        "",
        ("tests/test_history_protected.py::test_migrate_protects_what_lost_its_triggers",),
        migrations=True,
    ),
    Fault(
        "history: a row is written without its seal",
        "institutions/models/trail.py",
        "        if self._state.adding:\n            self.put_seal()\n",
        "",
        ("tests/test_history_tampering.py::test_untouched_history_is_clean",),
    ),
    Fault(
        "history: the seal leaves out who it was",
        "institutions/models/trail.py",
        'UNSEALED = frozenset({"seal", "history_id"})',
        'UNSEALED = frozenset({"seal", "history_id", "history_user"})',
        ("tests/test_history_tampering.py::test_every_tamper_is_found_where_it_is",),
    ),
    Fault(
        "history: nobody compares a row with the one before it",
        "institutions/verification.py",
        "elif seal and before and seal.link != before.as_link:",
        "elif seal and before and not seal.link:",
        ("tests/test_history_tampering.py::test_every_tamper_is_found_where_it_is",),
    ),
    Fault(
        "history: a forged checkpoint is believed",
        "institutions/checkpoints.py",
        "if not is_signed([before, checkpoint.taken_at, checkpoint.tables], checkpoint.seal):",
        "if not checkpoint.seal:",
        ("tests/test_history_tampering.py::test_every_tamper_is_found_where_it_is",),
    ),
    Fault(
        "history: a row is saved although its history is not",
        "institutions/models/base.py",
        "    @transaction.atomic\n"
        '    def record(self, *, by: models.Model | None, reason: str = "") -> Self:\n'
        '        """Check the whole row',
        '    def record(self, *, by: models.Model | None, reason: str = "") -> Self:\n'
        '        """Check the whole row',
        ("tests/test_history.py::test_what_cannot_be_told_is_not_done",),
    ),
    Fault(
        "history: it keeps the telephone of a person",
        "partnerships/models/contacts.py",
        'excluded_fields=["name", "phone", "email", "updated_at"]',
        'excluded_fields=["name", "email", "updated_at"]',
        ("tests/test_contact_erase.py::test_nothing_of_the_person_remains_anywhere",),
    ),
)

INPUT = (
    Fault(
        "input: a title is markup",
        "templates/partnerships/event_detail.html",
        "<h1>{{ event.title }}</h1>",
        "<h1>{{ event.title|safe }}</h1>",
        ("tests/test_markup.py::test_markup_stays_text_on_every_page",),
    ),
    Fault(
        "input: a text in an XLSX is markup",
        "institutions/spreadsheets.py",
        "text = escape(sayable(value))",
        "text = sayable(value)",
        ("tests/test_spreadsheets.py::test_markup_in_an_xlsx_is_text",),
    ),
    Fault(
        "input: a filter calls the names of parties safe",
        "partnerships/templatetags/registry.py",
        "return [str(party) for party in parties if party.unit_id != agreement.unit_id]",
        "return [template.base.mark_safe(str(party)) for party in parties]",
        ("tests/test_markup.py::test_markup_stays_text_on_every_page",),
    ),
    Fault(
        "input: javascript: is a link",
        "partnerships/templatetags/registry.py",
        'return address if address.lower().startswith(("https://", "http://")) else ""',
        "return address",
        ("tests/test_markup.py::test_a_dangerous_link_in_the_database_is_never_a_link",),
    ),
    Fault(
        "input: NUL in an address reaches the database",
        "config/middleware.py",
        'if "\\0" in request.path_info or "%00" in query or "\\0" in query:',
        'if "\\0" in request.path_info:',
        ("tests/test_requests.py::test_nul_in_the_address_is_a_bad_request",),
    ),
    Fault(
        "input: NUL in a text is stored",
        "institutions/models/base.py",
        "setattr(self, field.attname, strip_control(value).strip())",
        "setattr(self, field.attname, value.strip())",
        ("tests/test_text_limits.py::test_text_is_stored_clean",),
    ),
    Fault(
        "input: a form makes as many rows as a number says",
        "institutions/forms/parts.py",
        "return min(total, self.rows_sent + 1) if self.is_bound else total",
        "return total",
        ("tests/test_bad_input.py::test_rows_in_the_admin_are_as_many_as_were_sent",),
    ),
    Fault(
        "input: the month may stand before the day",
        "indonesian/date_grammar.py",
        "return Written(int(day), month, self.year(fourth), mark)",
        "return Written(*sorted((int(day), month), reverse=month > 12), self.year(fourth), mark)",
        ("tests/test_indonesian_dates.py::test_refused_texts_say_why",),
    ),
    Fault(
        "headers: the policy lets scripts stand in a page",
        "config/settings.py",
        '"default-src": [SELF],',
        '"default-src": [SELF, "\'unsafe-inline\'"],',
        ("tests/test_headers.py::test_health_checks_have_full_marks",),
    ),
    Fault(
        "headers: pages are kept by caches",
        "config/headers.py",
        '        response.headers.setdefault("Cache-Control", "no-store")\n',
        "",
        ("tests/test_headers.py::test_error_pages_have_full_marks",),
    ),
)

OUTAGES = (
    Fault(
        "stale token: the form of another site is offered",
        "config/kept_forms.py",
        'request.method == "POST" and sent_from_here(request)',
        'request.method == "POST"',
        ("tests/test_kept_forms.py::test_what_another_site_sent_is_never_offered",),
    ),
    Fault(
        "outages: what was typed is lost",
        "config/outages.py",
        '"503.html", typed_in(request)',
        '"503.html", None',
        ("tests/test_outages.py::test_what_was_typed_is_offered_again",),
    ),
    Fault(
        "outages: the form of another site is offered",
        "config/kept_forms.py",
        "return None if refused else typed_text(request)",
        "return typed_text(request)",
        ("tests/test_outages.py::test_what_another_site_sent_is_not_offered",),
    ),
    Fault(
        "outages: a locked database is a 500",
        "config/outages.py",
        "        sqlite3.SQLITE_BUSY,\n",
        "",
        ("tests/test_outages.py::test_faults_of_the_machine_are_told_from_bugs",),
    ),
    Fault(
        "outages: a typed password is written into the page",
        "config/typed_text.py",
        "secret = [name for name, _ in sent if reader.is_secret(name)]",
        "secret: list[str] = []",
        ("tests/test_outages.py::test_a_password_is_asked_for_again_and_never_shown",),
    ),
    Fault(
        "outages: a database file that was replaced is written on",
        "config/middleware.py",
        "                connection.close()\n",
        "                pass\n",
        ("tests/test_outages.py::test_a_file_put_in_place_of_another_is_opened_anew",),
    ),
)

BACKUPS = (
    Fault(
        "backups: the seal of the whole file is not compared",
        "config/backup/archive.py",
        "if left or self.file.read() != end_of(whole.hexdigest()):",
        "if left:",
        ("tests/test_backup.py::test_a_shorter_or_longer_file_is_refused",),
        migrations=True,
    ),
    Fault(
        "backups: the manifest is not compared",
        "config/backup/archive.py",
        "if expected.pop(name, None) != source.hash.hexdigest():",
        "if expected.pop(name, source) is None:",
        ("tests/test_backup.py::test_a_well_sealed_forgery_is_refused",),
        migrations=True,
    ),
    Fault(
        "backups: a register in use is restored over",
        "config/backup/restoring.py",
        "def require_no_rows(tables: list[Table]) -> None:\n",
        "def require_no_rows(tables: list[Table]) -> None:\n    return\n",
        ("tests/test_backup.py::test_a_place_in_use_is_left_alone",),
        migrations=True,
    ),
)

RULES = (
    Fault(
        "rules: an agreement ends a day early",
        "partnerships/models/agreement_status.py",
        "    if row.ends_on < today:\n",
        "    if row.ends_on <= today:\n",
        ("tests/test_agreement_status.py::test_lists_and_rows_agree_on_every_turning_day",),
    ),
    Fault(
        "rules: what was ended is renewed",
        "partnerships/models/agreement_verbs.py",
        "        if self.terminated_on:\n",
        "        if self.terminated_on and verb != Verb.RENEW:\n",
        ("tests/test_agreement_renew.py::test_what_is_not_renewed_says_why",),
    ),
    Fault(
        "rules: an addendum that is removed leaves the end moved",
        "partnerships/models/agreement_undo.py",
        "**{name: getattr(before, name) for name in END})",
        "ends_on=base.ends_on)",
        ("tests/test_agreement_amend.py::test_removing_it_gives_the_end_back",),
    ),
    Fault(
        "rules: an addendum moves the end by a form",
        "partnerships/models/agreement_undo.py",
        "        if (self.ends_on, self.is_open_ended) != (",
        "        if False and (self.ends_on, self.is_open_ended) != (",
        ("tests/test_admin_saving.py::test_an_addendum_that_moves_the_end_is_left_to_the_page",),
    ),
    Fault(
        "rules: a signing with realisasi is taken back",
        "partnerships/models/agreement_verbs.py",
        'return "sudah punya realisasi"',
        'return ""',
        ("tests/test_agreement_undo.py::test_what_builds_on_a_signing_keeps_it",),
    ),
    Fault(
        "rules: in lists an agreement ends a day early",
        "partnerships/models/agreement_status.py",
        "When(ends_on__lt=today,",
        "When(ends_on__lte=today,",
        ("tests/test_agreement_status.py::test_lists_and_rows_agree_on_every_turning_day",),
    ),
    Fault(
        "rules: a delivery in the Sampah moves its agreement",
        "partnerships/models/evidence.py",
        "counted = deliveries.filter(archived_on__isnull=True, date__lte=today)",
        "counted = deliveries.filter(date__lte=today)",
        ("tests/test_agreement_evidence.py::test_deliveries_in_the_sampah_do_not_count",),
    ),
    Fault(
        "rules: whoever corrected a delivery checks it",
        "partnerships/models/deliveries.py",
        "            self.corrected_by = by  # type: ignore[assignment]\n",
        "",
        ("tests/test_delivery_verify.py::test_who_corrected_the_count_leaves_the_check_to_others",),
    ),
    Fault(
        "rules: whoever recorded a delivery checks it",
        "partnerships/models/deliveries.py",
        '| ~Q(verified_by=F("recorded_by")),',
        "| Q(verified_by__gte=0),",
        ("tests/test_delivery_rules.py::test_nobody_checks_their_own",),
    ),
)
