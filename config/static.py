"""Static files: hashed names for a server, plain names for runserver and tests."""

from django.conf import settings
from django.contrib.staticfiles.storage import StaticFilesStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Always collects with hashed names; gives them out only where they are being served."""

    def url(self, name: str, force: bool = False) -> str:
        if settings.COLLECTED_STATIC or force:
            return super().url(name, force)
        return StaticFilesStorage.url(self, name)
