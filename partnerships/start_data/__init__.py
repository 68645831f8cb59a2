"""What an empty register starts with: five real events and, for trying it out, first accounts."""

from partnerships.start_data.accounts import FirstAccount, create_first_accounts
from partnerships.start_data.recording import LoadResult, load_start_data

__all__ = ["FirstAccount", "LoadResult", "create_first_accounts", "load_start_data"]
