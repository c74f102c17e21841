"""The provider host: the process that the engine starts to reach the systems."""

import gc

gc.set_threshold(50_000, 20, 20)
"""Here and in golive itself: by Python's own figure an eighth of each start is spent on looking for garbage."""
