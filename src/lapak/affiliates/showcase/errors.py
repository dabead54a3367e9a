"""What a showcase refuses."""

from django.utils.translation import gettext_lazy as _

from lapak.affiliates.showcase.rules import LONGEST_TITLE, LONGEST_WORDS, MOST_IN_SECTION, MOST_PINNED, MOST_SECTIONS
from lapak.lib.numbers import filled
from lapak.lib.refusal import Moved, Unfit


class HiddenAlready(Moved):
    """Another operator was first."""

    code = "showcase_hidden_already"
    message = _("It is hidden already.")


class NoCover(Moved):
    """There is nothing to hide."""

    code = "showcase_no_cover"
    message = _("There is no picture above this page.")


class WordsTooLong(Unfit):
    code = "showcase_words_too_long"
    field = "words"
    message = filled(_("Say it in at most {most} characters."), most=LONGEST_WORDS)


class TitleTooLong(Unfit):
    code = "section_title_too_long"
    field = "title"
    message = filled(_("A section's title has at most {most} characters."), most=LONGEST_TITLE)


class TooManySections(Unfit):
    code = "too_many_sections"
    field = "title"
    message = filled(_("A showcase has at most {most} sections."), most=MOST_SECTIONS)


class TooManyInSection(Unfit):
    code = "too_many_in_section"
    field = "product"
    message = filled(
        _("At most {pinned} goods are pinned, and {most} stand in a section. The others come below by themselves."),
        pinned=MOST_PINNED,
        most=MOST_IN_SECTION,
    )
