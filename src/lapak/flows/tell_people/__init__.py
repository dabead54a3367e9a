"""People are told what happened to what is theirs: read from the records of it, once each fact, never in the act itself.

`logs.py` follows the append-only tables, `watch.py` what no event tells (a deadline that comes near), `mail.py` writes what
waits to be mailed. What there is to tell, and in which words, is in people/notices/facts/.
"""
