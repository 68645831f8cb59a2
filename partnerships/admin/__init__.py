from partnerships.admin import agreements, codelists, deliveries, events, partners

__all__ = ["agreements", "codelists", "deliveries", "events", "partners"]
