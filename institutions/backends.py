"""How a session finds its account, and what the account may do: one question each."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission

from institutions.models import User


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
            own, by_group = (
                Permission.objects.filter(**{relation: user_obj})
                .order_by()
                .values_list("content_type__app_label", "codename")
                for relation in ("user", "group__user")
            )
            user_obj._perm_cache = {f"{app}.{name}" for app, name in own.union(by_group)}
        return set(user_obj._perm_cache)
