"""The letters that tell of a breach (UU 27/2022 Art. 46 (2): which data, when and how, what is done), in the language of now."""

from django.utils.translation import gettext, gettext_noop

from lapak.lib import clock
from lapak.people.privacy.models import Breach

SUBJECT = gettext_noop("Your data at Lapak: what happened, and what you can do")
LETTER = gettext_noop(
    "You have a right to hear this from us (UU 27/2022 Art. 46).\n\n"
    "Which of your data: %(data)s.\n\n"
    "When: since %(began)s, as far as we know. We learned of it on %(known)s.\n\n"
    "How: %(how)s\n\n"
    "What we do, and what you can do: %(measures)s\n\n"
    "Lapak never asks for your password, nor for a code, by mail or by phone. This letter has number %(number)s."
)


def subject() -> str:
    """Of the letter to the people."""
    return gettext(SUBJECT)


def letter(breach: Breach) -> str:
    """To one of the people: the same words for all who read one language."""
    return gettext(LETTER) % {
        "data": ", ".join(breach.data_in_words),
        "began": clock.say(breach.began_at),
        "known": clock.say(breach.known_at),
        "how": breach.how_read,
        "measures": breach.measures_read,
        "number": breach.number,
    }
