from institutions.admin import officeholders, reference, units, users

__all__ = ["officeholders", "reference", "units", "users"]
