"""Addresses of the records and of what is made from them."""

from django.urls import path

from partnerships.views import (
    agreement_detail,
    agreements,
    deliveries,
    events,
    gallery,
    home,
    partners,
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
    path("kegiatan/", events.event_list, name="event_list"),
    path("kegiatan/baru/", events.event_create, name="event_create"),
    path("kegiatan/<int:pk>/", events.event_detail, name="event_detail"),
    path("kegiatan/<int:pk>/ubah/", events.event_edit, name="event_edit"),
    path("kegiatan/<int:pk>/hapus/", events.event_archive, name="event_archive"),
    path("kegiatan/<int:pk>/pulihkan/", events.event_restore, name="event_restore"),
    path("kegiatan/<int:pk>/riwayat/", events.event_history, name="event_history"),
    path("realisasi/", deliveries.delivery_list, name="delivery_list"),
    path("realisasi/baru/", deliveries.delivery_create, name="delivery_create"),
    path("realisasi/<int:pk>/", deliveries.delivery_detail, name="delivery_detail"),
    path("realisasi/<int:pk>/ubah/", deliveries.delivery_edit, name="delivery_edit"),
    path("realisasi/<int:pk>/hapus/", deliveries.delivery_archive, name="delivery_archive"),
    path("realisasi/<int:pk>/pulihkan/", deliveries.delivery_restore, name="delivery_restore"),
    path("realisasi/<int:pk>/riwayat/", deliveries.delivery_history, name="delivery_history"),
    path("realisasi/<int:pk>/periksa/", deliveries.delivery_verify, name="delivery_verify"),
]
