"""The rules of the health page, one module for each topic."""
