"""One act on many goods: each judged as one alone, and no other stopped by it."""

import pytest

from lapak.goods.catalogue.models import Category, Product, ProductImage, Stock, StoredImage, Variant
from lapak.goods.mass import commands
from lapak.goods.mass.commands import choose_goods, plan_mass_change, run_mass_change
from lapak.goods.mass.errors import MassChangeMoved, MassChangeNotFound, NothingChosen
from lapak.goods.mass.models import MassChange
from lapak.goods.mass.rules import MOST_GOODS
from lapak.goods.mass.tests.conftest import Change, begun, outcomes
from lapak.people.audit.models import Change as Audited
from lapak.people.shops.errors import ShopNotFound
from lapak.people.shops.rules import Role
from lapak.testing.cast import Cast, stocked_variant
from lapak.testing.crowd import many_products
from lapak.testing.histories import paid_order
from lapak.testing.refused import refused


def drafts(cast: Cast, count: int) -> list[Product]:
    goods = many_products(cast.shop, count)
    Product.objects.filter(id__in=[good.id for good in goods]).update(status="draft")
    return goods


def statuses(goods: list[Product]) -> list[str]:
    found = dict(Product.objects.filter(id__in=[good.id for good in goods]).values_list("id", "status"))
    return [found[good.id] for good in goods]


def test_drafts_are_put_on_sale_and_what_is_not_whole_says_what_it_lacks(cast: Cast, change: Change) -> None:
    whole = stocked_variant(cast.shop).product
    picture = StoredImage.objects.create(sha256="a" * 64, file="images/a.jpg", width_px=1, height_px=1, size_bytes=1)
    ProductImage.objects.create(product=whole, image=picture, position=0)
    (bare,) = drafts(cast, 1)
    Product.objects.filter(id=whole.id).update(status="draft")
    done = change([whole, bare], "publish", only_whole=True)
    assert outcomes(done) == [("done", ""), ("refused", "Left out: no picture.")]
    assert statuses([whole, bare]) == ["published", "draft"]
    assert outcomes(change([whole, bare], "publish", only_whole=False)) == [("as_it_is", ""), ("done", "")]
    assert statuses([bare]) == ["published"]


def test_stock_is_set_and_what_buyers_were_promised_stays(cast: Cast, change: Change) -> None:
    free, promised = stocked_variant(cast.shop, on_hand=9), stocked_variant(cast.shop, on_hand=9)
    paid_order(cast, (promised, 3))
    done = change([free.product, promised.product], "stock", on_hand=2)
    assert [outcome for outcome, _ in outcomes(done)] == ["done", "refused"]
    assert "3 pieces are promised" in outcomes(done)[1][1]
    assert [Stock.objects.get(variant=each).on_hand for each in (free, promised)] == [2, 9]


def test_prices_change_by_percent_are_on_record_and_a_price_that_is_asked_about_is_left(
    cast: Cast, change: Change
) -> None:
    dear, cheap = stocked_variant(cast.shop), stocked_variant(cast.shop)
    Variant.objects.filter(id=dear.id).update(price_idr=99_999)
    Variant.objects.filter(id=cheap.id).update(price_idr=540)
    done = change([dear.product, cheap.product], "price", by_bp=-1_000)
    assert outcomes(done) == [
        ("done", ""),
        ("refused", "Rp486? That is very little. Change it on its own page."),
    ]
    assert Variant.objects.get(id=dear.id).price_idr == 89_999
    assert Variant.objects.get(id=cheap.id).price_idr == 540
    noted = Audited.objects.get(subject_id=str(dear.id))
    assert (noted.field, noted.old, noted.new, noted.by_id) == ("price_idr", "99999", "89999", cast.seller.id)


def test_a_category_is_set_and_all_else_stays(cast: Cast, change: Change) -> None:
    goods, category = many_products(cast.shop, 2), Category.objects.get(code="fashion")
    change(goods, "category", category_id=category.id)
    assert set(Product.objects.values_list("category_id", "description")) == {(category.id, goods[0].description)}


def test_only_drafts_that_nobody_ordered_are_deleted(cast: Cast, change: Change) -> None:
    ordered, listed = stocked_variant(cast.shop), stocked_variant(cast.shop)
    paid_order(cast, (ordered, 1))
    Product.objects.filter(id=ordered.product_id).update(status="draft")
    (draft,) = drafts(cast, 1)
    done = change([ordered.product, listed.product, draft], "delete")
    assert [outcome for outcome, _ in outcomes(done)] == ["refused", "refused", "done"]
    assert set(Product.objects.values_list("id", flat=True)) == {ordered.product_id, listed.product_id}
    assert not commands.is_undoable(done)


@pytest.mark.parametrize(
    ("act", "value"),
    [("publish", {"only_whole": False}), ("stock", {"on_hand": 77}), ("price", {"by_bp": 2_500}), ("category", {})],
)
def test_what_was_done_is_taken_back(cast: Cast, change: Change, act: str, value: dict[str, object]) -> None:
    def looks() -> list[tuple[object, ...]]:
        columns = ("id", "status", "category_id", "variants__price_idr", "variants__stock__on_hand")
        return list(Product.objects.order_by("id").values_list(*columns))

    goods = drafts(cast, 3)
    before = looks()
    if act == "category":
        value = {"category_id": Category.objects.get(code="fashion").id}
    done = change(goods, act, **value)
    assert looks() != before
    back = commands.take_back_mass_change(cast.seller, done.id)
    begun(cast.seller, back)
    assert looks() == before
    with refused(MassChangeMoved):
        commands.take_back_mass_change(cast.seller, done.id)


def test_what_was_changed_again_since_is_not_taken_back(cast: Cast, change: Change) -> None:
    ours, theirs = many_products(cast.shop, 2)
    done = change([ours, theirs], "price", by_bp=1_000)
    before = Variant.objects.get(product=ours).price_idr
    Variant.objects.filter(product=theirs).update(price_idr=77_000)
    back = begun(cast.seller, commands.take_back_mass_change(cast.seller, done.id))
    assert outcomes(back) == [("done", ""), ("refused", "It was changed again since, and stays as it is now.")]
    assert Variant.objects.get(product=ours).price_idr < before
    assert Variant.objects.get(product=theirs).price_idr == 77_000


def test_stock_taken_back_leaves_sold_what_was_sold(cast: Cast, change: Change) -> None:
    variant = stocked_variant(cast.shop, on_hand=10)
    done = change([variant.product], "stock", on_hand=50)
    paid_order(cast, (variant, 4))
    begun(cast.seller, commands.take_back_mass_change(cast.seller, done.id))
    held = Stock.objects.get(variant=variant)
    assert (held.on_hand, held.reserved) == (10, 4)


def test_more_than_a_hundred_are_a_jobs_and_each_is_done_once(
    cast: Cast, change: Change, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "AT_ONCE", 2)
    goods = many_products(cast.shop, 3)
    waiting = change(goods, "price", by_bp=1_000)
    assert waiting.state == "running"
    prices = set(Variant.objects.values_list("price_idr", flat=True))
    for _ in range(2):
        run_mass_change(waiting.id)
    assert Audited.objects.filter(kind="variant").count() == 3
    assert set(Variant.objects.values_list("price_idr", flat=True)).isdisjoint(prices)
    waiting.refresh_from_db()
    assert waiting.state == "done"


def test_a_job_that_broke_off_is_gone_on_with(cast: Cast, change: Change, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "AT_ONCE", 1)
    goods = drafts(cast, 3)
    job = change(goods, "publish", only_whole=False)
    with refused(MassChangeMoved):
        begun(cast.seller, job)  # it is heard of
    commands._do_or_note(job, job.rows.all()[0].id)
    commands.end_unforeseen(job.id)
    begun(cast.seller, job)
    run_mass_change(job.id)
    assert statuses(goods) == ["published"] * 3


def test_who_begins_it_is_who_changed_the_goods(cast: Cast) -> None:
    """Whoever planned it has not said yes to it, and may have left the shop since."""
    variant = stocked_variant(cast.shop)
    planned = choose_goods(cast.seller, cast.shop, [variant.product_id], "en")
    planned = plan_mass_change(cast.seller, planned.id, "price", {"by_bp": 1_000})
    cast.shop.members.create(user=cast.stranger, role=Role.OWNER)
    cast.shop.members.filter(user=cast.seller).delete()
    assert outcomes(begun(cast.stranger, planned)) == [("done", "")]
    assert Audited.objects.get(subject_id=str(variant.id)).by_id == cast.stranger.id


def test_of_what_broke_off_either_the_rest_is_done_or_all_taken_back(
    cast: Cast, change: Change, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "AT_ONCE", 1)
    goods = drafts(cast, 3)
    job = change(goods, "publish", only_whole=False)
    commands._do_or_note(job, job.rows.all()[0].id)
    commands.end_unforeseen(job.id)
    back = commands.take_back_mass_change(cast.seller, job.id)
    begun(cast.seller, job)  # on another page
    with refused(MassChangeMoved):
        begun(cast.seller, back)
    commands.end_unforeseen(job.id)
    begun(cast.seller, commands.take_back_mass_change(cast.seller, job.id))
    assert statuses(goods) == ["draft"] * 3
    job.refresh_from_db()
    assert not commands.has_stopped(job)
    with refused(MassChangeMoved):
        begun(cast.seller, job)


def test_what_was_not_shown_is_not_done(cast: Cast) -> None:
    chosen = choose_goods(cast.seller, cast.shop, [many_products(cast.shop, 1)[0].id], "en")
    planned = plan_mass_change(cast.seller, chosen.id, "price", {"by_bp": -1_000})
    again = plan_mass_change(cast.seller, planned.id, "price", {"by_bp": -5_000})
    with refused(MassChangeMoved):
        begun(cast.seller, planned)
    assert outcomes(begun(cast.seller, again)) == [("done", "")]


def test_goods_of_others_and_no_goods_are_not_chosen(cast: Cast) -> None:
    theirs = many_products(cast.shop, 1)
    with refused(NothingChosen):
        choose_goods(cast.seller, cast.shop, [cast.shop.id], "en")
    with refused(ShopNotFound):
        choose_goods(cast.stranger, cast.shop, [theirs[0].id], "en")
    chosen = choose_goods(cast.seller, cast.shop, [theirs[0].id] * 2, "en")
    with refused(MassChangeNotFound):
        plan_mass_change(cast.stranger, chosen.id, "archive", {})
    with refused(MassChangeMoved):
        begun(cast.seller, chosen)  # nobody has said what


def test_a_change_is_bounded(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_GOODS >= 1_000
    monkeypatch.setattr(commands, "MOST_GOODS", 2)
    goods = many_products(cast.shop, 3)
    assert choose_goods(cast.seller, cast.shop, [good.id for good in goods], "en").rows.count() == 2


def test_old_changes_are_forgotten(cast: Cast, change: Change) -> None:
    done = change(many_products(cast.shop, 1), "archive")
    assert commands.clear_old_changes() == 0
    MassChange.objects.filter(id=done.id).update(made_at=done.made_at - commands.KEPT_FOR)
    assert commands.clear_old_changes() == 1
    assert not MassChange.objects.exists()
