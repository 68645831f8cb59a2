"""Addresses of the records and of what is made from them."""

from django.urls import path

from partnerships.views import gallery, partners

urlpatterns = [
    path("gaya/", gallery.gallery, name="gallery"),
    path("mitra/", partners.partner_list, name="partner_list"),
    path("mitra/baru/", partners.partner_create, name="partner_create"),
    path("mitra/<int:pk>/", partners.partner_detail, name="partner_detail"),
    path("mitra/<int:pk>/ubah/", partners.partner_edit, name="partner_edit"),
    path("mitra/<int:pk>/hapus/", partners.partner_archive, name="partner_archive"),
    path("mitra/<int:pk>/pulihkan/", partners.partner_restore, name="partner_restore"),
    path("mitra/<int:pk>/riwayat/", partners.partner_history, name="partner_history"),
]
