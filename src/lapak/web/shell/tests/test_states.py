"""One table says what a state looks like and is called: it knows every state, and its readers' words."""

import pytest
from django.apps import apps
from django.utils.translation import override

from lapak.trade.orders.models import Order
from lapak.trade.returns.models import Return
from lapak.web.shell.states import LOOKS, Reader, Tone, field_of, shown


@pytest.mark.parametrize("of", LOOKS)
def test_every_state_of_a_kind_has_its_look_and_no_other(of: str) -> None:
    model = apps.get_model(of)
    choices = model._meta.get_field(field_of(model)).choices
    assert set(LOOKS[of]) == {value for value, _words in choices}


def test_a_task_of_the_shop_is_none_of_the_buyers() -> None:
    order, return_ = Order(state="to_pack"), Return(state="asked")
    with override("id"):
        assert [str(shown(order, who).words) for who in (Reader.BUYER, Reader.SELLER)] == [
            "sedang disiapkan",
            "perlu dikemas",
        ]
        assert [str(shown(return_, who).words) for who in (Reader.BUYER, Reader.SELLER)] == [
            "menunggu jawaban toko",
            "perlu dijawab",
        ]
    assert {shown(order, who).tone for who in Reader} == {Tone.INFO}
