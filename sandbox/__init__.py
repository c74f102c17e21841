"""A stateful local stand-in for the support systems, written from the vendors' documented behaviour.

It shares nothing with the tool that it tests, so that the two cannot share a mistake. A system is a package
of this folder; what it must offer is in `sandbox.system`.
"""
