"""Phases and gates: checklists that decide whether a client may go live. Built in a later version; empty until then."""
