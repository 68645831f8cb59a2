"""A made-up region for trying the register out and for screenshots: nobody in it exists.

The same seed and the same day make the same region. Everything goes through the model's own
verbs, so what the demo shows is what the register would accept from its users.
"""

from partnerships.demo.loading import FULL, Size, is_loaded, load_demo

__all__ = ["FULL", "Size", "is_loaded", "load_demo"]
