"""What a seller says of a move-in beside its files: categories, names of options, columns, same goods. Said once, remembered by
their shop."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lapak.goods.catalogue.errors import NoSuchCategory
from lapak.goods.catalogue.models import Category
from lapak.goods.catalogue.rules import MAX_OPTION_LENGTH, refuse_unfit_option_names
from lapak.moving.models import MAX_PATH_LENGTH, ChosenCategory, ChosenColumns, ChosenOptionName
from lapak.moving.own_lists.columns import Columns, refuse_unfit_columns
from lapak.moving.same_goods.decisions import Decision, decide
from lapak.moving.same_goods.pairs import PairKey
from lapak.people.shops.models import Shop


@dataclass(frozen=True, slots=True)
class Choices:
    """`categories`: what each path of the old platform is here, None for no category; `option_names`: what an axis is
    called, by each of its values (`options.folded`); `same`: what became of goods that look the same."""

    categories: Mapping[str, int | None] = field(default_factory=dict)
    option_names: Mapping[str, str] = field(default_factory=dict)
    same: Mapping[PairKey, Decision] = field(default_factory=dict)


def choices_of(shop: Shop) -> Choices:
    """All that the shop's sellers have said so far of categories and options."""
    return Choices(
        dict(ChosenCategory.objects.filter(shop=shop).values_list("path", "category_id")),
        dict(ChosenOptionName.objects.filter(shop=shop).values_list("value", "name")),
    )


def remember(shop: Shop, choices: Choices) -> None:
    """These hold from now on, in place of what was said before. What is too long to be kept is said anew each time.

    Refuses an unknown category (`NoSuchCategory`) and an unfit name (`ListingRefused`).
    """
    wanted = {category_id for category_id in choices.categories.values() if category_id is not None}
    if Category.objects.filter(id__in=wanted).count() < len(wanted):
        raise NoSuchCategory
    for name in set(choices.option_names.values()):
        refuse_unfit_option_names((name,), ("",))
    categories = [
        ChosenCategory(shop=shop, path=path, category_id=category_id)
        for path, category_id in choices.categories.items()
        if len(path) <= MAX_PATH_LENGTH
    ]
    ChosenCategory.objects.bulk_create(
        categories, update_conflicts=True, unique_fields=["shop", "path"], update_fields=["category"]
    )
    names = [
        ChosenOptionName(shop=shop, value=value, name=name)
        for value, name in choices.option_names.items()
        if len(value) <= MAX_OPTION_LENGTH
    ]
    ChosenOptionName.objects.bulk_create(
        names, update_conflicts=True, unique_fields=["shop", "value"], update_fields=["name"]
    )
    decide(shop, choices.same)


def columns_chosen(shop: Shop, headers: Iterable[str]) -> dict[str, Columns]:
    """What the shop's sellers have said of lists with these headers."""
    chosen = ChosenColumns.objects.filter(shop=shop, header__in=list(headers))
    return {header: Columns.of_dict(said) for header, said in chosen.values_list("header", "columns")}


def remember_columns(shop: Shop, columns: Mapping[str, Columns]) -> None:
    """Lists with these headers mean this from now on. Refuses (`ColumnsUnfit`) what `refuse_unfit_columns` does."""
    for each in columns.values():
        refuse_unfit_columns(each)
    rows = [ChosenColumns(shop=shop, header=header, columns=each.as_dict()) for header, each in columns.items()]
    ChosenColumns.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["shop", "header"], update_fields=["columns"]
    )
