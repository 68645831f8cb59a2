"""Which answer each kind of user gets at each address: the rights of DESIGN section 6, written out.

Every record named by an address is kept by Bapas Jember: a partner only it uses, a signed
agreement, an event, a delivery that `rekan` recorded, an officeholder, the account of `rekan` and a
login link `pembaca` made for it. `login` stands for the way to the sign-in page. A POST is sent
without any fields, so 200 is a form that asks for them.

humas        records for Bapas Jember
humas_lain   records for a unit under another Kanwil
pembaca      manager of the Kanwil above Bapas Jember
pengelola    admin at Ditjenpas
utama        superuser
"""

from dataclasses import dataclass

ACTORS = ("anonymous", "tanpa_unit", "humas", "humas_lain", "pembaca", "pengelola", "utama")


@dataclass(frozen=True)
class Row:
    route: str
    method: str
    answers: tuple[str, ...]


TABLE = """
                           anonymous  tanpa_unit humas      humas_lain pembaca    pengelola  utama
account_close        GET   login      403        403        403        200        200        200
account_close        POST  login      403        403        403        200        200        200
account_create       GET   login      403        403        403        200        200        200
account_create       POST  login      403        403        403        200        200        200
account_detail       GET   login      403        403        403        200        200        200
account_detail       POST  login      403        405        405        405        405        405
account_edit         GET   login      403        403        403        200        200        200
account_edit         POST  login      403        403        403        200        200        200
account_list         GET   login      403        403        403        200        200        200
account_list         POST  login      403        405        405        405        405        405
account_paste        GET   login      403        403        403        200        200        200
account_paste        POST  login      403        403        403        200        200        200
account_reopen       GET   login      403        403        403        200        200        200
account_reopen       POST  login      403        403        403        200        200        200
account_unlock       GET   login      403        405        405        405        405        405
account_unlock       POST  login      403        403        403        302        302        302
agreement_archive    GET   login      403        200        403        403        200        200
agreement_archive    POST  login      403        200        403        403        200        200
agreement_create     GET   login      403        200        200        403        200        200
agreement_create     POST  login      403        200        200        403        200        200
agreement_detail     GET   login      403        200        200        200        200        200
agreement_detail     POST  login      403        405        405        405        405        405
agreement_edit       GET   login      403        200        403        403        200        200
agreement_edit       POST  login      403        200        403        403        200        200
agreement_history    GET   login      403        200        404        200        200        200
agreement_history    POST  login      403        405        405        405        405        405
agreement_list       GET   login      403        200        200        200        200        200
agreement_list       POST  login      403        405        405        405        405        405
agreement_restore    GET   login      403        405        405        405        405        405
agreement_restore    POST  login      403        302        404        403        302        302
delivery_archive     GET   login      403        200        404        403        200        200
delivery_archive     POST  login      403        200        404        403        200        200
delivery_create      GET   login      403        200        200        403        200        200
delivery_create      POST  login      403        200        200        403        200        200
delivery_detail      GET   login      403        200        404        200        200        200
delivery_detail      POST  login      403        405        405        405        405        405
delivery_edit        GET   login      403        200        404        403        200        200
delivery_edit        POST  login      403        200        404        403        200        200
delivery_history     GET   login      403        200        404        200        200        200
delivery_history     POST  login      403        405        405        405        405        405
delivery_list        GET   login      403        200        200        200        200        200
delivery_list        POST  login      403        405        405        405        405        405
delivery_restore     GET   login      403        405        405        405        405        405
delivery_restore     POST  login      403        302        404        403        302        302
delivery_verify      GET   login      403        405        405        405        405        405
delivery_verify      POST  login      403        302        404        302        302        302
event_archive        GET   login      403        200        404        403        200        200
event_archive        POST  login      403        200        404        403        200        200
event_create         GET   login      403        200        200        403        200        200
event_create         POST  login      403        200        200        403        200        200
event_detail         GET   login      403        200        404        200        200        200
event_detail         POST  login      403        405        405        405        405        405
event_edit           GET   login      403        200        404        403        200        200
event_edit           POST  login      403        200        404        403        200        200
event_history        GET   login      403        200        404        200        200        200
event_history        POST  login      403        405        405        405        405        405
event_list           GET   login      403        200        200        200        200        200
event_list           POST  login      403        405        405        405        405        405
event_restore        GET   login      403        405        405        405        405        405
event_restore        POST  login      403        302        404        403        302        302
forgotten_password   GET   200        200        200        200        200        200        200
forgotten_password   POST  302        302        302        302        302        302        302
gallery              GET   login      403        200        200        403        200        200
gallery              POST  login      403        405        405        405        405        405
healthz              GET   200        200        200        200        200        200        200
healthz              POST  405        405        405        405        405        405        405
help                 GET   login      200        200        200        200        200        200
help                 POST  login      405        405        405        405        405        405
home                 GET   login      403        200        200        200        200        200
home                 POST  login      403        405        405        405        405        405
login                GET   200        200        200        200        200        200        200
login                POST  200        200        200        200        200        200        200
login_link           GET   200        200        200        200        200        200        200
login_link           POST  200        200        200        200        200        200        200
login_link_create    GET   login      403        405        405        405        405        405
login_link_create    POST  login      403        403        403        302        302        302
login_slips          GET   login      403        403        403        200        404        404
login_slips          POST  login      403        405        405        405        405        405
logout               GET   405        405        405        405        405        405        405
logout               POST  login      login      login      login      login      login      login
officeholder_create  GET   login      403        200        403        403        200        200
officeholder_create  POST  login      403        200        403        403        200        200
officeholder_edit    GET   login      403        200        403        403        200        200
officeholder_edit    POST  login      403        200        403        403        200        200
partner_archive      GET   login      403        200        403        200        200        200
partner_archive      POST  login      403        200        403        200        200        200
partner_create       GET   login      403        200        200        403        200        200
partner_create       POST  login      403        200        200        403        200        200
partner_detail       GET   login      403        200        200        200        200        200
partner_detail       POST  login      403        405        405        405        405        405
partner_edit         GET   login      403        200        200        200        200        200
partner_edit         POST  login      403        200        200        200        200        200
partner_history      GET   login      403        200        200        200        200        200
partner_history      POST  login      403        405        405        405        405        405
partner_list         GET   login      403        200        200        200        200        200
partner_list         POST  login      403        405        405        405        405        405
partner_restore      GET   login      403        405        405        405        405        405
partner_restore      POST  login      403        302        302        302        302        302
password_change      GET   login      200        200        200        200        200        200
password_change      POST  login      200        200        200        200        200        200
readyz               GET   200        200        200        200        200        200        200
readyz               POST  405        405        405        405        405        405        405
unit_create          GET   login      403        403        403        403        200        200
unit_create          POST  login      403        403        403        403        200        200
unit_detail          GET   login      403        200        200        200        200        200
unit_detail          POST  login      403        405        405        405        405        405
unit_edit            GET   login      403        403        403        403        200        200
unit_edit            POST  login      403        403        403        403        200        200
unit_history         GET   login      403        200        403        403        200        200
unit_history         POST  login      403        405        405        405        405        405
unit_list            GET   login      403        200        200        200        200        200
unit_list            POST  login      403        405        405        405        405        405
"""

ROWS = tuple(
    Row(route, method, tuple(answers))
    for route, method, *answers in (line.split() for line in TABLE.strip().splitlines()[1:])
)
