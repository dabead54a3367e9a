"""What a paid post is in the books: pure.

What is set aside and given back refers to the offer, a fee to its post. `fact` tells apart several of one offer.
"""

import uuid

from lapak.affiliates.models import Creator
from lapak.affiliates.postings import PPH21, PPH23
from lapak.affiliates.posts.models import Post, PostOffer
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.transfers import AccountKey, NewTransfer, TransferCode, account_of, without_zeros

_WITHHELD: dict[str, tuple[TransferCode, AccountKey]] = {
    Creator.TaxStatus.INDIVIDUAL: (TransferCode.POST_FEE_PPH21, PPH21),
    Creator.TaxStatus.COMPANY: (TransferCode.POST_FEE_PPH23, PPH23),
}


def fees_held(offer: PostOffer) -> list[NewTransfer]:
    """The fees of all its places are set apart from what is owed to the shop.

    | fact                    | debit          | credit         |
    |-------------------------|----------------|----------------|
    | fees for posts set apart | seller_payable | post_fees_held |
    """
    shop, held = shop_account(offer.shop_id), held_account(offer.shop_id)
    return [NewTransfer(TransferCode.POST_FEES_HELD, offer.id, shop, held, offer.fee_idr * offer.places)]


def fees_returned(offer: PostOffer, amount_idr: int, fact: str) -> list[NewTransfer]:
    """What nobody will earn is the shop's again: the offer is over, or a place under one that is.

    | fact                      | debit          | credit         |
    |---------------------------|----------------|----------------|
    | fees for posts given back | post_fees_held | seller_payable |
    """
    shop, held = shop_account(offer.shop_id), held_account(offer.shop_id)
    return without_zeros(NewTransfer(TransferCode.POST_FEES_RETURNED, offer.id, held, shop, amount_idr, part=fact))


def fee_credited(post: Post) -> list[NewTransfer]:
    """The fee is the creator's, and the tax on it is withheld: an individual's or a company's.

    | fact                | debit           | credit                 |
    |---------------------|-----------------|------------------------|
    | fee for a post      | post_fees_held  | creator_payable        |
    | PPh 21 or 23 on it  | creator_payable | tax_pph21 or tax_pph23 |
    """
    held, creator = held_account(post.shop_id), creator_account(post.creator_id)
    code, tax = _WITHHELD[post.taxed_as]
    return without_zeros(
        NewTransfer(TransferCode.POST_FEE, post.id, held, creator, post.fee_idr),
        NewTransfer(code, post.id, creator, tax, post.tax_idr),
    )


def shop_account(shop_id: uuid.UUID) -> AccountKey:
    """What is owed to the shop."""
    return account_of(AccountKind.SELLER_PAYABLE, shop_id)


def held_account(shop_id: uuid.UUID) -> AccountKey:
    """Where the fees of a shop's offers wait for its creators."""
    return account_of(AccountKind.POST_FEES_HELD, shop_id)


def creator_account(creator_id: uuid.UUID) -> AccountKey:
    """What is owed to the creator."""
    return account_of(AccountKind.CREATOR_PAYABLE, creator_id)
