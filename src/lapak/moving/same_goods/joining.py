"""Goods of two platforms that are one, as their seller said: those that come later are known as the first, and change nothing of
them but price and stock, if these lead."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from lapak.goods.catalogue.models import Variant
from lapak.lib.acts import act
from lapak.moving.bundle import SourceProduct, SourceVariant
from lapak.moving.check import Checked, Listing
from lapak.moving.options import folded
from lapak.moving.pictures import Pictures
from lapak.moving.records import PRODUCT, SKU, Entry, remember_new, remembered, remembered_of
from lapak.moving.same_goods.decisions import Decision, decided, led_by_others
from lapak.moving.same_goods.pairs import Pair, PairKey, Why, pairs_of
from lapak.moving.same_goods.sides import Side, came_from_others, remembered_sides, side_of
from lapak.people.shops.models import Shop

_OF_PRODUCTS = (
    "title", "description", "category", "brand", "attributes", "images", "weight_g", "length_cm", "width_cm", "height_cm",
    "origin", "has_ai_pictures", "has_ai_words", "status",
)  # fmt: skip

_OF_OFFERS = ("price_idr", "stock")


@dataclass(frozen=True, slots=True)
class Joined:
    """A listing that is the same as another platform's goods."""

    listing: Listing
    key: PairKey
    decision: Decision


@dataclass(slots=True)
class Same:
    """What of the goods that come in is the same as others, and what only looks so."""

    joined: dict[str, list[Joined]] = field(default_factory=dict)
    """By platform."""
    pairs: list[Pair] = field(default_factory=list)
    """On which nothing was said yet."""
    said_now: dict[PairKey, Decision] = field(default_factory=dict)

    def apart(self, platform: str, checked: Checked) -> Checked:
        """What comes in by itself."""
        joined = {id(each.listing) for each in self.joined.get(platform, ())}
        listings = [listing for listing in checked.listings if id(listing) not in joined]
        left_out = checked.left_out_products, checked.left_out_variants, checked.nameless_rows
        return Checked(listings, checked.problems, *left_out)


def same_goods(shop: Shop, checked: Mapping[str, Checked], pictures: Pictures, *, join_same_skus: bool) -> Same:
    """Looks at all that comes in, platform by platform in their order, and at what came before from others.

    `join_same_skus` takes what has the same SKU for one, with price and stock of the first.
    """
    same, before = Same(), list[Side]()
    for platform, each in checked.items():
        if len(checked) == 1 and not came_from_others(shop, platform):
            continue
        listings = {listing.source.product_id: listing for listing in each.listings}
        said = decided(shop, platform, listings)
        _heed(shop, platform, listings.values())
        known = remembered(shop, platform, PRODUCT, list(listings))
        two = {key for key, decision in said.items() if decision is Decision.TWO}
        ones = {key: decision for key, decision in said.items() if key not in two}
        open_to = listings.keys() - known.keys() - {key[1] for key in ones}
        sides = [side_of(platform, listings[source_id], pictures) for source_id in listings if source_id in open_to]
        here = {(side.platform, side.source_id) for side in before}
        came = [s for s in remembered_sides(shop, platform, sides) if (s.platform, s.source_id) not in here]
        pairs = pairs_of(sides, [*before, *came], two)
        if join_same_skus:
            same.said_now |= {pair.key: Decision.FIRST_LEADS for pair in pairs if pair.why is Why.SKU}
        same.pairs += [pair for pair in pairs if pair.key not in same.said_now]
        ones |= {key: decision for key, decision in same.said_now.items() if key[0] == platform}
        same.joined[platform] = list(_joined(shop, listings, ones))
        if len(checked) > 1:
            before += [side_of(platform, listing, pictures) for listing in same.apart(platform, each).listings]
    return same


def join(shop: Shop, joined: Sequence[Joined]) -> None:
    """Those that are new are known as what came first, where that is here. Nothing they say is taken over yet."""
    entries: dict[str, list[Entry]] = {}
    for first_platform in {each.key[2] for each in joined}:
        of_one = [each for each in joined if each.key[2] == first_platform]
        targets = remembered(shop, first_platform, PRODUCT, [each.key[3] for each in of_one])
        variants = _variants_of([known.target_id for known in targets.values()])
        skus = remembered_of(shop, first_platform, SKU, [v.id for living in variants.values() for v in living])
        known = _products_by_key(shop, ((each.key[0], each.key[1]) for each in of_one))
        for each in of_one:
            platform, source_id = each.key[:2]
            if each.key[3] in targets and (platform, source_id) not in known:
                target_id = targets[each.key[3]].target_id
                source, mine = each.listing.source, entries.setdefault(platform, [])
                mine.append(Entry(PRODUCT, source_id, target_id, {}, source.originals))
                for variant, living in _matched(each.listing, variants.get(target_id, ())):
                    was = skus[living.id].fields if living.id in skus else {}
                    fields = {name: said for name, said in was.items() if name in _OF_OFFERS}
                    fields |= {"product_id": source_id, "option_values": list(living.option_values)}
                    mine.append(Entry(SKU, variant.sku_id, living.id, fields, variant.unmapped))
    _remember(shop, entries)


def together(shop: Shop, platform: str, joined: Sequence[Joined]) -> tuple[list[Listing], list[Listing]]:
    """The listings that are known as what came first, saying only what is heard of them; and those that are not known so far."""
    known = remembered(shop, platform, PRODUCT, [each.key[1] for each in joined])
    skus = remembered(shop, platform, SKU, [v.sku_id for each in joined for v in each.listing.variants])
    heard, unheard = [], []
    for each in joined:
        if each.key[1] not in known:
            unheard.append(each.listing)
            continue
        _silence_product(each.listing.source)
        for variant in each.listing.variants:
            if variant.sku_id in skus:
                variant.variation, variant.options, variant.seller_sku = None, (), None
                if each.decision is Decision.FIRST_LEADS:
                    variant.price_idr = variant.stock = None
        heard.append(each.listing)
    return heard, unheard


def _joined(shop: Shop, listings: Mapping[str, Listing], ones: Mapping[PairKey, Decision]) -> Iterator[Joined]:
    """Not those that came in by themselves meanwhile, as the first was left out."""
    here = _products_by_key(shop, (each for key in ones for each in (key[:2], key[2:])))
    for key, decision in ones.items():
        if key[:2] not in here or here[key[:2]] == here.get(key[2:]):
            yield Joined(listings[key[1]], key, decision)


def _heed(shop: Shop, platform: str, listings: Iterable[Listing]) -> None:
    """Price and stock are not heard of goods that are here when those that came later lead."""
    by_id = {listing.source.product_id: listing for listing in listings}
    led = led_by_others(shop, platform, by_id)
    here = _products_by_key(shop, (key[:2] for key in led))
    variants = [variant for key in led if key[:2] in here for variant in by_id[key[3]].variants]
    known = remembered(shop, platform, SKU, [variant.sku_id for variant in variants])
    for variant in variants:
        if variant.sku_id in known:
            variant.price_idr = variant.stock = None


def _products_by_key(shop: Shop, keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], UUID]:
    """What these products, by platform and id, became here; one query for each platform."""
    wanted: dict[str, list[str]] = {}
    for platform, source_id in keys:
        wanted.setdefault(platform, []).append(source_id)
    return {
        (platform, known.source_id): known.target_id
        for platform, source_ids in wanted.items()
        for known in remembered(shop, platform, PRODUCT, source_ids).values()
    }


def _silence_product(source: SourceProduct) -> None:
    for name in _OF_PRODUCTS:
        setattr(source, name, None)
    source.option_names = ()


def _variants_of(product_ids: Sequence[UUID]) -> dict[UUID, list[Variant]]:
    found: dict[UUID, list[Variant]] = {}
    for variant in Variant.objects.filter(product_id__in=product_ids).order_by("position"):
        found.setdefault(variant.product_id, []).append(variant)
    return found


def _matched(listing: Listing, living: Sequence[Variant]) -> Iterator[tuple[SourceVariant, Variant]]:
    """Each SKU with the variant of the same SKU, else of the same options, else the only one with the only one."""
    free = list(living)
    for variant in listing.variants:
        options = {folded(value) for value in variant.options or (variant.variation or "").split(",") if value}
        found = next(
            (each for each in free if variant.seller_sku and folded(variant.seller_sku) == folded(each.seller_sku)),
            None,
        ) or next(
            (each for each in free if options and {folded(value) for value in each.option_values} == options), None
        )
        if found is None and len(listing.variants) == len(living) == 1:
            found = living[0]
        if found is not None:
            free.remove(found)
            yield variant, found


@act
def _remember(shop: Shop, entries: Mapping[str, Sequence[Entry]]) -> None:
    """Of no upload: taking one back takes nothing that another brought."""
    for platform, mine in entries.items():
        remember_new(shop, platform, mine, None)
