"""How a session finds its account, and what the account may do: one question each."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission
from django.db.models import QuerySet

from institutions.models import User
from institutions.questions import Question


def permissions_held_by(key: int) -> QuerySet[Any]:
    """(application, name) of the permissions of an account and of its groups."""
    own, by_group = (
        Permission.objects.filter(**{relation: key})
        .order_by()
        .values_list("content_type__app_label", "codename")
        for relation in ("user", "group__user")
    )
    return own.union(by_group)


HELD_BY = Question(permissions_held_by)


class AccountBackend(ModelBackend):
    def get_user(self, user_id: Any) -> User | None:
        """With the unit, which every page names."""
        try:
            user: User = User.objects.select_related("unit").get(pk=user_id)
        except User.DoesNotExist:
            return None
        return user if self.user_can_authenticate(user) else None

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """Those of the account and of its groups together, where Django asks twice."""
        if obj is not None or not user_obj.is_active or user_obj.is_superuser:
            return super().get_all_permissions(user_obj, obj)
        if not hasattr(user_obj, "_perm_cache"):
            held = HELD_BY.ask(user_obj.pk)
            user_obj._perm_cache = {f"{app}.{name}" for app, name in held}
        return set(user_obj._perm_cache)
