"""Two people at the same row in the same moment: one of them is told, nothing is lost."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from institutions.models import Role, User
from partnerships.models import Agreement, Delivery, Partner
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
