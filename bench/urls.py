"""The register's addresses, and below /bench/ what they are measured against."""

from django.urls import include, path

from bench.pages import reference_list, unit_page
from bench.stock_admin import site

urlpatterns = [
    path("bench/unit", unit_page),
    path("bench/partners", reference_list),
    path("bench/admin/", site.urls),
    path("", include("config.urls")),
]
