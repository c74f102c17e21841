"""Bringing history over from a legacy system. Built in a later version; empty until then."""
