"""Bringing the past over: what stood in an old tool, whole, into the new one, with a sum that closes."""
