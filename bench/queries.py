"""How many questions each page asks the database, and how long its HTML is.

    python -m bench.queries < places.json

Session, user, unit and permissions are what every page asks; they are left out.
"""

import json
import os
import re
import sys
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
django.setup()

# A script of its own: what needs the settings can be imported only now.
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

EVERY_PAGE = re.compile(
    r'FROM "(django_session|auth_permission)"|FROM "institutions_user" .*WHERE .*"id" = \d+ LIMIT'
    r'|FROM "institutions_unit" WHERE "institutions_unit"."id" = \d+ LIMIT 21'
)


def main(places: list[list[str]]) -> None:
    answers: list[dict[str, Any]] = []
    for address, session in places:
        client = Client()
        client.cookies["sessionid"] = session
        client.get(address, HTTP_HOST="127.0.0.1")
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address, HTTP_HOST="127.0.0.1")
        own = [query for query in asked.captured_queries if not EVERY_PAGE.search(query["sql"])]
        answers.append(
            {
                "status": answer.status_code,
                "queries": len(own),
                "all_queries": len(asked),
                "bytes": len(answer.content),
                "sql": [f"{query['time']} {query['sql'][:3000]}" for query in own],
            }
        )
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main(json.load(sys.stdin))
