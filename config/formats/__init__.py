"""How dates are written where Django writes them itself, as in the lists of the admin."""
