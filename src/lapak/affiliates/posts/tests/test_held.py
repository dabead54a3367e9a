"""An offer never owes more fees than it holds."""

import pytest
from django.db import IntegrityError, transaction

from lapak.affiliates.posts import commands as posts
from lapak.affiliates.posts.models import PostOffer
from lapak.goods.catalogue.models import Variant
from lapak.testing.cast import Cast
from lapak.testing.posts import offered

pytestmark = pytest.mark.django_db


def test_the_database_keeps_the_fees_within_what_is_held(cast: Cast, variant: Variant) -> None:
    offer = offered(cast, variant, places=1)
    posts.take_place(cast.creator_user, offer.id)
    for wrong in ({"taken": 2}, {"credited": 2}, {"fee_idr": 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PostOffer.objects.filter(id=offer.id).update(**wrong)
