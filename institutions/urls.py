"""Addresses of accounts and units."""

from django.urls import path

from institutions.views import (
    account_keeping,
    account_lines,
    accounts,
    login_links,
    officeholders,
    units,
)

urlpatterns = [
    path("masuk/", accounts.sign_in, name="login"),
    path("keluar/", accounts.sign_out, name="logout"),
    path("masuk/<str:token>/", login_links.login_link, name="login_link"),
    path("lupa-sandi/", login_links.forgotten_password, name="forgotten_password"),
    path("akun/", account_keeping.account_list, name="account_list"),
    path("akun/baru/", account_keeping.account_create, name="account_create"),
    path("akun/tempel/", account_lines.account_paste, name="account_paste"),
    path("akun/slip/<slug:batch>/", login_links.login_slips, name="login_slips"),
    path("akun/<int:pk>/", account_keeping.account_detail, name="account_detail"),
    path("akun/<int:pk>/ubah/", account_keeping.account_edit, name="account_edit"),
    path("akun/<int:pk>/tutup/", account_keeping.account_close, name="account_close"),
    path("akun/<int:pk>/buka/", account_keeping.account_reopen, name="account_reopen"),
    path("akun/<int:pk>/kunci/", account_keeping.account_unlock, name="account_unlock"),
    path("akun/<int:pk>/tautan/", login_links.login_link_create, name="login_link_create"),
    path("akun/sandi/", accounts.password_change, name="password_change"),
    path("bantuan/", accounts.help_page, name="help"),
    path("unit/", units.unit_list, name="unit_list"),
    path("unit/baru/", units.unit_create, name="unit_create"),
    path("unit/<slug:code>/", units.unit_detail, name="unit_detail"),
    path("unit/<slug:code>/ubah/", units.unit_edit, name="unit_edit"),
    path("unit/<slug:code>/riwayat/", units.unit_history, name="unit_history"),
    path(
        "unit/<slug:code>/pejabat/baru/",
        officeholders.officeholder_create,
        name="officeholder_create",
    ),
    path(
        "unit/<slug:code>/pejabat/<int:pk>/ubah/",
        officeholders.officeholder_edit,
        name="officeholder_edit",
    ),
]
