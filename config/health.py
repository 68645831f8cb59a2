"""Two questions of a load balancer: is the process alive, and can it do its work?"""

import tempfile
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

PLAIN = "text/plain; charset=utf-8"


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type=PLAIN)


@login_not_required
@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    failed = [name for name, works in CHECKS.items() if not works()]
    text = "".join(f"{name}: gagal\n" for name in failed) or "ok\n"
    return HttpResponse(text, content_type=PLAIN, status=503 if failed else 200)


def database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return False
    return True


def migrations_are_applied() -> bool:
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error:
        return False


def is_writable(folder: Path) -> bool:
    # Writing a byte also notices a full disk, which os.access() does not.
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"\0")
    except OSError:
        return False
    return True


CHECKS: dict[str, Callable[[], bool]] = {
    "basis data": database_answers,
    "migrasi": migrations_are_applied,
    "folder data": lambda: is_writable(settings.DATA_DIR),
    "folder dokumen": lambda: is_writable(settings.MEDIA_ROOT),
}
