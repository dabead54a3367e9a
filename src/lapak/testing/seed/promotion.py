"""Rates of single goods in the big market, and clicks that signed-in buyers are known by."""

from django.db import connection

from lapak.affiliates.token import MOST_REMEMBERED

_SPECIAL_RATES = """
    INSERT INTO terms_specialrate (id, programme_id, product_id, rate_bp, announced_at)
    SELECT gen_random_uuid(), programme.id, product.id, 1200, programme.created_at
    FROM (SELECT id, shop_id, row_number() OVER (ORDER BY id) AS place FROM catalogue_product) AS product
    JOIN affiliates_programme AS programme ON programme.shop_id = product.shop_id AND programme.kind = 'open'
    WHERE place % 20 = 0
"""

_KNOWN_CLICKS = """
    INSERT INTO known_clicks_knownclick (user_id, link_id, click_id, clicked_at)
    SELECT buyer.id, click.link_id, click.id, click.clicked_at
    FROM (SELECT DISTINCT buyer_id AS id FROM orders_order) AS buyer
    CROSS JOIN (SELECT id, link_id, clicked_at FROM clicks_click ORDER BY clicked_at DESC LIMIT %s) AS click
"""


def seed_promotion() -> None:
    """Every twentieth of the goods has a rate of its own; whoever bought is known by the newest clicks, as many as are kept."""
    with connection.cursor() as cursor:
        cursor.execute(_SPECIAL_RATES)
        cursor.execute(_KNOWN_CLICKS, [MOST_REMEMBERED])
