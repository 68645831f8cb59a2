"""Addresses of the records and of what is made from them."""

from django.urls import path

from partnerships.views import (
    agreement_detail,
    agreement_verbs,
    agreements,
    deliveries,
    events,
    gallery,
    home,
    partners,
    reports,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("gaya/", gallery.gallery, name="gallery"),
    path("mitra/", partners.partner_list, name="partner_list"),
    path("mitra/baru/", partners.partner_create, name="partner_create"),
    path("mitra/<int:pk>/", partners.partner_detail, name="partner_detail"),
    path("mitra/<int:pk>/ubah/", partners.partner_edit, name="partner_edit"),
    path("mitra/<int:pk>/hapus/", partners.partner_archive, name="partner_archive"),
    path("mitra/<int:pk>/pulihkan/", partners.partner_restore, name="partner_restore"),
    path("mitra/<int:pk>/riwayat/", partners.partner_history, name="partner_history"),
    path("perjanjian/", agreements.agreement_list, name="agreement_list"),
    path("perjanjian/baru/", agreements.agreement_create, name="agreement_create"),
    path("perjanjian/<int:pk>/", agreement_detail.agreement_detail, name="agreement_detail"),
    path("perjanjian/<int:pk>/ubah/", agreements.agreement_edit, name="agreement_edit"),
    path("perjanjian/<int:pk>/hapus/", agreements.agreement_archive, name="agreement_archive"),
    path("perjanjian/<int:pk>/pulihkan/", agreements.agreement_restore, name="agreement_restore"),
    path("perjanjian/<int:pk>/riwayat/", agreements.agreement_history, name="agreement_history"),
    path(
        "perjanjian/<int:pk>/tandatangani/", agreement_verbs.agreement_sign, name="agreement_sign"
    ),
    path(
        "perjanjian/<int:pk>/perpanjang/", agreement_verbs.agreement_renew, name="agreement_renew"
    ),
    path("perjanjian/<int:pk>/adendum/", agreement_verbs.agreement_amend, name="agreement_amend"),
    path(
        "perjanjian/<int:pk>/akhiri/",
        agreement_verbs.agreement_terminate,
        name="agreement_terminate",
    ),
    path("perjanjian/<int:pk>/batalkan/", agreement_verbs.agreement_undo, name="agreement_undo"),
    path("kegiatan/", events.event_list, name="event_list"),
    path("kegiatan/baru/", events.event_create, name="event_create"),
    path("kegiatan/<int:pk>/", events.event_detail, name="event_detail"),
    path("kegiatan/<int:pk>/ubah/", events.event_edit, name="event_edit"),
    path("kegiatan/<int:pk>/hapus/", events.event_archive, name="event_archive"),
    path("kegiatan/<int:pk>/pulihkan/", events.event_restore, name="event_restore"),
    path("kegiatan/<int:pk>/riwayat/", events.event_history, name="event_history"),
    path("laporan/", reports.report, name="report"),
    path("laporan/rekap.csv", reports.report_file, {"ending": "csv"}, name="report_csv"),
    path("laporan/rekap.xlsx", reports.report_file, {"ending": "xlsx"}, name="report_xlsx"),
    path(
        "laporan/rekap-kerja-sama.csv",
        reports.agreement_table,
        {"ending": "csv"},
        name="agreement_table_csv",
    ),
    path(
        "laporan/rekap-kerja-sama.xlsx",
        reports.agreement_table,
        {"ending": "xlsx"},
        name="agreement_table_xlsx",
    ),
    path("laporan/akan-berakhir/", reports.report_endings, name="report_endings"),
    path("laporan/belum-berjalan/", reports.report_idle, name="report_idle"),
    path("laporan/pengisian/", reports.report_recording, name="report_recording"),
    path("laporan/perkembangan/", reports.report_trend, name="report_trend"),
    path("realisasi/", deliveries.delivery_list, name="delivery_list"),
    path("realisasi/baru/", deliveries.delivery_create, name="delivery_create"),
    path("realisasi/<int:pk>/", deliveries.delivery_detail, name="delivery_detail"),
    path("realisasi/<int:pk>/ubah/", deliveries.delivery_edit, name="delivery_edit"),
    path("realisasi/<int:pk>/hapus/", deliveries.delivery_archive, name="delivery_archive"),
    path("realisasi/<int:pk>/pulihkan/", deliveries.delivery_restore, name="delivery_restore"),
    path("realisasi/<int:pk>/riwayat/", deliveries.delivery_history, name="delivery_history"),
    path("realisasi/<int:pk>/periksa/", deliveries.delivery_verify, name="delivery_verify"),
]
