"""Each rule of a unit's row is kept by the database and worded by the model."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from institutions.models import (
    KanwilProvince,
    LoginLink,
    MinistryName,
    Officeholder,
    Province,
    Regency,
    SignInTries,
    SubmitToken,
    Unit,
    UnitKind,
    UnitName,
    User,
)
from tests.constraint_cases import (
    Case,
    assert_database_refuses,
    assert_model_refuses_in_our_words,
    constraints_of,
)
from tests.factories import make_kanwil, make_province, make_root, make_unit, make_user

pytestmark = pytest.mark.django_db

BACKWARDS = {"valid_from": date(2026, 2, 2), "valid_until": date(2026, 2, 1)}
CONSTRAINTS = constraints_of("institutions")


def same_province_again(row: KanwilProvince) -> dict[str, object]:
    other = KanwilProvince(unit=row.unit, province=make_province("35", "Jawa Timur"))
    return {"province_id": other.record(by=None).province_id}


def another_email_in_capitals(row: User) -> dict[str, object]:
    make_user(unit=None, email="lain@contoh.id")
    return {"email": "LAIN@contoh.id"}


CASES = {
    "province_timezone_known": Case(Province, {"timezone": "Asia/Tokyo"}),
    "regency_kind_known": Case(Regency, {"kind": ""}),
    "unit_kind_known": Case(Unit, {"kind": "PENJARA"}),
    "unit_subkind_known": Case(Unit, {"subkind": ""}),
    "unit_grade_known": Case(Unit, {"grade": "IV"}),
    "unit_single_root": Case(
        Unit,
        lambda row: (
            make_root() and {"kind": UnitKind.DITJENPAS, "parent_id": None, "province_id": None}
        ),
    ),
    "unit_parent_unless_root": Case(Unit, {"parent_id": None}),
    "unit_province_unless_root": Case(Unit, {"province_id": None}),
    "unit_not_its_own_parent": Case(Unit, lambda row: {"parent_id": row.pk}),
    "unit_not_its_own_successor": Case(Unit, lambda row: {"replaced_by_id": row.pk}),
    "officeholder_acting_known": Case(Officeholder, {"acting": "PJS"}),
    "officeholder_ends_after_start": Case(Officeholder, BACKWARDS),
    "kanwil_province_once": Case(KanwilProvince, same_province_again),
    "unitname_ends_after_start": Case(UnitName, BACKWARDS),
    "unitname_grade_known": Case(UnitName, {"grade": "IV"}),
    "ministryname_ends_after_start": Case(MinistryName, BACKWARDS),
    "user_name_once": Case(User, lambda row: {"username": make_user(unit=None).username.upper()}),
    "user_email_once": Case(User, another_email_in_capitals),
}
# Rows nobody types: no form words what they refuse.
UNTYPED = {
    "login_link_origin_known": LoginLink,
    "sign_in_tries_once": SignInTries,
    "submit_token_once_per_user": SubmitToken,
}


def test_every_constraint_has_a_case():
    assert set(CASES) | set(UNTYPED) == set(CONSTRAINTS)


def test_a_login_link_comes_from_somewhere():
    link = LoginLink.objects.make(make_user(unit=None), by=None)
    link.origin = "TEMAN"
    with pytest.raises(IntegrityError), transaction.atomic():
        link.save()


def test_tries_of_a_name_are_counted_in_one_place():
    assert SignInTries.objects.admit("contoh")
    assert SignInTries.objects.admit("contoh")
    row = SignInTries.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        SignInTries.objects.create(name=row.name, device=row.device, last_at=row.last_at)


def test_a_token_is_kept_once_for_each_user():
    user, other = make_user(unit=None), make_user(unit=None)
    for owner in (user, other):
        SubmitToken.objects.create(user=owner, token="tanda-contoh-satu")
    with pytest.raises(IntegrityError), transaction.atomic():
        SubmitToken.objects.create(user=user, token="tanda-contoh-satu")


@pytest.mark.parametrize("name", CASES)
def test_the_database_refuses(name):
    assert_database_refuses(name, CASES[name])


@pytest.mark.parametrize("name", CASES)
def test_the_model_refuses_in_our_words(name):
    assert_model_refuses_in_our_words(CONSTRAINTS[name], CASES[name])


def test_kinds_may_leave_optional_codes_blank():
    assert make_unit(grade="").grade == ""
    assert make_kanwil().grade == ""
