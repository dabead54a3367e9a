"""The stars beside goods and shops: those of the reviews that everybody reads."""

from django.utils.translation import gettext_noop as _

from lapak.books.checks.check import Check

_COLUMNS = "ARRAY[r.stars_1, r.stars_2, r.stars_3, r.stars_4, r.stars_5]"

_GIVEN = "ARRAY[" + ", ".join(f"count(*) FILTER (WHERE stars = {stars})" for stars in range(1, 6)) + "]::integer[]"


def _stars(name: str, says: str, of: str, owner: str) -> Check:
    query = f"""
        WITH given AS (
            SELECT {owner} AS owner, {_GIVEN} AS stars FROM reviews_review WHERE hidden_at IS NULL GROUP BY {owner}
        ), kept AS (SELECT {owner} AS owner, {_COLUMNS} AS stars FROM {of} r)
        SELECT owner::text AS subject, coalesce(given.stars, '{{0,0,0,0,0}}')::text AS expected,
            coalesce(kept.stars, '{{0,0,0,0,0}}')::text AS found, ARRAY[]::uuid[] AS refs
        FROM given FULL JOIN kept USING (owner)
        WHERE coalesce(given.stars, '{{0,0,0,0,0}}') <> coalesce(kept.stars, '{{0,0,0,0,0}}')
        """  # noqa: S608 - the checks' own words
    return Check(name, says, of, query)


CHECKS = (
    _stars(
        "product_stars", _("a product's stars are not those of its reviews"), "catalogue_productrating", "product_id"
    ),
    _stars("shop_stars", _("a shop's stars are not those of its reviews"), "catalogue_shoprating", "shop_id"),
)
