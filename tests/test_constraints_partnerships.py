"""Each rule of a partnership's row is kept by the database and worded by the model."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from institutions.models import User
from partnerships.models import (
    Agreement,
    AgreementArea,
    AgreementKind,
    Attendance,
    Contact,
    DatePrecision,
    Delivery,
    Document,
    Event,
    EventAgreement,
    EventArea,
    EventPart,
    EventPerson,
    EventUnit,
    FollowUp,
    Import,
    ImportLine,
    LineState,
    Notice,
    NoticeKind,
    Partner,
    PartnerName,
    PartnerSector,
    Party,
    PokmasField,
    PokmasFieldKind,
    PokmasMember,
    Stage,
)
from tests.constraint_cases import (
    Case,
    assert_database_refuses,
    assert_model_refuses_in_our_words,
    constraints_of,
)
from tests.factories import (
    make_agreement,
    make_area,
    make_event,
    make_file,
    make_partner,
    make_unit,
    make_user,
)
from tests.specimens import make_followup, make_sector

pytestmark = pytest.mark.django_db

CONSTRAINTS = constraints_of("partnerships")
NO_REASON = {"archived_on": date(2026, 3, 3), "archive_reason": ""}
BACKWARDS = {"valid_from": date(2026, 2, 2), "valid_until": date(2026, 2, 1)}
EARLY = date(1945, 8, 16)


def itself(column: str) -> Any:
    return lambda row: {column: row.pk}


def taken_from_a_sister(column: str, make: Any, *, owner: str, **columns: Any) -> Any:
    """The value that another row of the same owner already has."""

    def changes(row: Any) -> dict[str, Any]:
        value = make()
        facts = {owner: getattr(row, owner), column: value} | columns
        type(row)(**facts).record(by=None)
        return {column: value} if not hasattr(value, "pk") else {f"{column}_id": value.pk}

    return changes


def renewed_already(row: Agreement) -> dict[str, Any]:
    old = make_agreement()
    make_agreement(replaces=old)
    return {"replaces_id": old.pk}


def replaced_already(row: Document) -> dict[str, Any]:
    old = make_file(agreement=row.agreement)
    make_file(agreement=row.agreement, replaces=old)
    return {"replaces_id": old.pk}


def checked_by_its_recorder(row: Any) -> dict[str, Any]:
    user: User = make_user(unit=row.unit)
    type(row)._base_manager.filter(pk=row.pk).update(recorded_by=user)
    row.recorded_by = user
    return {"verified_by_id": user.pk, "verified_on": date(2026, 3, 4)}


def checked_by_its_corrector(row: Any) -> dict[str, Any]:
    user: User = make_user(unit=row.unit)
    type(row)._base_manager.filter(pk=row.pk).update(corrected_by=user)
    row.corrected_by = user
    return {"verified_by_id": user.pk, "verified_on": date(2026, 3, 4)}


def checked_by_who_kept_it(row: FollowUp) -> dict[str, Any]:
    user = make_user(unit=row.owner_unit)
    return {"done_on": date(2026, 3, 4), "done_by_id": user.pk, "verified_by_id": user.pk}


DRAFT = {"signed_on": None, "stage": Stage.DRAFTING, "term_months": None, "ends_on": None}

CASES = {
    "agreement_archived_with_reason": Case(Agreement, NO_REASON),
    "agreement_kind_known": Case(Agreement, {"kind": ""}),
    "agreement_stage_known": Case(Agreement, {"stage": ""}, given=DRAFT),
    "agreement_funding_known": Case(Agreement, {"funding": "UTANG"}),
    "agreement_renewal_known": Case(Agreement, {"renewal_clause": "KADANG"}),
    "agreement_signed_day_means_signed": Case(Agreement, {"stage": Stage.AWAITING}, is_healed=True),
    "agreement_signed_needs_day": Case(Agreement, {"signed_on": None}),
    "agreement_signed_after_1945": Case(Agreement, {"signed_on": EARLY}),
    "agreement_ends_after_start": Case(
        Agreement, {"ends_on": date(2026, 1, 4)}, given={"term_months": None}
    ),
    "agreement_open_ended_has_no_end": Case(Agreement, {"is_open_ended": True}, is_healed=True),
    "agreement_term_in_range": Case(Agreement, {"term_months": 1201}),
    "agreement_terminated_with_reason": Case(
        Agreement, {"terminated_on": date(2026, 3, 3), "termination_reason": ""}
    ),
    "agreement_replaced_once": Case(Agreement, renewed_already),
    "agreement_not_its_own_parent": Case(Agreement, itself("parent_id")),
    "agreement_not_its_own_replaces": Case(Agreement, itself("replaces_id")),
    "agreement_not_its_own_amends": Case(
        Agreement, itself("amends_id"), given={"kind": AgreementKind.ADD}
    ),
    "agreement_letter_means_terminated": Case(Agreement, {"termination_letter": "W15-1"}),
    "agreement_terminated_in_its_term": Case(
        Agreement, {"terminated_on": date(2027, 1, 5), "termination_reason": "Mitra bubar"}
    ),
    "agreement_addendum_only_amends": Case(
        Agreement, lambda row: {"amends_id": make_agreement().pk}
    ),
    "agreement_moved_end_stands": Case(Agreement, {"base_version": 2}),
    "partner_archived_with_reason": Case(Partner, NO_REASON),
    "partner_kind_known": Case(Partner, {"kind": ""}),
    "partner_named": Case(Partner, {"name": ""}),
    "partner_not_its_own_parent": Case(Partner, itself("parent_id")),
    "partner_not_merged_into_itself": Case(Partner, itself("merged_into_id")),
    "partner_sector_once": Case(
        PartnerSector, taken_from_a_sister("sector", make_sector, owner="partner")
    ),
    "partnername_kind_known": Case(PartnerName, {"kind": ""}),
    "partnername_once": Case(
        PartnerName, taken_from_a_sister("name", lambda: "Dinas Contoh", owner="partner")
    ),
    "partnername_ends_after_start": Case(PartnerName, BACKWARDS),
    "party_unit_or_partner": Case(Party, lambda row: {"unit_id": make_unit().pk}),
    "party_unit_once": Case(
        Party, lambda row: {"unit_id": row.agreement.unit_id, "partner_id": None}
    ),
    "party_partner_once": Case(
        Party, taken_from_a_sister("partner", make_partner, owner="agreement")
    ),
    "agreement_area_once": Case(
        AgreementArea,
        taken_from_a_sister("area", lambda: make_area("PEND", "Pendidikan"), owner="agreement"),
    ),
    "contact_basis_known": Case(Contact, {"basis": ""}),
    "event_archived_with_reason": Case(Event, NO_REASON),
    "event_precision_known": Case(
        Event, {"date_precision": "", "starts_on": None}, given={"starts_on": date(2026, 3, 3)}
    ),
    "event_mode_known": Case(Event, {"mode": "GAIB"}),
    "event_source_known": Case(Event, {"source_kind": "KABAR"}),
    "event_titled": Case(Event, {"title": ""}),
    "event_day_means_precise": Case(
        Event, {"date_precision": DatePrecision.DAY, "starts_on": None}
    ),
    "event_ends_after_start": Case(Event, {"ends_on": date(2026, 3, 2)}),
    "event_end_needs_start": Case(
        Event,
        {
            "date_precision": DatePrecision.YEAR,
            "starts_on": None,
            "ends_on": date(2026, 3, 2),
        },
    ),
    "event_month_in_year": Case(Event, {"month": 13}, is_healed=True),
    "event_budget_year_plausible": Case(Event, {"budget_year": 1944}),
    "delivery_archived_with_reason": Case(Delivery, NO_REASON),
    "delivery_kind_known": Case(Delivery, {"kind": ""}),
    "delivery_of_something": Case(Delivery, {"agreement_id": None}),
    "delivery_after_1945": Case(Delivery, {"date": EARLY}),
    "delivery_checked_by_somebody": Case(Delivery, {"verified_on": date(2026, 3, 4)}),
    "delivery_checked_by_another": Case(Delivery, checked_by_its_recorder),
    "delivery_checked_by_no_corrector": Case(Delivery, checked_by_its_corrector),
    "document_kind_known": Case(Document, {"kind": ""}),
    "document_belongs_to_one_thing": Case(Document, lambda row: {"event_id": make_event().pk}),
    "document_archived_with_reason": Case(Document, NO_REASON),
    "document_type_known": Case(Document, {"file_type": "EXE"}),
    "document_faces_cleared": Case(Document, {"kind": "FOTO", "file_type": "JPG"}),
    "document_replaced_once": Case(Document, replaced_already),
    "document_erased_has_no_file": Case(Document, {"file": ""}),
    "document_has_digest": Case(Document, {"sha256": "abc"}),
    "eventpart_kind_known": Case(EventPart, {"kind": ""}),
    "eventunit_role_known": Case(EventUnit, {"role": ""}),
    "eventunit_once": Case(EventUnit, taken_from_a_sister("unit", make_unit, owner="event")),
    "event_area_once": Case(
        EventArea,
        taken_from_a_sister("area", lambda: make_area("PEND", "Pendidikan"), owner="event"),
    ),
    "event_agreement_once": Case(
        EventAgreement, taken_from_a_sister("agreement", make_agreement, owner="event")
    ),
    "attendance_presence_known": Case(Attendance, {"presence": ""}),
    "attendance_outcome_known": Case(Attendance, {"outcome": "BATAL"}),
    "attendance_somebody": Case(Attendance, {"partner_id": None, "name_as_written": ""}),
    "attendance_once": Case(
        Attendance, taken_from_a_sister("partner", make_partner, owner="event")
    ),
    "eventperson_role_known": Case(EventPerson, {"role": ""}),
    "eventperson_unit_or_partner": Case(
        EventPerson, lambda row: {"unit_id": make_unit().pk, "partner_id": make_partner().pk}
    ),
    "followup_hangs_on_one_thing": Case(FollowUp, {"event_id": None}),
    "followup_checked_by_another": Case(FollowUp, checked_by_who_kept_it),
    "pokmasfield_kind_known": Case(PokmasField, {"kind": ""}),
    "pokmasfield_once": Case(
        PokmasField, taken_from_a_sister("kind", lambda: PokmasFieldKind.SOSIAL, owner="decree")
    ),
    "pokmasmember_somebody": Case(PokmasMember, {"partner_id": None}),
    "pokmasmember_once": Case(
        PokmasMember, taken_from_a_sister("partner", make_partner, owner="decree")
    ),
}
# Rows nobody types: no form words what they refuse.
NOTICES = {
    "notice_kind_known": {"kind": "LAIN"},
    "notice_speaks_of_one_thing": {"kind": NoticeKind.PROMISE, "lead": 0},
    "notice_lead_known": {"lead": 8},
    "notice_once_for_paper": {},
    "notice_once_for_promise": {},
}


LINES = {
    "importline_state_known": {"place": 1, "state": "LAIN"},
    "importline_place_once": {},
}


def test_every_constraint_has_a_case():
    assert set(CASES) | set(NOTICES) | set(LINES) == set(CONSTRAINTS)


@pytest.mark.parametrize("name", LINES)
def test_the_database_refuses_a_line_of_a_list(name):
    kept = Import.objects.create(user=make_user(unit=None), name="daftar.xlsx")
    facts = {"of_import": kept, "place": 0, "row": 2, "cells": {}, "state": LineState.NEW}
    ImportLine.objects.create(**facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        ImportLine.objects.create(**facts | LINES[name])


@pytest.mark.parametrize("name", NOTICES)
def test_the_database_refuses_a_notice(name):
    facts = {"user": make_user(unit=None), "deadline": EARLY, "kind": NoticeKind.ENDING, "lead": 7}
    facts["agreement"] = make_agreement()
    if name == "notice_once_for_promise":
        promise = {"kind": NoticeKind.PROMISE, "lead": 0, "followup": make_followup()}
        facts |= promise | {"agreement": None}
    Notice.objects.create(**facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.create(**facts | NOTICES[name])


@pytest.mark.parametrize("name", CASES)
def test_the_database_refuses(name):
    assert_database_refuses(name, CASES[name])


@pytest.mark.parametrize("name", CASES)
def test_the_model_refuses_in_our_words(name):
    assert_model_refuses_in_our_words(CONSTRAINTS[name], CASES[name])
