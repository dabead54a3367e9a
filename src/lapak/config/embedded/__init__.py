"""The embedded PostgreSQL as a Django database backend: it runs while any Lapak process needs it.

`place` knows where its files lie and as whom it runs, `server` starts, shares and stops it, `base` is what Django sees.
"""
