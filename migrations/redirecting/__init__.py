"""Addresses of old pages, led to the new ones in one hop."""
