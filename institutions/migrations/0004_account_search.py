"""Fill in what accounts are sorted and found by."""

from django.db import migrations

from indonesian.names import normalise, search_text


def fill(apps, schema_editor):
    for account in apps.get_model("institutions", "User").objects.all():
        full_name = f"{account.first_name} {account.last_name}".strip()
        account.name_key = normalise(full_name or account.username)[:400]
        names = filter(None, (full_name, account.username, account.email))
        account.search_text = search_text(*names)
        account.save(update_fields=["name_key", "search_text"])


class Migration(migrations.Migration):
    dependencies = [("institutions", "0003_accounts")]

    # Backwards there is nothing to do: the columns go with the migration before.
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
