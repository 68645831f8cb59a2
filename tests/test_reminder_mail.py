"""One mail per user and day, whatever the mail server does."""

import smtplib
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.utils import timezone

from institutions.models import Unit, User
from partnerships import reminder_mail
from partnerships.models import CLAIM_LASTS, Agreement, Notice, ReminderChoice
from partnerships.reminder_mail import claim, send_digests
from partnerships.reminders import remind
from tests.factories import make_agreement, make_event, make_partner, make_unit, make_user
from tests.specimens import make_followup
from tests.test_reminders import ahead, make_moving, today

pytestmark = pytest.mark.django_db


@pytest.fixture
def humas(humas: User) -> User:
    return humas.change(by=None, email="humas@contoh.id")


def later(**time: int) -> Any:
    return mock.patch.object(timezone, "now", return_value=timezone.now() + timedelta(**time))


def run() -> Any:
    remind(today())
    return send_digests()


class Server(EmailBackend):
    """Takes so many mails and then fails; what it took is in the outbox."""

    def __init__(self, failure: Exception, takes: int = 0, *, at_door: bool = False) -> None:
        super().__init__()
        self.failure, self.takes, self.at_door = failure, takes, at_door

    def open(self) -> bool:
        if self.at_door:
            raise self.failure
        return True

    def send_messages(self, messages: list[Any]) -> int:
        if self.takes <= 0:
            raise self.failure
        self.takes -= 1
        return int(super().send_messages(messages))


def on(server: Server) -> Any:
    return mock.patch.object(reminder_mail, "get_connection", return_value=server)


def sent_to() -> list[str]:
    return [message.to[0] for message in mail.outbox]


# What is sent


def test_everything_that_is_new_comes_in_one_mail(humas: User) -> None:
    for days in (30, 7):
        make_moving(humas.unit, days)
    make_agreement(humas.unit, signed_on=ahead(-100), ends_on=ahead(700))
    make_followup(event=make_event(humas.unit), owner_unit=humas.unit, due=today())
    assert run().sent == 1
    [message] = mail.outbox
    assert message.subject == "Pengingat kerja sama: 4 hal perlu perhatian"
    assert message.to == ["humas@contoh.id"]
    assert Notice.objects.filter(mailed_at__isnull=False).count() == 4


def test_a_paper_is_named_as_on_its_card_and_linked(humas: User, settings: Any) -> None:
    settings.BASE_URL = "https://register.contoh.go.id"
    partner = make_partner("Dinas Kesehatan <Contoh> & Rekan")
    agreement = make_moving(humas.unit, 7, partner=partner, title="Layanan", notes="RAHASIA")
    agreement.parties.update(number="W.1/KENARI", signatory_name="KENARI")
    run()
    body = mail.outbox[0].body
    assert "Akan berakhir: PKS dengan Dinas Kesehatan <Contoh> & Rekan (Layanan)" in body
    assert "7 hari lagi" in body
    for path in (f"/perjanjian/{agreement.pk}/", "/pengingat/", "/pengingat/pilihan/"):
        assert f"https://register.contoh.go.id{path}\n" in body
    assert "RAHASIA" not in body
    assert "KENARI" not in body


def test_of_a_promise_only_its_day_leaves_the_register(humas: User) -> None:
    event = make_event(humas.unit, title="KENARI")
    make_followup(event=event, owner_unit=humas.unit, due=today(), text="KENARI")
    run()
    body = mail.outbox[0].body
    assert "Tindak lanjut" in body
    assert f"/kegiatan/{event.pk}/" in body
    assert "KENARI" not in body


def test_a_long_list_is_cut_and_says_so(humas: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reminder_mail, "MOST_LINES", 2)
    for days in (5, 9, 10, 20, 21):
        make_moving(humas.unit, days)
    run()
    body = mail.outbox[0].body
    assert body.count("Akan berakhir:") == 2
    assert "5 hari lagi" in body
    assert "Masih ada 3 pengingat lagi di daftar." in body
    assert not Notice.objects.filter(mailed_at__isnull=True).exists()


# To whom


def without_address(user: User) -> None:
    user.change(by=None, email="")


def closed(user: User) -> None:
    user.close(by=None, reason="Pindah")


def switched_off(user: User) -> None:
    ReminderChoice(user=user, by_mail=False).keep()


def moved_away(user: User) -> None:
    user.change(by=None, unit=make_unit())


@pytest.mark.parametrize("happens", [without_address, closed, switched_off, moved_away])
def test_nobody_is_written_to_who_is_not_to_be_told_any_more(humas: User, happens: Any) -> None:
    make_moving(humas.unit, 20)
    remind(today())
    happens(humas)
    send_digests()
    assert mail.outbox == []


@pytest.mark.parametrize("happens", [without_address, switched_off])
def test_what_was_made_meanwhile_is_not_mailed_afterwards(humas: User, happens: Any) -> None:
    happens(humas)
    make_moving(humas.unit, 20)
    remind(today())
    humas.change(by=None, email="lain@contoh.id")
    ReminderChoice(user=humas).keep()
    send_digests()
    assert mail.outbox == []
    assert Notice.objects.count() == 1


def test_what_was_read_or_answered_before_is_not_mailed(humas: User) -> None:
    make_moving(humas.unit, 20)
    answered = make_moving(humas.unit, 25)
    remind(today())
    Notice.objects.exclude(agreement=answered).mark_read()
    answered.terminate(on=today(), by=humas, reason="Mitra dibubarkan")
    run()
    assert mail.outbox == []


# Once


def test_there_is_one_mail_a_day(humas: User) -> None:
    make_moving(humas.unit, 20)
    run()
    make_moving(humas.unit, 25)
    run()
    assert len(mail.outbox) == 1
    with later(days=1):
        send_digests()
        send_digests()
    assert [message.subject for message in mail.outbox] == [
        "Pengingat kerja sama: 1 hal perlu perhatian"
    ] * 2


def test_two_runs_at_one_moment_send_one_mail(humas: User) -> None:
    make_moving(humas.unit, 20)
    remind(today())
    assert claim(humas) is not None
    assert claim(humas) is None
    send_digests()
    assert mail.outbox == []


def test_what_a_killed_run_had_in_hand_is_sent_by_a_later_one(humas: User) -> None:
    make_moving(humas.unit, 20)
    remind(today())
    claim(humas)
    with later(seconds=int(CLAIM_LASTS.total_seconds()) + 1):
        send_digests()
        send_digests()
    assert sent_to() == ["humas@contoh.id"]


def test_a_mail_that_is_sent_again_carries_the_same_number(humas: User) -> None:
    make_moving(humas.unit, 20)
    remind(today())
    for hours in (0, 2):
        with later(hours=hours):
            claimed = claim(humas)
            assert claimed is not None
            mail.outbox.append(reminder_mail.digest(humas, claimed, today()))
    first, second = (message.extra_headers["Message-ID"] for message in mail.outbox)
    assert first == second


@pytest.fixture
def three(humas: User, bapas_jember: Unit) -> list[User]:
    make_moving(bapas_jember, 20)
    return [
        humas,
        *(make_user(unit=bapas_jember, email=f"rekan{number}@contoh.id") for number in (1, 2)),
    ]


@pytest.mark.parametrize(
    "failure", [ConnectionRefusedError(), TimeoutError(), smtplib.SMTPServerDisconnected()]
)
def test_a_server_that_goes_away_leaves_the_rest_for_the_next_run(
    three: list[User], failure: Exception
) -> None:
    with on(Server(failure, takes=1)):
        mailing = run()
    assert (mailing.sent, mailing.is_broken) == (1, True)
    send_digests()
    assert sorted(sent_to()) == sorted(user.email for user in three)


@pytest.mark.parametrize(
    "failure",
    [ConnectionRefusedError(), smtplib.SMTPAuthenticationError(535, b"no"), TimeoutError()],
)
def test_a_server_that_lets_nobody_in_is_asked_once(three: list[User], failure: Exception) -> None:
    server = Server(failure, at_door=True)
    with on(server), mock.patch.object(server, "open", side_effect=failure) as opened:
        assert run().is_broken
    assert opened.call_count == 1
    send_digests()
    assert sorted(sent_to()) == sorted(user.email for user in three)


@pytest.mark.parametrize(
    "failure",
    [
        smtplib.SMTPRecipientsRefused({}),
        smtplib.SMTPDataError(550, b"no"),
        smtplib.SMTPNotSupportedError(),
        ValueError(),
    ],
)
def test_a_refused_mail_keeps_no_other_from_being_sent(
    three: list[User], failure: Exception
) -> None:
    server = Server(failure, takes=10)
    take = server.send_messages

    def picky(messages: list[Any]) -> int:
        if messages[0].to == [three[0].email]:
            raise failure
        return take(messages)

    with on(server), mock.patch.object(server, "send_messages", picky):
        mailing = run()
    assert (mailing.sent, mailing.refused, mailing.is_broken) == (2, 1, False)
    send_digests()
    assert sorted(sent_to()) == sorted(user.email for user in three)


# The command


def test_the_command_makes_and_sends(humas: User, capsys: Any) -> None:
    make_moving(humas.unit, 20)
    for made, sent in ((1, 1), (0, 0)):
        call_command("send_reminders")
        assert capsys.readouterr().out == (
            f"Pengingat: {made} dibuat, 0 ditarik.\nSurel: {sent} terkirim, 0 ditolak.\n"
        )


def test_the_command_fails_when_mail_is_left(humas: User) -> None:
    make_moving(humas.unit, 20)
    with on(Server(ConnectionRefusedError())), pytest.raises(CommandError, match="dicoba lagi"):
        call_command("send_reminders")
    assert Notice.objects.count() == 1


def test_making_notices_changes_no_record(humas: User) -> None:
    agreement = make_moving(humas.unit, 20)
    before = (Agreement.objects.get().version, agreement.history.count())
    call_command("send_reminders")
    assert (Agreement.objects.get().version, agreement.history.count()) == before
