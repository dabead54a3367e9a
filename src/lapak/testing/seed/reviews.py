"""What buyers of the big market said of what they received."""

from django.db import connection

_OF_LINES = """
    FROM orders_orderline AS line JOIN orders_order AS bought ON bought.id = line.order_id
    JOIN catalogue_variant AS variant ON variant.id = line.variant_id
    WHERE bought.state = 'completed' AND line.refunded_quantity < line.quantity
"""

_STARS = "1 + abs(hashtext(line.id::text)) % 5"

_REVIEWS = f"""
    INSERT INTO reviews_review (id, line_id, product_id, shop_id, author_id, stars, words, picture_count, written_at,
        answer, hidden_because, answer_hidden_because)
    SELECT gen_random_uuid(), line.id, variant.product_id, line.shop_id, bought.buyer_id, {_STARS}, 'As it was described.', 0,
        bought.completed_at, '', '', ''
    {_OF_LINES}
"""

_EVENTS = """
    INSERT INTO reviews_reviewevent (id, line_id, shop_id, kind, to_stars, actor_id, words, happened_at)
    SELECT gen_random_uuid(), line_id, shop_id, 'written', stars, author_id, '', written_at FROM reviews_review
"""


def seed_reviews() -> None:
    """Everything that was received and kept is reviewed, once."""
    given = ", ".join(f"count(*) FILTER (WHERE stars = {stars})" for stars in range(1, 6))
    of_product = f"SELECT product_id, shop_id, {given} FROM reviews_review GROUP BY product_id, shop_id"  # noqa: S608
    of_shop = f"SELECT shop_id, {given} FROM reviews_review GROUP BY shop_id"  # noqa: S608
    columns = ", ".join(f"stars_{stars}" for stars in range(1, 6))
    with connection.cursor() as cursor:
        cursor.execute(_REVIEWS)
        cursor.execute(_EVENTS)
        cursor.execute(f"INSERT INTO catalogue_productrating (product_id, shop_id, {columns}) {of_product}")
        cursor.execute(f"INSERT INTO catalogue_shoprating (shop_id, {columns}) {of_shop}")
