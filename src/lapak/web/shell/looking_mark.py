"""In the operator's own session: that they look as somebody else (looking.py), and which look it is."""

from django.contrib.sessions.backends.signed_cookies import SessionStore

MARK = "lapak_look"


def is_looking(cookie: str | None) -> bool:
    """Whether the session of this cookie looks. Read apart from the request's session, which is not asked for by whoever shows
    public pages."""
    return cookie is not None and MARK in SessionStore(cookie)
