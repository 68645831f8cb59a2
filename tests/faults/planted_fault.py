"""What one planted fault is; see `planted.py`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """`migrations`: the tests need the tables as migrations make them, not as models say."""

    name: str
    path: str
    old: str
    new: str
    tests: tuple[str, ...]
    migrations: bool = False

    def planted_in(self, text: str) -> str:
        """Raises ValueError where the text to be changed is not there exactly once."""
        if (found := text.count(self.old)) != 1:
            raise ValueError(f"{self.name}: {self.path} holds the old text {found} times")
        return text.replace(self.old, self.new)
