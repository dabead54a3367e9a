"""The creator at the desk: signed in, in a programme, with a link that has sold something."""

import pytest
from django.test import Client

from lapak.affiliates.models import Commission, Link
from lapak.goods.catalogue.models import Variant
from lapak.testing.cast import Cast, click_on, link_to
from lapak.testing.histories import paid_order


@pytest.fixture
def creator(client: Client, cast: Cast) -> Client:
    """The client, signed in as the creator."""
    client.force_login(cast.creator_user)
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def link(cast: Cast, variant: Variant) -> Link:
    return link_to(cast, variant.product)


@pytest.fixture
def pending(cast: Cast, variant: Variant, link: Link) -> Commission:
    """The worked example's commission, before the order completes."""
    order = paid_order(cast, (variant, 1), click=click_on(link))
    return Commission.objects.get(order_id=order.id)
