"""Two people at the same row in the same moment: one of them is told, nothing is lost."""

from collections.abc import Callable
from datetime import date
from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client

from institutions.models import Role, User
from partnerships.models import Agreement, Delivery, Partner
from tests.admin_forms import as_user, change_address, form_data
from tests.factories import make_agreement, make_delivery, make_partner, make_unit, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def two(transactional_db: None) -> tuple[User, User]:
    unit = make_unit()
    return make_user(Role.HUMAS, unit=unit), make_user(Role.HUMAS, unit=unit)


def at_once(*acts: Callable[[Callable[[], object]], object]) -> list[str]:
    """Run each act in a thread of its own; each calls what it is given once it has read its row.

    Returns the refusals.
    """
    barrier = Barrier(len(acts))
    refusals: list[str] = []

    def run(act: Callable[[Callable[[], object]], object]) -> None:
        try:
            act(barrier.wait)
        except ValidationError as refused:
            refusals.extend(refused.messages)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return refusals


def renaming(partner: Partner, by: User, name: str) -> Callable[[Callable[[], object]], object]:
    def act(ready: Callable[[], object]) -> None:
        row = Partner.objects.get(pk=partner.pk)
        row.name = name
        ready()
        row.record(by=by)

    return act


def test_of_two_names_one_is_kept_and_the_other_refused(two):
    partner = make_partner("Dinas Sosial")
    names = ("Dinas Satu", "Dinas Dua")
    [refusal] = at_once(
        *(renaming(partner, user, name) for user, name in zip(two, names, strict=True))
    )
    assert "diubah orang lain" in refusal
    partner.refresh_from_db()
    assert (partner.name in names, partner.version) == (True, 2)
    assert partner.history.count() == 2


def test_a_delivery_is_checked_once(two):
    delivery = make_delivery(by=None)

    def checking(user: User) -> Callable[[Callable[[], object]], object]:
        def act(ready: Callable[[], object]) -> None:
            row = Delivery.objects.get(pk=delivery.pk)
            ready()
            row.verify(by=user)

        return act

    assert len(at_once(*(checking(user) for user in two))) == 1
    assert Delivery.history.filter(id=delivery.pk, verified_on__isnull=False).count() == 1


def renewing(old: Agreement, by: User) -> Callable[[Callable[[], object]], object]:
    def act(ready: Callable[[], object]) -> None:
        row = Agreement.objects.get(pk=old.pk)
        ready()
        row.renew(by=by, signed_on=row.signed_on)

    return act


def test_of_two_renewals_one_is_made(two):
    old = make_agreement()
    refused = at_once(*(renewing(old, user) for user in two))
    assert refused == ["Perjanjian ini sudah diperpanjang."]
    assert old.successors.count() == 1


def test_two_who_send_the_renewal_at_once_find_the_same_one(two):
    old = make_agreement(two[0].unit)
    pages: list[str] = []

    def sending(user: User) -> Callable[[Callable[[], object]], object]:
        def act(ready: Callable[[], object]) -> None:
            client = Client()
            client.force_login(user)
            ready()
            sent = {"version": old.version, "signed_on": "5 Januari 2027", "term": "12"}
            answer = client.post(f"/perjanjian/{old.pk}/perpanjang/", sent, follow=True)
            pages.append(answer.content.decode())

        return act

    assert at_once(*(sending(user) for user in two)) == []
    new = old.successors.get()
    [loser] = [page for page in pages if "Perpanjangan tersimpan." not in page]
    assert len(pages) == 2
    assert "Perjanjian ini sudah diperpanjang." in loser
    assert f'href="{new.get_absolute_url()}"' in loser


def test_an_agreement_is_not_ended_while_it_is_renewed(two):
    old = make_agreement()

    def ending(ready: Callable[[], object]) -> None:
        row = Agreement.objects.get(pk=old.pk)
        ready()
        row.terminate(on=row.signed_on, by=two[1], reason="Mitra dibubarkan")

    assert len(at_once(renewing(old, two[0]), ending)) == 1
    old.refresh_from_db()
    assert (old.terminated_on is None) == old.successors.exists()


def test_of_two_addenda_that_move_the_end_one_is_told(two):
    base = make_agreement()

    def amending(user: User, year: int) -> Callable[[Callable[[], object]], object]:
        def act(ready: Callable[[], object]) -> None:
            row = Agreement.objects.get(pk=base.pk)
            ready()
            row.amend(by=user, title="Masa", signed_on=row.signed_on, ends_on=date(year, 1, 4))

        return act

    [refusal] = at_once(amending(two[0], 2028), amending(two[1], 2029))
    assert "diubah orang lain" in refusal
    base.refresh_from_db()
    assert base.addenda.get().ends_on == base.ends_on


def sending(user: User, where: str, sent: dict[str, object], pages: list[str]):
    """Post a page; who comes second may find nothing left to do, and never an error."""

    def act(ready: Callable[[], object]) -> None:
        client = Client()
        client.force_login(user)
        ready()
        answer = client.post(where, sent, follow=True)
        assert answer.status_code in {200, 404}
        pages.append(answer.content.decode())

    return act


@pytest.mark.parametrize("through", ["page", "admin"])
def test_an_addendum_is_removed_and_taken_back_at_once(two, through):
    """From the addendum one comes to its base, from the base to the addendum: one waits."""
    for _ in range(5):
        base = make_agreement(two[0].unit)
        addendum = base.amend(
            by=two[0], title="Masa", signed_on=base.signed_on, ends_on=date(2028, 1, 4)
        )
        pages: list[str] = []
        undo = {"version": base.version, "last": f"adendum-{addendum.pk}", "reason": "Salah catat"}
        removing = sending(two[0], f"/perjanjian/{addendum.pk}/hapus/", {"reason": "Ganda"}, pages)
        correcting = correcting_in_admin(two[0], addendum, pages)
        acts = (
            sending(two[1], f"/perjanjian/{base.pk}/batalkan/", undo, pages),
            removing if through == "page" else correcting,
        )
        assert at_once(*acts) == []
        assert len(pages) == 2
        addendum.refresh_from_db()
        base.refresh_from_db()
        assert base.ends_on == (date(2027, 1, 4) if addendum.archived_on else date(2028, 1, 4))


def correcting_in_admin(user: User, addendum: Agreement, pages: list[str]):
    def act(ready: Callable[[], object]) -> None:
        client = as_user(user)
        data = form_data(client.get(change_address(addendum)))
        ready()
        answer = client.post(change_address(addendum), data | {"place": "Jember"}, follow=True)
        # 403 once it is in the Sampah.
        assert answer.status_code in {200, 403}
        pages.append(answer.content.decode())

    return act


def test_a_paper_is_renewed_and_named_as_renewed_at_once(two):
    """The verb on the old paper, and a form that says the new one renews it."""
    for _ in range(5):
        old = make_agreement(two[0].unit)

        def naming(ready: Callable[[], object], old: Agreement = old) -> None:
            row = Agreement(unit=old.unit, title="Lanjutan", replaces=old, signed_on=old.signed_on)
            ready()
            row.record(by=two[1])

        assert len(at_once(renewing(old, two[0]), naming)) == 1
        assert old.successors.count() == 1


def test_an_agreement_is_not_removed_while_it_is_ended(two):
    agreement = make_agreement()
    first, second = two

    def ending(ready: Callable[[], object]) -> None:
        row = Agreement.objects.get(pk=agreement.pk)
        ready()
        row.terminate(on=row.signed_on, by=first, reason="Mitra dibubarkan")

    def removing(ready: Callable[[], object]) -> None:
        row = Agreement.objects.get(pk=agreement.pk)
        ready()
        row.archive(by=second, reason="Tercatat dua kali")

    assert len(at_once(ending, removing)) == 1
    agreement.refresh_from_db()
    assert (agreement.terminated_on is None) != (agreement.archived_on is None)
