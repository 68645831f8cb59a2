"""Faults that `planted.py` puts into a copy of the register, and the tests that have to find each.

A fault is the slip somebody could make on a bad day: a condition forgotten, a call left out. Its
old text stands exactly once in its file; `tests/test_planted.py` sees to it that it still does.
Those in who may do what stand here, those in what is kept in `planted_records.py`, those in
reminders in `planted_reminders.py`.
"""

from tests.faults.planted_documents import DOCUMENTS
from tests.faults.planted_fault import Fault
from tests.faults.planted_imports import IMPORTS
from tests.faults.planted_records import BACKUPS, HISTORY, INPUT, OUTAGES, RULES
from tests.faults.planted_reminders import REMINDERS

RIGHTS = (
    Fault(
        "rights: agreements are read in full by everybody",
        "partnerships/models/agreement_queries.py",
        "signed & Q(unit__in=user.upper_units), signed & is_party)",
        "signed)",
        ("tests/test_access_agreements.py::test_who_sees_an_agreement",),
    ),
    Fault(
        "rights: drafts are listed to everybody",
        "partnerships/models/agreement_queries.py",
        "signed = Q(stage=Stage.SIGNED, archived_on__isnull=True)\n        return self.exclude(",
        "signed = Q(archived_on__isnull=True)\n        return self.exclude(",
        ("tests/test_access_agreements.py::test_who_sees_an_agreement",),
    ),
    Fault(
        "rights: a number finds papers of which only the card is seen",
        "partnerships/models/agreement_queries.py",
        'return found.filter(Q(pk__in=in_full.values("pk")) | on_card)',
        "return found",
        ("tests/test_agreement_list.py::test_a_number_finds_only_papers_that_may_be_read",),
    ),
    Fault(
        "rights: events are seen by everybody",
        "partnerships/models/event_queries.py",
        "self.own_or(user, took_part)",
        "Q(archived_on__isnull=True)",
        ("tests/test_access_events.py::test_who_sees_an_event",),
    ),
    Fault(
        "rights: deliveries are seen by everybody",
        "partnerships/models/deliveries.py",
        "Q(archived_on__isnull=True, agreement__in=readable)",
        "Q(archived_on__isnull=True)",
        ("tests/test_access_deliveries.py::test_at_an_event_it_stays_in_the_own_subtree",),
    ),
    Fault(
        "rights: the directory of partners is open without a unit",
        "partnerships/models/partners.py",
        "return self.none() if user.sees_nothing else self.all()",
        "return self.all()",
        ("tests/test_access_partners.py::test_everyone_with_a_unit_sees_the_directory",),
    ),
    Fault(
        "rights: persons to call are named to everybody",
        "partnerships/models/contacts.py",
        "return self.filter(unit__in=user.own_units)",
        "return self.all()",
        (
            "tests/test_access_partners.py::test_a_named_person_is_for_the_keeping_unit_and_those_above",
        ),
    ),
    Fault(
        "rights: the page of a partner names persons to call to everybody",
        "partnerships/views/partners.py",
        " if user.works_for(row.unit_id)}",
        "}",
        ("tests/test_partner_detail.py::test_only_the_office_of_a_contact_is_for_everyone",),
    ),
    Fault(
        "rights: a record is changed by whoever sees it",
        "institutions/http.py",
        "if not row.is_editable:",
        "if row.is_editable is None:",
        ("tests/rights/test_permissions.py::test_the_answers_stand_in_the_table[event_edit]",),
    ),
    Fault(
        "rights: a page forgets to ask for its permission",
        "partnerships/views/deliveries.py",
        '@permission_required("partnerships.add_delivery", raise_exception=True)\n',
        "",
        ("tests/rights/test_permissions.py::test_the_answers_stand_in_the_table[delivery_create]",),
    ),
    Fault(
        "rights: a page is open to who is not signed in",
        "config/settings.py",
        '    "config.kept_forms.SignInFirst",\n',
        "",
        ("tests/test_account_help.py::test_stranger_signs_in_first",),
    ),
    Fault(
        "rights: the admin lists the rows of all units",
        "partnerships/admin/base.py",
        "return self.model._default_manager.editable_by(user)",
        "return self.model._default_manager.all()",
        ("tests/test_admin_scope.py::test_lists_filters_and_search_know_only_own_rows",),
    ),
    Fault(
        "rights: a form takes the event of another unit",
        "partnerships/pickers.py",
        "return Event.objects.visible_to(user).current()",
        "return Event.objects.all().current()",
        (
            "tests/rights/test_foreign_ids.py::"
            "test_another_units_row_is_refused_like_a_missing_one[delivery_create]",
        ),
    ),
    Fault(
        "rights: a form takes a column it does not offer",
        "institutions/forms/account_keeping.py",
        'fields = ["email", "unit"]',
        'fields = ["email", "unit", "is_superuser"]',
        (
            "tests/rights/test_mass_assignment.py::"
            "test_columns_a_form_does_not_offer_change_nothing[account_edit]",
        ),
    ),
)

EDITORS = (
    Fault(
        "editors: a form without a version is saved",
        "institutions/forms/base.py",
        'if self.instance.pk and cleaned.get("version") != self.instance.version:',
        'if self.instance.pk and (cleaned.get("version") or 0) > self.instance.version:',
        ("tests/test_event_edit.py::test_a_missing_version_is_a_conflict",),
    ),
    Fault(
        "editors: an older version is written over",
        "institutions/models/base.py",
        "if not stored.filter(version=self.version).exists():",
        "if not stored.exists():",
        ("tests/test_two_editors.py::test_of_two_names_one_is_kept_and_the_other_refused",),
    ),
    Fault(
        "editors: the conflict page is silent about rows",
        "institutions/forms/parts.py",
        "            self.conflicts += row_differences(formset)\n",
        "            pass\n",
        (
            "tests/test_stale_parts.py::"
            "test_page_tells_changed_and_added_rows_and_keeps_what_was_typed",
        ),
    ),
    Fault(
        "editors: the conflict page of the admin is silent about rows",
        "institutions/admin/base.py",
        "found += row_differences(formset) if stale else row_conflicts(formset)",
        "found += row_conflicts(formset)",
        (
            "tests/test_stale_parts.py::"
            "test_admin_tells_changed_and_added_rows_and_keeps_what_was_typed",
        ),
    ),
    Fault(
        "double submits: the answer is not kept",
        "institutions/submit_once.py",
        "        sent.keep(fingerprint, kept)\n",
        "        pass\n",
        (
            "tests/test_submit_once.py::"
            "test_the_second_sending_saves_nothing_and_is_answered_the_same",
        ),
    ),
    Fault(
        "double submits: SQLite takes its lock only when it writes",
        "config/settings.py",
        '"transaction_mode": "IMMEDIATE",',
        '"transaction_mode": "DEFERRED",',
        ("tests/test_drills_small.py::test_every_form_is_saved_once_however_often_it_is_sent",),
    ),
)

REQUESTS = (
    Fault(
        "requests: half a form is taken for all of it",
        "config/bodies.py",
        '        environ["wsgi.input"] = CountedBody(environ["wsgi.input"], length)\n',
        "",
        ("tests/test_cut_off.py::test_a_form_that_is_cut_saves_nothing_wherever_it_is_cut",),
    ),
    Fault(
        "requests: any host is served",
        "config/settings.py",
        "ALLOWED_HOSTS = [_host,",
        'ALLOWED_HOSTS = ["*", _host,',
        ("tests/test_headers.py::test_other_refusals_have_full_marks",),
    ),
    Fault(
        "requests: a form of another site is served",
        "partnerships/views/deliveries.py",
        "def create_url(",
        "delivery_create.csrf_exempt = True\n\n\ndef create_url(",
        ("tests/test_requests.py::test_no_page_takes_the_form_of_another_site",),
    ),
)

ACCOUNTS = (
    Fault(
        "accounts: a manager keeps the accounts of all units",
        "institutions/models/users.py",
        "        return self.filter(rows)\n",
        "        return self.all()\n",
        ("tests/test_account_rights.py::test_a_manager_keeps_accounts_below_the_own_unit",),
    ),
    Fault(
        "accounts: an Admin is kept by a manager",
        "institutions/models/users.py",
        ".exclude(\n            groups__in=others\n        )",
        "",
        ("tests/test_account_rights.py::test_a_manager_keeps_accounts_below_the_own_unit",),
    ),
    Fault(
        "accounts: sessions outlive a closed account",
        "institutions/models/users.py",
        "                self.end_sessions()\n",
        "                pass\n",
        ("tests/test_account_keeping.py::test_closing_ends_every_session_for_good",),
    ),
    Fault(
        "accounts: two use one login link at once",
        "institutions/models/login_links.py",
        "        if not link.works:\n",
        "        if not link.account.is_active:\n",
        ("tests/test_login_links.py::test_two_who_open_it_at_once_get_one_password",),
    ),
    Fault(
        "accounts: a login link outlives a new password",
        "institutions/models/login_links.py",
        "same_state = constant_time_compare(self.account_state, self.account.sign_in_state)",
        "same_state = True",
        ("tests/test_login_links.py::test_it_dies_with_what_it_was_made_for",),
    ),
    Fault(
        "accounts: wrong passwords are not counted",
        "institutions/models/sign_in_tries.py",
        "tries.remember([*recent, timezone.now().timestamp()])",
        "tries.remember(recent)",
        ("tests/test_login_lock.py::test_five_are_tried_whatever_the_address_and_the_headers_say",),
    ),
    Fault(
        "accounts: a right password forgives the wrong ones",
        "institutions/models/sign_in_tries.py",
        "tries.remember(tries.recent()[:-1])",
        "tries.remember([])",
        ("tests/test_login_lock.py::test_a_right_password_forgets_no_wrong_ones",),
    ),
    Fault(
        "accounts: only names that exist are locked",
        "institutions/forms/accounts.py",
        "if not SignInTries.objects.admit(name, device):",
        "if User.objects.filter(username=name) and not SignInTries.objects.admit(name, device):",
        ("tests/test_login_lock.py::test_unknown_and_closed_names_are_answered_alike",),
    ),
    Fault(
        "accounts: a device stays known after a new password",
        "institutions/known_devices.py",
        "if key == account.pk and constant_time_compare(stamp, stamp_of(account, device)):",
        "if key == account.pk:",
        ("tests/test_login_lock.py::test_a_device_is_no_longer_known",),
    ),
    Fault(
        "accounts: the name of the own unit is a password",
        "config/settings.py",
        '    {"NAME": "institutions.passwords.ContextWordValidator"},\n',
        "",
        (
            "tests/test_password_words.py::test_words_of_corrections_and_of_the_own_unit_are_refused",
        ),
    ),
)

FAULTS = (
    *RIGHTS,
    *EDITORS,
    *REQUESTS,
    *ACCOUNTS,
    *HISTORY,
    *INPUT,
    *OUTAGES,
    *BACKUPS,
    *RULES,
    *REMINDERS,
    *DOCUMENTS,
    *IMPORTS,
)
