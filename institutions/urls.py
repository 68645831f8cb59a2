"""Addresses of accounts and units."""

from django.urls import path

from institutions.views import accounts, officeholders, units

urlpatterns = [
    path("masuk/", accounts.sign_in, name="login"),
    path("keluar/", accounts.sign_out, name="logout"),
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
