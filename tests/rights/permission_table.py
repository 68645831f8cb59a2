"""Which answer each kind of user gets at each address: the rights of DESIGN section 6, written out.

One line per address of the URLconf, the Django admin included; twelve letters per method:

    ...          anonymous, deactivated account, account without unit
        ....     humas of the own unit, of another unit, of the own Kanwil, of Ditjenpas
             ..  manager of the own Kanwil, of another Kanwil
                .   humas of a unit that is a party to the agreement and took part in the event
                  ..  admin (of Ditjenpas), superuser

    2 shown        S saved: sent on, and rows changed    4 as if it did not exist
    3 not yours    R sent on, and nothing changed        5 wrong method
    L sent to the sign-in page

Only S may change a row; every other letter is checked to leave the database as it was. Every
record an address names is kept by Bapas Jember: `agreement` is signed and has the involved unit
for a party, `@draft` is not signed, `event` has the involved unit for a guest, `@inner` has not;
`document_*` is a file of the signed agreement;
`*_restore` and the admin's `delete` name records in the Sampah, `account_*` a colleague there,
`login_slips` a link the manager of the own Kanwil made, `notice_read` a notice of the humas of the
own unit, `agreement_import` a list that one uploaded.

    GET    as written; HEAD is the same without a body
    POST   a form filled in so that it saves (`tests/permission_posts.py`), sent by everybody
    BARE   a POST with nothing in it: unless written, POST with 2 (asked again) in place of S
    REST   PUT, PATCH and DELETE: unless written, NO_METHOD or NO_METHOD_IN_ADMIN

To add an address: add its line (twelve letters from the rights it should have, not from what it
answers today), its arguments to `targets` and, if it takes a POST, what to fill in to `changes`
in `tests/permission_posts.py`. `name@variant` is the same address with other arguments.
"""

from dataclasses import dataclass

ACTORS = (
    "anonymous",
    "deactivated",
    "without unit",
    "humas own unit",
    "humas other unit",
    "humas Kanwil",
    "humas Ditjenpas",
    "manager own Kanwil",
    "manager other Kanwil",
    "humas involved unit",
    "admin",
    "superuser",
)
NO_METHOD = "LL3 5555 55 5 55"
# The admin first refuses who may not come in.
NO_METHOD_IN_ADMIN = "LL3 5555 33 5 55"

TABLE = """
                                            GET               POST
account_close                               LL3 3333 24 3 22  LL3 3333 S4 3 SS
account_create                              LL3 3333 22 3 22  LL3 3333 S2 3 SS
account_detail                              LL3 3333 24 3 22  LL3 5555 55 5 55
account_edit                                LL3 3333 24 3 22  LL3 3333 S4 3 SS
account_list                                LL3 3333 22 3 22  LL3 5555 55 5 55
account_paste                               LL3 3333 22 3 22  LL3 3333 S2 3 SS
account_reopen                              LL3 3333 24 3 22  LL3 3333 S4 3 SS
account_unlock                              LL3 5555 55 5 55  LL3 3333 S4 3 SS BARE LL3 3333 S4 3 SS
admin:app_list                              LL3 2222 33 2 22  LL3 2222 33 2 22
admin:auth_user_password_change             LL3 3333 33 3 22  LL3 3333 33 3 SS
admin:autocomplete                          LL3 2222 33 2 22  LL3 5555 33 5 55
admin:index                                 LL3 2222 33 2 22  LL3 2222 33 2 22
admin:institutions_ministryname_add         LL3 3333 33 3 22  LL3 3333 33 3 SS
admin:institutions_ministryname_change      LL3 2222 33 2 22  LL3 3333 33 3 SS
admin:institutions_ministryname_changelist  LL3 2222 33 2 22  LL3 2222 33 2 22
admin:institutions_ministryname_delete      LL3 3333 33 3 22  LL3 3333 33 3 SS
admin:institutions_ministryname_history     LL3 2222 33 2 22  LL3 2222 33 2 22
admin:institutions_officeholder_add         LL3 2222 33 2 22  LL3 S2SS 33 2 SS
admin:institutions_officeholder_change      LL3 2422 33 4 22  LL3 S4SS 33 4 SS
admin:institutions_officeholder_changelist  LL3 2222 33 2 22  LL3 2222 33 2 22
admin:institutions_officeholder_delete      LL3 3333 33 3 22  LL3 3333 33 3 SS
admin:institutions_officeholder_history     LL3 2422 33 4 22  LL3 2422 33 4 22
admin:institutions_province_add             LL3 3333 33 3 22  LL3 3333 33 3 SS
admin:institutions_province_change          LL3 2222 33 2 22  LL3 3333 33 3 SS
admin:institutions_province_changelist      LL3 2222 33 2 22  LL3 2222 33 2 22
admin:institutions_province_delete          LL3 3333 33 3 33  LL3 3333 33 3 33
admin:institutions_province_history         LL3 2222 33 2 22  LL3 2222 33 2 22
admin:institutions_regency_add              LL3 3333 33 3 22  LL3 3333 33 3 SS
admin:institutions_regency_change           LL3 2222 33 2 22  LL3 3333 33 3 SS
admin:institutions_regency_changelist       LL3 2222 33 2 22  LL3 2222 33 2 22
admin:institutions_regency_delete           LL3 3333 33 3 33  LL3 3333 33 3 33
admin:institutions_regency_history          LL3 2222 33 2 22  LL3 2222 33 2 22
admin:institutions_unit_add                 LL3 3333 33 3 22  LL3 3333 33 3 SS
admin:institutions_unit_change              LL3 2422 33 4 22  LL3 3333 33 3 SS
admin:institutions_unit_changelist          LL3 2222 33 2 22  LL3 2222 33 2 22
admin:institutions_unit_delete              LL3 3333 33 3 33  LL3 3333 33 3 33
admin:institutions_unit_history             LL3 2422 33 4 22  LL3 2422 33 4 22
admin:institutions_user_add                 LL3 3333 33 3 22  LL3 3333 33 3 SS
admin:institutions_user_change              LL3 3333 33 3 22  LL3 3333 33 3 SS
admin:institutions_user_changelist          LL3 3333 33 3 22  LL3 3333 33 3 22
admin:institutions_user_delete              LL3 3333 33 3 33  LL3 3333 33 3 33
admin:institutions_user_history             LL3 3333 33 3 22  LL3 3333 33 3 22
admin:jsi18n                                LL3 2222 33 2 22  LL3 5555 33 5 55
admin:login                                 LL3 RRRR 33 R RR  LL3 RRRR 33 R RR REST LL3 RRRR 33 R RR
admin:logout                                LL5 5555 33 5 55  LLL LLLL 33 L LL REST LL5 5555 33 5 55
admin:partnerships_agreement_add            LL3 2222 33 2 22  LL3 S2SS 33 2 SS
admin:partnerships_agreement_change         LL3 2422 33 4 22  LL3 S4SS 33 4 SS
admin:partnerships_agreement_changelist     LL3 2222 33 2 22  LL3 2222 33 2 22
admin:partnerships_agreement_delete         LL3 3333 33 3 22  LL3 3333 33 3 SS
admin:partnerships_agreement_history        LL3 2422 33 4 22  LL3 2422 33 4 22
admin:partnerships_delivery_add             LL3 2222 33 2 22  LL3 S2SS 33 2 SS
admin:partnerships_delivery_change          LL3 2422 33 4 22  LL3 S4SS 33 4 SS
admin:partnerships_delivery_changelist      LL3 2222 33 2 22  LL3 2222 33 2 22
admin:partnerships_delivery_delete          LL3 3333 33 3 22  LL3 3333 33 3 SS
admin:partnerships_delivery_history         LL3 2422 33 4 22  LL3 2422 33 4 22
admin:partnerships_event_add                LL3 2222 33 2 22  LL3 S2SS 33 2 SS
admin:partnerships_event_change             LL3 2422 33 4 22  LL3 S4SS 33 4 SS
admin:partnerships_event_changelist         LL3 2222 33 2 22  LL3 2222 33 2 22
admin:partnerships_event_delete             LL3 3333 33 3 22  LL3 3333 33 3 SS
admin:partnerships_event_history            LL3 2422 33 4 22  LL3 2422 33 4 22
admin:partnerships_partner_add              LL3 2222 33 2 22  LL3 SSSS 33 S SS
admin:partnerships_partner_change           LL3 2222 33 2 22  LL3 SSSS 33 S SS
admin:partnerships_partner_changelist       LL3 2222 33 2 22  LL3 2222 33 2 22
admin:partnerships_partner_delete           LL3 3333 33 3 22  LL3 3333 33 3 SS
admin:partnerships_partner_history          LL3 2222 33 2 22  LL3 2222 33 2 22
admin:partnerships_programmearea_add        LL3 3333 33 3 22  LL3 3333 33 3 SS
admin:partnerships_programmearea_change     LL3 2222 33 2 22  LL3 3333 33 3 SS
admin:partnerships_programmearea_changelist LL3 2222 33 2 22  LL3 2222 33 2 22
admin:partnerships_programmearea_delete     LL3 3333 33 3 33  LL3 3333 33 3 33
admin:partnerships_programmearea_history    LL3 2222 33 2 22  LL3 2222 33 2 22
admin:partnerships_sector_add               LL3 3333 33 3 22  LL3 3333 33 3 SS
admin:partnerships_sector_change            LL3 2222 33 2 22  LL3 3333 33 3 SS
admin:partnerships_sector_changelist        LL3 2222 33 2 22  LL3 2222 33 2 22
admin:partnerships_sector_delete            LL3 3333 33 3 33  LL3 3333 33 3 33
admin:partnerships_sector_history           LL3 2222 33 2 22  LL3 2222 33 2 22
admin:password_change                       LL3 RRRR 33 R RR  LL3 RRRR 33 R RR
admin:password_change_done                  LL3 RRRR 33 R RR  LL3 RRRR 33 R RR
agreement_amend                             LL3 2322 33 3 22  LL3 S3SS 33 3 SS
agreement_amend@draft                       LL3 2422 33 4 22  LL3 2422 33 4 22
agreement_archive                           LL3 2322 33 3 22  LL3 S3SS 33 3 SS
agreement_archive@draft                     LL3 2422 33 4 22  LL3 S4SS 33 4 SS
agreement_create                            LL3 2222 33 2 22  LL3 SSSS 33 S SS
agreement_detail                            LL3 2222 22 2 22  LL3 5555 55 5 55
agreement_detail@draft                      LL3 2422 24 4 22  LL3 5555 55 5 55
agreement_edit                              LL3 2322 33 3 22  LL3 S3SS 33 3 SS
agreement_edit@draft                        LL3 2422 33 4 22  LL3 S4SS 33 4 SS
agreement_history                           LL3 2422 24 4 22  LL3 5555 55 5 55
agreement_history@draft                     LL3 2422 24 4 22  LL3 5555 55 5 55
agreement_import                            LL3 2444 33 4 44  LL3 S444 33 4 44
agreement_import_leftovers                  LL3 2444 33 4 44  LL3 5555 55 5 55
agreement_import_progress                   LL3 2444 33 4 44  LL3 5555 55 5 55
agreement_import_start                      LL3 2222 33 2 22  LL3 SSSS 33 S SS
agreement_import_template                   LL3 2222 33 2 22  LL3 5555 55 5 55
agreement_list                              LL3 2222 22 2 22  LL3 5555 55 5 55
agreement_renew                             LL3 2322 33 3 22  LL3 S3SS 33 3 SS
agreement_restore                           LL3 5555 55 5 55  LL3 S4SS 33 4 SS BARE LL3 S4SS 33 4 SS
agreement_table_csv                         LL3 2222 22 2 22  LL3 5555 55 5 55
agreement_table_xlsx                        LL3 2222 22 2 22  LL3 5555 55 5 55
agreement_sign@draft                        LL3 2422 33 4 22  LL3 S4SS 33 4 SS
agreement_terminate                         LL3 2322 33 3 22  LL3 S3SS 33 3 SS
agreement_undo                              LL3 2322 33 3 22  LL3 S3SS 33 3 SS
agreement_upload                            LL3 2322 33 3 22  LL3 S3SS 33 3 SS
agreement_upload@draft                      LL3 2422 33 4 22  LL3 S4SS 33 4 SS
delivery_archive                            LL3 2422 33 3 22  LL3 S4SS 33 3 SS
delivery_archive@inner                      LL3 2422 33 4 22  LL3 S4SS 33 4 SS
delivery_create                             LL3 2222 33 2 22  LL3 SSSS 33 S SS
delivery_detail                             LL3 2422 24 2 22  LL3 5555 55 5 55
delivery_detail@inner                       LL3 2422 24 4 22  LL3 5555 55 5 55
delivery_edit                               LL3 2422 33 3 22  LL3 S4SS 33 3 SS
delivery_edit@inner                         LL3 2422 33 4 22  LL3 S4SS 33 4 SS
delivery_history                            LL3 2422 24 4 22  LL3 5555 55 5 55
delivery_history@inner                      LL3 2422 24 4 22  LL3 5555 55 5 55
delivery_list                               LL3 2222 22 2 22  LL3 5555 55 5 55
delivery_restore                            LL3 5555 55 5 55  LL3 S4SS 33 4 SS BARE LL3 S4SS 33 4 SS
delivery_upload                             LL3 2422 33 3 22  LL3 S4SS 33 3 SS
delivery_upload@inner                       LL3 2422 33 4 22  LL3 S4SS 33 4 SS
delivery_verify                             LL3 5555 55 5 55  LL3 S4SS S4 3 SS BARE LL3 R4RR R4 3 RR
delivery_verify@inner                       LL3 5555 55 5 55  LL3 S4SS S4 4 SS BARE LL3 R4RR R4 4 RR
document_archive                            LL3 2422 33 3 22  LL3 S4SS 33 3 SS
document_archive@draft                      LL3 2422 33 4 22  LL3 S4SS 33 4 SS
document_download                           LL3 2422 24 2 22  LL3 5555 55 5 55
document_download@draft                     LL3 2422 24 4 22  LL3 5555 55 5 55
document_download@removed                   LL3 2422 24 4 22  LL3 5555 55 5 55
document_erase                              LL3 3333 33 3 22  LL3 3333 33 3 SS
document_erase@draft                        LL3 3333 33 3 22  LL3 3333 33 3 SS
document_replace                            LL3 2422 33 3 22  LL3 S4SS 33 3 SS
document_replace@draft                      LL3 2422 33 4 22  LL3 S4SS 33 4 SS
document_restore                            LL3 5555 55 5 55  LL3 S4SS 33 4 SS BARE LL3 S4SS 33 4 SS
event_archive                               LL3 2422 33 3 22  LL3 S4SS 33 3 SS
event_archive@inner                         LL3 2422 33 4 22  LL3 S4SS 33 4 SS
event_create                                LL3 2222 33 2 22  LL3 SSSS 33 S SS
event_detail                                LL3 2422 24 2 22  LL3 5555 55 5 55
event_detail@inner                          LL3 2422 24 4 22  LL3 5555 55 5 55
event_edit                                  LL3 2422 33 3 22  LL3 S4SS 33 3 SS
event_edit@inner                            LL3 2422 33 4 22  LL3 S4SS 33 4 SS
event_history                               LL3 2422 24 4 22  LL3 5555 55 5 55
event_history@inner                         LL3 2422 24 4 22  LL3 5555 55 5 55
event_list                                  LL3 2222 22 2 22  LL3 5555 55 5 55
event_restore                               LL3 5555 55 5 55  LL3 S4SS 33 4 SS BARE LL3 S4SS 33 4 SS
event_upload                                LL3 2422 33 3 22  LL3 S4SS 33 3 SS
event_upload@inner                          LL3 2422 33 4 22  LL3 S4SS 33 4 SS
forgotten_password                          222 2222 22 2 22  RRR RRRR RR R RR REST 555 5555 55 5 55
gallery                                     LL3 2222 33 2 22  LL3 5555 55 5 55
healthz                                     222 2222 22 2 22  555 5555 55 5 55 REST 555 5555 55 5 55
help                                        LL2 2222 22 2 22  LL5 5555 55 5 55 REST LL5 5555 55 5 55
home                                        LL3 2222 22 2 22  LL3 5555 55 5 55
login                                       222 2222 22 2 22  SSS SSSS SS S SS REST 555 5555 55 5 55
login_link                                  222 2222 22 2 22  SSS SSSS SS S SS REST 555 5555 55 5 55
login_link_create                           LL3 5555 55 5 55  LL3 3333 S4 3 SS BARE LL3 3333 S4 3 SS
login_slips                                 LL3 3333 24 3 44  LL3 5555 55 5 55
logout                                      555 5555 55 5 55  LLL LLLL LL L LL REST 555 5555 55 5 55
notice_list                                 LL3 2222 22 2 22  LL3 5555 55 5 55
notice_read                                 LL3 5555 55 5 55  LL3 S444 44 4 44 BARE LL3 S444 44 4 44
notice_read_all                             LL3 5555 55 5 55  LL3 SSSS SS S RR BARE LL3 SSSS SS S RR
officeholder_create                         LL3 2322 33 3 22  LL3 S3SS 33 3 SS
officeholder_edit                           LL3 2322 33 3 22  LL3 S3SS 33 3 SS
partner_archive                             LL3 2333 22 3 22  LL3 S333 SS 3 SS
partner_create                              LL3 2222 33 2 22  LL3 SSSS 33 S SS
partner_detail                              LL3 2222 22 2 22  LL3 5555 55 5 55
partner_edit                                LL3 2222 22 2 22  LL3 SSSS SS S SS
partner_history                             LL3 2222 22 2 22  LL3 5555 55 5 55
partner_list                                LL3 2222 22 2 22  LL3 5555 55 5 55
partner_restore                             LL3 5555 55 5 55  LL3 SSSS SS S SS BARE LL3 SSSS SS S SS
password_change                             LL2 2222 22 2 22  LLS SSSS SS S SS REST LL5 5555 55 5 55
readyz                                      222 2222 22 2 22  555 5555 55 5 55 REST 555 5555 55 5 55
report                                      LL3 2222 22 2 22  LL3 5555 55 5 55
report_csv                                  LL3 2222 22 2 22  LL3 5555 55 5 55
report_endings                              LL3 2222 22 2 22  LL3 5555 55 5 55
report_idle                                 LL3 2222 22 2 22  LL3 5555 55 5 55
report_recording                            LL3 2222 22 2 22  LL3 5555 55 5 55
report_trend                                LL3 2222 22 2 22  LL3 5555 55 5 55
report_xlsx                                 LL3 2222 22 2 22  LL3 5555 55 5 55
reminder_choice                             LL3 2222 22 2 22  LL3 SSSS SS S SS BARE LL3 SSSS SS S SS
unit_create                                 LL3 3333 33 3 22  LL3 3333 33 3 SS
unit_detail                                 LL3 2222 22 2 22  LL3 5555 55 5 55
unit_edit                                   LL3 3333 33 3 22  LL3 3333 33 3 SS
unit_history                                LL3 2322 33 3 22  LL3 5555 55 5 55
unit_list                                   LL3 2222 22 2 22  LL3 5555 55 5 55
"""


@dataclass(frozen=True)
class Row:
    """The answers of one address: one letter per actor, by kind of request."""

    route: str
    answers: dict[str, str]

    def expected(self, kind: str, actor: str) -> str:
        return self.answers[kind][ACTORS.index(actor)]


def read_row(line: str) -> Row:
    route, *groups = line.split()
    answers = {"GET": "".join(groups[:5]), "POST": "".join(groups[5:10])}
    other = NO_METHOD_IN_ADMIN if route.startswith("admin:") else NO_METHOD
    answers |= {"BARE": answers["POST"].replace("S", "2"), "REST": other.replace(" ", "")}
    for start in range(10, len(groups), 6):
        answers[groups[start]] = "".join(groups[start + 1 : start + 6])
    return Row(route, answers | {"HEAD": answers["GET"]})


ROWS = {row.route: row for row in map(read_row, TABLE.strip().splitlines()[1:])}
