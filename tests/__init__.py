"""Whole-system tests: through HTTP, in a browser, across a crash; and that the documents are true."""
