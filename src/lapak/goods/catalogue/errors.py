"""What the catalogue refuses."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lapak.lib.numbers import filled
from lapak.lib.refusal import NotFound, Refusal, Unfit


class ProductNotFound(NotFound):
    """There is no such product, or it is another shop's: a stranger cannot tell which."""

    code = "product_not_found"
    message = _("There is no such product among yours.")


class NoSuchCategory(Unfit):
    code = "category_unknown"
    field = "category_id"
    message = _("There is no such category. Choose one from the list.")


class ListingRefused(Unfit):
    """The listing is not fit to be written; `field` names what to correct."""

    code = "listing_refused"

    def __init__(self, field: str, message: "str | Promise") -> None:
        super().__init__(message)
        self.field = field


class StockBelowReserved(Unfit):
    """Buyers were promised more than would be left."""

    code = "stock_below_reserved"
    field = "on_hand"

    def __init__(self, reserved: int) -> None:
        super().__init__(
            _("%(reserved)d pieces are promised to buyers. Keep at least as many in stock.") % {"reserved": reserved}
        )
        self.reserved = reserved


class StockMeanwhile(Unfit):
    """The shelf changed since its number was shown, and what was typed would leave too little on it."""

    code = "stock_meanwhile"
    field = "on_hand"

    def __init__(self, on_hand: int, reserved: int) -> None:
        super().__init__(
            _(
                "Meanwhile the shelf has %(on_hand)d pieces, %(reserved)d of them promised to buyers. Look and type it again."
            )
            % {"on_hand": on_hand, "reserved": reserved}
        )


class GoodsInUse(Refusal):
    code = "goods_in_use"
    message = _(
        "Some of these goods were ordered already, or a creator's link leads to them: they stay. Archive what should not be sold."
    )


class ProductTakenDown(Refusal):
    """Lapak does not allow it here; its shop's owner may object."""

    code = "product_taken_down"
    message = _("Lapak has taken this product down, and it stays off sale. Its page says why, and how to object.")


class NotADraft(Refusal):
    code = "not_a_draft"
    message = _("Only drafts can be deleted. Take it off sale instead: orders of it stay readable.")


class GalleryFull(Refusal):
    code = "gallery_full"

    def __init__(self, most: int) -> None:
        super().__init__(filled(_("A product shows up to {most} pictures. Remove one first."), most=most))


class ImageRefused(Unfit):
    """The file is no picture Lapak can show; each subclass says why and what to do."""

    code = "image_refused"
    field = "picture"


class ImageUnreadable(ImageRefused):
    code = "image_unreadable"
    message = _("This is not a picture Lapak can read. Use a JPEG, PNG or WebP file.")


class ImageTooHeavy(ImageRefused):
    code = "image_too_heavy"

    def __init__(self, most_bytes: int) -> None:
        message = _("The picture is larger than {most} MB. Save it smaller and try again.")
        super().__init__(filled(message, most=most_bytes >> 20))


class ImageTooLarge(ImageRefused):
    code = "image_too_large"

    def __init__(self, most_pixels: int) -> None:
        message = _("The picture has more than {most} megapixels. Save it smaller and try again.")
        super().__init__(filled(message, most=most_pixels // 1_000_000))


class NumbersMissing(Refusal):
    """Goods of their category show numbers that these do not."""

    code = "numbers_missing"

    def __init__(self, missing: "Iterable[str]", sources: "Iterable[str]") -> None:
        super().__init__(
            _("Goods of this category need: %(missing)s (%(sources)s). Write it under “Numbers of standards” first.")
            % {"missing": "; ".join(missing), "sources": "; ".join(dict.fromkeys(sources))}
        )
