"""What a command raises when it will not do what was asked. Nothing has been written when one is raised.

A refusal has a kind, and whoever answers people or programs goes by that alone (web/shell/refusals.py):
`NotFound`, `Forbidden`, `Unproven`, `Moved`, `Unfit`; any other is a rule that stands against it.
"""

from django.utils.functional import Promise


class Refusal(Exception):  # noqa: N818 - the domain's word, and what a reader sees in a signature
    """A refused act, in words its user understands and can act on.

    `message` is translated lazily, in the language of whoever reads it; `code` is stable, for APIs and logs, and each
    refusal has its own.
    """

    code: str = "refused"
    message: "str | Promise" = "refused"

    def __init__(self, message: "str | Promise | None" = None) -> None:
        if message is not None:
            self.message = message
        super().__init__(self.code)

    def __str__(self) -> str:
        return str(self.message)


class NotFound(Refusal):
    """There is no such thing, or it is not for who asks: a stranger cannot tell which."""

    code = "not_found"


class Forbidden(Refusal):
    """The thing is there, and who asks may know of it: doing this is not theirs."""

    code = "forbidden"


class Unproven(Refusal):
    """Who asks has first to show something of themselves, and can do so at once: the answer leads there and back."""

    code = "unproven"


class Moved(Refusal):
    """Someone else was first: what was asked no longer fits where the thing stands now. No fault of anybody's.

    A sweep passes over these and keeps no trace (flows/sweep.py).
    """

    code = "moved"


class Unfit(Refusal):
    """Something that was given is not fit to be taken. `field` names it, by the word of the command's own signature."""

    code = "unfit"
    field: str = ""
