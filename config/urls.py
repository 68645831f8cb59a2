"""Mounts the health checks, the Django admin and the two apps; no page of its own."""

from django.urls import include, path

from config.health import healthz, readyz
from institutions.admin.site import site

# Answers 503 or 507 where the machine is at fault.
handler500 = "config.outages.server_error"

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("admin/", site.urls),
    path("", include("institutions.urls")),
    path("", include("partnerships.urls")),
]
