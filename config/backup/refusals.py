"""Why there is no backup or no restore, in words for whoever runs the command."""


class Refused(Exception):
    """Nothing was written, or what was written has been taken back."""


class Damaged(Refused):
    """The archive is not, byte for byte, what a backup wrote."""
