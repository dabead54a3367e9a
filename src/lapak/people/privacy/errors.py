"""Refusals about people's own data."""

from django.utils.translation import gettext_lazy as _

from lapak.lib.numbers import filled
from lapak.lib.refusal import Moved, NotFound, Refusal, Unfit
from lapak.people.privacy.rules import LONGEST_STORY, MOST_LISTED, SHORTEST_STORY


class ConsentNotFound(NotFound):
    """Nobody is asked that."""

    code = "consent_not_found"
    message = _("Nobody is asked for this consent.")


class AskedOtherwise(Moved):
    """The words have changed since the page was shown."""

    code = "consent_asked_otherwise"
    message = _("What is asked has changed meanwhile. Read it again, then decide.")


class OperatorIsNotErased(Refusal):
    """Whoever runs the marketplace has left records of others' matters."""

    code = "operator_is_not_erased"
    message = _("You run the marketplace. First have another operator take that from your account.")


class ErasureAsked(Moved):
    """Once is enough."""

    code = "erasure_asked"
    message = _("You have asked for it already.")


class ErasureNotFound(NotFound):
    """None that is not over."""

    code = "erasure_not_found"
    message = _("There is no erasure to call off.")


class ErasureNotDue(Moved):
    """It can still be called off, has been, or is done."""

    code = "erasure_not_due"
    message = _("It is not the time for this erasure.")


class BreachNotFound(NotFound):
    """There is none, or it is none of the user's business."""

    code = "breach_not_found"
    message = _("There is no such breach.")


class BreachMoved(Moved):
    """It has been done meanwhile, or cannot be done yet."""

    code = "breach_moved"
    message = _("The breach has moved on in the meantime. Look at where it stands now.")


class AnotherCallsOff(Unfit):
    """Nobody alone buries what they found."""

    code = "another_calls_off"
    field = "words"
    message = _("You recorded it: another operator has to say that it was none.")


class BreachNotTold(Moved):
    """Somebody has still to hear of it."""

    code = "breach_not_told"
    message = _(
        "It is closed once the letters are out: to the people, to the authority, and to the public where it was said so."
    )


class BreachMomentRefused(Unfit):
    """Moments that are to come, or the wrong way round."""

    code = "breach_moment_refused"
    field = "known_at"
    message = _("It happened first, then it was known, and both are over.")

    def __init__(self, field: str) -> None:
        self.field = field
        super().__init__()


class BreachWordsRefused(Unfit):
    """Words are missing, or too long."""

    code = "breach_words_refused"
    field = "how"
    message = filled(_("Write between {least} and {most} characters."), least=SHORTEST_STORY, most=LONGEST_STORY)

    def __init__(self, field: str) -> None:
        self.field = field
        super().__init__()


class BreachDataRefused(Unfit):
    """None of the kinds that there are."""

    code = "breach_data_refused"
    field = "kinds"
    message = _("Choose which data they are.")


class PeopleUnknown(Unfit):
    """What was pasted names somebody whom nobody here is."""

    code = "breach_people_unknown"
    field = "listed"


class TooManyListed(Unfit):
    """More than are read at once."""

    code = "breach_too_many_listed"
    field = "listed"
    message = filled(_("A list has at most {most} lines. Of more people choose a span of time."), most=MOST_LISTED)


class NobodyConcerned(Unfit):
    """Nobody is found whose data they are."""

    code = "breach_nobody_concerned"
    field = "whose"
    message = _("Nobody is found whose data they would be. Look at the list, or at the span of time.")


class TraceRefused(Unfit):
    """Not said where, or not from when to when."""

    code = "breach_trace_refused"
    field = "trace"
    message = _("Say of which data, and from which day to which.")

    def __init__(self, field: str) -> None:
        self.field = field
        super().__init__()
