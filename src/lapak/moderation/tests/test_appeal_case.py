"""The shop's owner objects once; another operator decides, and without an answer it is lifted."""

from datetime import timedelta

import pytest

from lapak.flows.clocks import run_due_clocks
from lapak.goods.catalogue.models import Product
from lapak.goods.catalogue.on_sale import on_sale
from lapak.goods.catalogue.tests.conftest import picture
from lapak.lib import clock
from lapak.moderation.appealing import appeal_case
from lapak.moderation.deciding import end_time_of_case, keep_case, lift_case
from lapak.moderation.errors import AnotherDecidesAppeal, CaseMoved, CaseNotFound, CaseWordsRefused
from lapak.moderation.models import Case
from lapak.moderation.queries import case_for_seller, figures, picture_of_case
from lapak.people.shops.errors import NotYourDuty
from lapak.people.shops.rules import Role
from lapak.people.users.models import User
from lapak.people.users.operators import OperatorRole
from lapak.testing.cast import Cast, operator_as
from lapak.testing.moderation import goods_taken_down, reported_goods, shop_suspended
from lapak.testing.refused import refused

pytestmark = pytest.mark.django_db

WHY = "We have a licence of the brand; the letter is in the picture."


def silence(case: Case, days: int) -> Case:
    """Nobody says anything for so long, and the clock runs."""
    with clock.stopped_at(clock.now() + timedelta(days=days)):
        run_due_clocks()
    return Case.objects.get(id=case.id)


def colleague(cast: Cast) -> User:
    user = User.objects.create_user("admin@example.com", name="Admin")
    cast.shop.members.create(user=user, role=Role.ADMIN)
    return user


def test_the_owner_objects_once_and_another_decides(cast: Cast, product: Product) -> None:
    other = operator_as(OperatorRole.TRUST)
    case = appeal_case(cast.seller, goods_taken_down(cast, product).id, WHY, [picture()])
    assert (case.appeal, case.pictures.count()) == (WHY, 1)
    with refused(CaseMoved):
        appeal_case(cast.seller, case.id, "And another thing.")
    for act in (lift_case, keep_case):
        with refused(AnotherDecidesAppeal):
            act(cast.operator, case.id, "Again.")
    lift_case(other, case.id, "The licence is real.")
    assert on_sale().filter(id=product.id).exists()
    assert (figures().appeals, figures().appeals_upheld) == (1, 1)


def test_where_there_is_nobody_else_the_same_operator_decides(cast: Cast) -> None:
    case = appeal_case(cast.seller, goods_taken_down(cast).id, WHY)
    keep_case(cast.operator, case.id, "The licence is of another brand.")
    assert silence(case, 200).state == "final", "goods stay down"
    assert (figures().appeals, figures().appeals_upheld) == (1, 0)
    lift_case(cast.operator, case.id, "Yet it is real.")


def test_only_an_owner_of_the_shop_objects(cast: Cast) -> None:
    case = goods_taken_down(cast)
    for stranger in (cast.stranger, cast.buyer):
        with refused(CaseNotFound):
            appeal_case(stranger, case.id, WHY)
    admin = colleague(cast)
    with refused(NotYourDuty):
        appeal_case(admin, case.id, WHY)
    with refused(CaseWordsRefused):
        appeal_case(cast.seller, case.id, "")


def test_a_shop_reads_nothing_before_it_is_decided(cast: Cast) -> None:
    case = reported_goods(cast)
    with refused(CaseNotFound):
        case_for_seller(cast.seller, case.id)
    with refused(CaseNotFound):
        appeal_case(cast.seller, case.id, WHY)


def test_an_objection_that_nobody_answers_is_upheld(cast: Cast, product: Product) -> None:
    case = appeal_case(cast.seller, goods_taken_down(cast, product).id, WHY)
    assert case.act_by is not None
    assert timedelta(days=17) < case.act_by - clock.now() < timedelta(days=40), "14 working days"
    assert silence(case, 13).state == "appealed"
    assert silence(case, 41).state == "lifted"
    assert on_sale().filter(id=product.id).exists()


def test_a_decision_that_nobody_objects_to_stands(cast: Cast, product: Product) -> None:
    case = goods_taken_down(cast, product)
    assert silence(case, 13).state == "upheld"
    with clock.stopped_at(clock.now() + timedelta(days=14, minutes=1)), refused(CaseMoved):
        appeal_case(cast.seller, case.id, "Too late, though the clock has not come by.")
    assert silence(case, 15).state == "final"
    assert not on_sale().filter(id=product.id).exists()
    with refused(CaseMoved):
        appeal_case(cast.seller, case.id, WHY)


def test_a_suspension_ends_on_its_date_whatever_is_on_its_way(cast: Cast) -> None:
    case = appeal_case(cast.seller, shop_suspended(cast, days=2).id, WHY)
    assert silence(case, 4).state == "ended"
    with refused(CaseMoved):
        end_time_of_case(case.id, words="Twice.")


def test_a_final_suspension_ends_on_its_date_too(cast: Cast) -> None:
    case = shop_suspended(cast, days=30)
    assert silence(case, 20).state == "final"
    assert silence(case, 40).state == "ended"


def test_pictures_are_for_the_operator_and_who_gave_them(cast: Cast) -> None:
    case = appeal_case(cast.seller, goods_taken_down(cast).id, WHY, [picture()])
    found = case.pictures.get()
    assert picture_of_case(cast.operator, found.id) == picture_of_case(cast.seller, found.id) == found
    with refused(CaseNotFound):
        picture_of_case(cast.stranger, found.id)
    admin = colleague(cast)
    with refused(NotYourDuty):
        picture_of_case(admin, found.id)
