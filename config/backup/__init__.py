"""One file that holds the whole register, and the way back from it.

An archive is a tar: `rows/<model>.jsonl.gz` for every table, `media/<name>` for every document,
`manifest.json` with what is in it, and at its end the SHA-256 of all bytes before. Rows are
written as the fields of their models, so that an archive fits either database.
"""
