"""What a file is called on pages and when it is saved; on the disk it has a name of our own."""

import re

from indonesian.names import strip_control
from partnerships.models import FileType

EXTENSIONS: dict[FileType, tuple[str, ...]] = {
    FileType.PDF: (".pdf",),
    FileType.JPG: (".jpg", ".jpeg"),
    FileType.PNG: (".png",),
    FileType.DOCX: (".docx",),
}
LONGEST_STEM, LONGEST_ENDING = 120, 8
SLASHES = re.compile(r"[/\\]")
# What Windows does not take in a name, and white space of every kind.
UNFIT = re.compile(r'[<>:"|?*\s]+')


def clean_name(name: str) -> str:
    """The name as it came, without folders, invisible letters and what makes it too long."""
    last = SLASHES.split(strip_control(name))[-1]
    last = UNFIT.sub(" ", "".join(letter for letter in last if letter.isprintable()))
    stem, dot, ending = last.strip(" .").rpartition(".")
    if not dot or len(ending) > LONGEST_ENDING:
        return last.strip(" .")[:LONGEST_STEM].strip(" .") or "berkas"
    return f"{stem[:LONGEST_STEM].strip(' .') or 'berkas'}.{ending}"


def tidy_name(name: str, file_type: FileType) -> str:
    """The clean name, ending as its content asks."""
    clean = clean_name(name)
    is_fit = clean.lower().endswith(EXTENSIONS[file_type])
    return clean if is_fit else f"{clean}{EXTENSIONS[file_type][0]}"
