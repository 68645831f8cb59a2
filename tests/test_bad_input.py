"""A slice of the bad-input run in every test run, and what the run itself relies on.

TEST_REPORT names a file that the runs on both databases share; beside it the first run leaves its
answers, and the second compares its own with them.
"""

import json
import logging
import os
from dataclasses import asdict
from pathlib import Path

import pytest
from django.db import connection
from django.urls import reverse

from institutions.models import UnitName
from tests.event_form import payload
from tests.faults.bad_requests import SHARES, Sender, register
from tests.faults.bad_targets import routes
from tests.faults.bad_values import corpus, generated

pytestmark = pytest.mark.django_db

SEED = 2026
REQUESTS = 3000
PARTS = 4
GENERATED = 100


@pytest.mark.parametrize("part", range(PARTS))
def test_bad_input_is_answered(part):
    """Nothing fails, nothing refused is written, no payload becomes markup, headers are whole."""
    logging.disable(logging.CRITICAL)
    answers = {}
    try:
        with register() as made:
            sender = Sender(made, SEED, GENERATED)
            for number in range(part, REQUESTS, PARTS):
                answers[str(number)] = asdict(sender.send(sender.request(number)))
    finally:
        logging.disable(logging.NOTSET)
    problems = [(a["request"], p) for a in answers.values() for p in a["problems"]]
    assert [found for found in problems if not found[1].startswith("slow")] == []
    # Processor time: the machine of a test run may be busy with something else.
    assert max(answer["cpu_seconds"] for answer in answers.values()) < 10
    assert differing_from_the_other_database(part, answers) == []


def differing_from_the_other_database(part: int, answers: dict) -> list:
    report = os.environ.get("TEST_REPORT")
    if not report:
        return []
    names = ("request", "status", "location", "text")
    told = {number: [answer[name] for name in names] for number, answer in answers.items()}
    file = Path(f"{report}.bad-input-{part}")
    before = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    if before.get("vendor") in (None, connection.vendor):
        kept = {"vendor": connection.vendor, "answers": told}
        file.write_text(json.dumps(kept), encoding="utf-8")
        return []
    return [(before["answers"][n], told[n]) for n in told if before["answers"][n] != told[n]]


def test_the_corpus_is_large_and_its_values_differ():
    names = [bad.name for bad in corpus()]
    assert len(names) == len(set(names)) >= 120
    assert len({(bad.raw, bad.keys) for bad in corpus()}) == len(names)
    assert generated(20, 7) == generated(20, 7)


def test_every_route_and_form_is_a_target():
    with register() as made:
        sender = Sender(made, SEED, 1)
        targets = sender.targets
        paths = {target.path.partition("?")[0] for target in targets}
        assert {route.address(made) for route in routes()} <= paths
        names = {(target.path, target.name) for target in targets}
        for expected in (
            ("/mitra/", "per_page"),
            ("/perjanjian/", "signed_from"),
            ("/realisasi/", "kegiatan"),
            ("/masuk/", "next"),
            ("/masuk/", "password"),
            ("/kegiatan/1/ubah/", "people-TOTAL_FORMS"),
            ("/kegiatan/1/ubah/", "attendances-0-partner-q"),
            ("/kegiatan/baru/", "attendances-0-name_as_written"),
            ("/perjanjian/1/ubah/", "version"),
            ("/perjanjian/impor/1/", "tab"),
            ("/perjanjian/impor/1/", "submit_token"),
            ("/admin/partnerships/agreement/", "signed_on__year"),
            ("/admin/partnerships/event/1/change/", "deliveries-INITIAL_FORMS"),
            (reverse("admin:autocomplete"), "field_name"),
        ):
            assert expected in names, expected
        suggested = [path for path, name in names if name == "term"]
        assert any(path.endswith("model_name=agreement&field_name=unit") for path in suggested)
        assert set(sender.places) == set(SHARES)


def test_most_forms_are_accepted_as_they_stand():
    """A bad value decides alone only in a form that is in order otherwise."""
    with register() as made:
        sender = Sender(made, SEED, 1)
        forms = {(t.actor, t.path): t for t in sender.targets if t.where == "field" and t.fields}
        statuses = [sender.send_fields(target) for target in forms.values()]
    assert statuses.count(302) > 0.7 * len(statuses)


# Found by the run


def test_a_number_of_rows_that_nobody_sent_makes_no_rows(humas, client):
    client.force_login(humas)
    claimed = payload() | {"people-TOTAL_FORMS": "1999", "coverage-TOTAL_FORMS": str(2**63)}
    answer = client.post("/kegiatan/baru/", claimed)
    formsets = answer.context["form"].formsets if answer.status_code == 200 else {}
    assert sum(len(formset.forms) for formset in formsets.values()) <= len(formsets)


def test_rows_in_the_admin_are_as_many_as_were_sent(pengelola, client):
    client.force_login(pengelola)
    page = reverse("admin:institutions_unit_add")
    sent = {"names-TOTAL_FORMS": "1999", "names-INITIAL_FORMS": "0", "names-0-name": "Contoh"}
    sent |= {"officeholders-TOTAL_FORMS": "0", "officeholders-INITIAL_FORMS": "0"}
    inlines = client.post(page, sent).context["inline_admin_formsets"]
    names = next(inline.formset for inline in inlines if inline.formset.model is UnitName)
    assert len(names.forms) == 2
