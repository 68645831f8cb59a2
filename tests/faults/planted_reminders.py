"""Faults planted in who is reminded of what, how often, and by which mail."""

from tests.faults.planted_fault import Fault

REMINDERS = (
    Fault(
        "reminders: after an outage the widest lead time is told",
        "partnerships/reminders.py",
        "return min((lead for lead in person.choice.leads if lead >= left), default=None)",
        "return max((lead for lead in person.choice.leads if lead >= left), default=None)",
        ("tests/test_reminders.py::test_after_a_long_outage_only_the_tightest_lead_time_is_told",),
    ),
    Fault(
        "reminders: what was told is told again",
        "partnerships/reminders.py",
        "if before is None or before.lead > lead:",
        "if before is None or before.lead >= lead:",
        ("tests/test_reminders.py::test_days_pass_and_each_lead_time_is_told_once",),
    ),
    Fault(
        "reminders: a renewal that is being written silences them",
        "partnerships/models/agreement_queries.py",
        "signed = self.model._base_manager.filter(stage=Stage.SIGNED, archived_on__isnull=True)",
        "signed = self.model._base_manager.filter(archived_on__isnull=True)",
        ("tests/test_reminders.py::test_a_renewal_that_is_being_written_silences_nothing",),
    ),
    Fault(
        "reminders: a moved end leaves the old notice",
        "partnerships/reminders.py",
        "if deadlines.get(key) != deadline]",
        "if key not in deadlines]",
        ("tests/test_reminders.py::test_a_moved_end_is_told_anew_and_the_old_notice_withdrawn",),
    ),
    Fault(
        "reminders: one user reads those of another",
        "partnerships/models/notices.py",
        "own = self.filter(user=user, withdrawn_at__isnull=True)",
        "own = self.filter(withdrawn_at__isnull=True)",
        ("tests/test_notice_list.py::test_another_users_notice_is_not_there",),
    ),
    Fault(
        "reminders: two runs send the same mail",
        "partnerships/models/notices.py",
        "wanted = self.open().filter(free, for_mail=True, mailed_at__isnull=True)",
        "wanted = self.open().filter(for_mail=True, mailed_at__isnull=True)",
        ("tests/test_reminder_mail.py::test_two_runs_at_one_moment_send_one_mail",),
    ),
)
