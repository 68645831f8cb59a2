"""As on the pages of the register: Django's own Indonesian format has a dot after some months."""

DATE_FORMAT = "j M Y"
DATETIME_FORMAT = "j M Y, H.i"
TIME_FORMAT = "H.i"
