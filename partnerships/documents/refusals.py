"""Why a file is not taken; the words follow its name."""

DAMAGED = "rusak atau tidak utuh. Pindai atau simpan ulang, lalu unggah lagi."


class Refused(Exception):
    """The end of a sentence that begins with the name of the file."""
