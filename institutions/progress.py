"""How far work has come whose transaction is still open, for other workers to tell."""

from contextlib import suppress
from dataclasses import dataclass

from django.core.cache import caches


@dataclass(frozen=True)
class Progress:
    name: str

    def tell(self, done: int, total: int) -> None:
        # A full disk must not end work that would be saved.
        with suppress(OSError):
            caches["progress"].set(self.name, (done, total))

    def read(self) -> tuple[int, int] | None:
        """None before anything was told and after the end."""
        found: tuple[int, int] | None = caches["progress"].get(self.name)
        return found

    def end(self) -> None:
        with suppress(OSError):
            caches["progress"].delete(self.name)
