"""What moving in and out refuses. When one of these is raised, nothing has been written."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lapak.lib.numbers import filled
from lapak.lib.refusal import Moved, NotFound, Refusal, Unfit

if TYPE_CHECKING:
    from lapak.moving.own_lists.guesses import Reading


class MoveInRefused(Refusal):
    """Nothing was moved in; each subclass says why and what the seller can do."""

    code = "move_in_refused"


class NothingToMove(MoveInRefused, Unfit):
    code = "nothing_to_move"
    field = "given"
    message = _(
        "There is no product list among what you gave. Give the product export of your old platform as you downloaded it; "
        "pictures may come beside it."
    )


class MoveInRunning(MoveInRefused):
    code = "move_in_running"
    message = _("Another move-in of this shop is running. Wait until it is done, then try again.")


class FileRefused(MoveInRefused, Unfit):
    """One of the files cannot be taken as it is; `file` is its name, `reason` what is the matter with it."""

    code = "file_refused"
    field = "given"

    def __init__(self, file: str, reason: str, *, what_would_do: str = "") -> None:
        """`what_would_do` is said when nothing else was given: beside files that are fit nobody needs it."""
        super().__init__(f"{file}: {reason} {what_would_do}".rstrip())
        self.file, self.reason = file, reason


class FileUnreadable(FileRefused):
    """Missing, broken, locked with a password, or built to harm."""

    code = "file_unreadable"


class FileUnknown(FileRefused):
    """No format knows it."""

    code = "file_unknown"


class NoFormatKnows(FileUnknown):
    """No format knows a thing about it, so that it may be a list of the seller's own."""

    code = "no_format_knows"


class ColumnsToName(NoFormatKnows):
    """It looks like a list of goods; what its columns mean is for its seller to say. `lists` are those to be told of."""

    code = "columns_to_name"

    def __init__(self, file: str, lists: "Sequence[Reading]") -> None:
        said = " ".join(f"--columns '{each.suggested}'" for each in lists)
        reason = gettext(
            "It looks like a list of goods that Lapak does not know. Say what its columns mean: on the page of the upload, "
            "or on the command line, where this is suggested: %(columns)s"
        )
        super().__init__(file, reason % {"columns": said})
        self.lists = lists


class ColumnsUnfit(MoveInRefused, Unfit):
    """What was said of a list's columns cannot be."""

    code = "columns_unfit"
    field = "columns"


class FileNotProducts(FileRefused):
    """A format knows it, but it lists something other than products."""

    code = "file_not_products"


class IdsLost(FileRefused):
    """A spreadsheet program has rounded the ids; what they were cannot be told from the file. `cell` shows one."""

    code = "ids_lost"

    def __init__(self, file: str, cell: str) -> None:
        reason = gettext(
            "The ids were rounded when the file was saved in a spreadsheet program (%(cell)s). Download the export "
            "again, and give it without opening and saving it; or keep the id columns formatted as text."
        )
        super().__init__(file, reason % {"cell": cell})


class PicturesRefused(FileRefused):
    """The zip or folder is built to harm, or so broken that nobody can tell what is in it."""

    code = "pictures_refused"


class FileAltered(FileRefused):
    """The zip says what was in it when it was written and signed, and it holds something else; `member` is the first."""

    code = "file_altered"

    def __init__(self, file: str, member: str) -> None:
        reason = gettext(
            "It was changed after it was written: “%(member)s” is not as it was signed. Give it as it was downloaded; what you "
            "want to change you can change here."
        )
        super().__init__(file, reason % {"member": member[:100]})


class UploadNotFound(NotFound):
    """There is no such upload, or it is another shop's."""

    code = "upload_not_found"
    message = _("There is no such upload in your shop.")


class UploadMoved(Moved):
    code = "upload_moved"
    message = _("This upload has moved on in the meantime. Look at where it stands.")


class LookedInVain(MoveInRefused):
    """Lapak did not foresee what the files hold."""

    code = "looked_in_vain"
    message = _(
        "Lapak could not cope with something in these files; it is written down for us to mend. Export or download them "
        "again and give them once more. If it happens again, give fewer at a time to find the one."
    )


class StoppedOnTheWay(MoveInRefused):
    """What came in before is in: the one end of a move-in at which something may have been written."""

    code = "stopped_on_the_way"
    message = _(
        "Something Lapak did not foresee stopped it; it is written down for us to mend. What came in is in. Give the files "
        "again: nothing comes in twice."
    )


class UploadTooLarge(MoveInRefused, Unfit):
    code = "upload_too_large"
    field = "given"

    def __init__(self, most_files: int, most_bytes: int) -> None:
        message = _(
            "Give at most {files} files of together {size} GB. Split the pictures over several zips and bring them in one by one."
        )
        super().__init__(filled(message, files=most_files, size=most_bytes >> 30))


class TooMuchWaiting(MoveInRefused, Unfit):
    code = "too_much_waiting"
    field = "given"

    def __init__(self, most: int, most_bytes: int) -> None:
        message = _(
            "As much as can wait is waiting: {most} times files, or {size} GB. Move in what you gave before, or throw it away"
            " below, then give these."
        )
        super().__init__(filled(message, most=most, size=most_bytes >> 30))


class TakeoutNotFound(NotFound):
    """There is no such file, or it is another's."""

    code = "takeout_not_found"
    message = _("There is no such file of yours.")


class TakeoutRunning(Moved):
    code = "takeout_running"
    message = _("This file is being made already. You are told when it is ready.")


class TooManyTakeouts(Refusal):
    """So many a day are enough; each costs the machine as much as all of the shop's goods."""

    code = "too_many_takeouts"

    def __init__(self, most: int) -> None:
        message = _(
            "{most} files a day can be asked for. Those made before are kept for some days; ask for more tomorrow."
        )
        super().__init__(filled(message, most=most))


class TakeoutGone(Moved):
    code = "takeout_gone"
    message = _("This file is not kept any more. Ask for it anew.")


class MadeInVain(Refusal):
    """Nobody foresaw what stopped the job."""

    code = "made_in_vain"
    message = _(
        "Something Lapak did not foresee stopped it; it is written down for us to mend. Please ask for it anew."
    )


class FeedNotFound(NotFound):
    """There is no such feed, or it is another's."""

    code = "feed_not_found"
    message = _("There is no such feed of yours.")


class FeedOpen(Moved):
    """A shop has one of each format."""

    code = "feed_open"
    message = _("This feed is open already.")


class FormatUnknown(Unfit):
    """Nothing is written in a format of this name."""

    code = "format_unknown"
    field = "format"

    def __init__(self, name: str, known: Iterable[str]) -> None:
        message = _("“{name}” is no format that Lapak writes. It writes {formats}.")
        super().__init__(format_lazy(message, name=name, formats=", ".join(known)))


class TemplateNeeded(Unfit):
    """The platform takes nothing but its own template, filled in. `where` it is found, in words."""

    code = "template_needed"
    field = "template"

    def __init__(self, platform: str, where: object) -> None:
        message = _("{platform} takes only its own template, filled in. Download an empty one ({where}) and give it.")
        super().__init__(format_lazy(message, platform=platform, where=where))


class ListNeeded(TemplateNeeded):
    """The platform takes nothing but the list of goods that it has given out, changed."""

    def __init__(self, platform: str, where: object) -> None:
        message = _(
            "{platform} takes only its own list of your goods, with what has changed. Download it ({where}) and give it."
        )
        Unfit.__init__(self, format_lazy(message, platform=platform, where=where))


class TemplateUnfit(Unfit):
    """The file is not the platform's template, or not an empty one."""

    code = "template_unfit"
    field = "template"

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"{file}: {reason}")
