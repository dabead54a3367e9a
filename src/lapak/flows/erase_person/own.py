"""What is anybody's own: as who they sign in, what they bought, said and were told."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Exists, OuterRef

from lapak.affiliates.known_clicks.commands import forget_known_clicks
from lapak.money.payouts.models import Payout
from lapak.moving.queries import takeouts_of_user
from lapak.moving.takeouts import forget_takeouts
from lapak.people.notices.models import Mail, MutedTopic, Notice
from lapak.people.shops.models import Invitation, Member, Shop
from lapak.people.users.models import Address, BankAccount, EmailChange, Session, User
from lapak.trade.orders.models import Cart, Order, Purchase
from lapak.trade.reviews.models import Review, ReviewPicture
from lapak.trade.reviews.pictures import drop_files_of

_OF_ADDRESS = ("recipient", "phone", "street", "district", "city", "postal_code")
ERASED_AT = "erased.invalid"
"""No mailbox is there (RFC 2606)."""


def erase_own(user: User) -> None:
    """Addresses, cart, clicks, notices, files, words of reviews and their pictures; of orders where they went."""
    Address.objects.filter(user=user).delete()
    Cart.objects.filter(user=user).delete()
    forget_known_clicks(user)
    Notice.objects.filter(reader_id=user.id).delete()
    MutedTopic.objects.filter(reader_id=user.id).delete()
    forget_takeouts(takeouts_of_user(user))
    _erase_where_orders_went(user)
    _erase_reviews(user)
    paid_into = Payout.objects.filter(bank_account=OuterRef("pk"))
    of_a_shop = Shop.objects.filter(bank_account=OuterRef("pk"))
    BankAccount.objects.filter(~Exists(paid_into), ~Exists(of_a_shop), user=user).delete()


def erase_sign_in(user: User) -> None:
    """Nobody signs in as them, and no row says who they were."""
    emails = {user.email, *EmailAddress.objects.filter(user=user).values_list("email", flat=True)}
    emails |= {each for pair in EmailChange.objects.filter(user=user).values_list("old", "new") for each in pair}
    Mail.objects.filter(to__in=emails).delete()
    for rows in (EmailAddress, Authenticator, Session, EmailChange, Invitation, Member):
        rows.objects.filter(user=user).delete()
    user.groups.clear()
    user.email, user.name, user.language = f"{user.id.hex}@{ERASED_AT}", "", settings.LANGUAGE_CODE
    user.is_active, user.last_login = False, None
    user.set_unusable_password()
    user.save(update_fields=["email", "name", "language", "is_active", "last_login", "password"])


def _erase_where_orders_went(user: User) -> None:
    """The province stays, for the figures. The contract keeps the address as long as the law asks."""
    for purchase in Purchase.objects.filter(buyer=user).iterator():
        purchase.address = dict.fromkeys(_OF_ADDRESS, "") | {"province_code": purchase.address.get("province_code", "")}
        purchase.save(update_fields=["address"])
    Order.objects.filter(buyer=user, changed_address__isnull=False).update(changed_address=None)


def _erase_reviews(user: User) -> None:
    """Stars stay, as others counted on them."""
    pictures = ReviewPicture.objects.filter(review__author=user)
    drop_files_of(pictures.select_related("review"))
    pictures.delete()
    Review.objects.filter(author=user).update(words="", picture_count=0)
