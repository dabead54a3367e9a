-- One purchase, whole or not at all: every table it touches, in one statement, planned once a connection.
-- It writes only if every line is on sale at the price the buyer was shown, every shop open, every shipping price as
-- shown, and the address the buyer's own. Too little stock breaks the constraint stock_within_bounds, a repeated key
-- purchase_once_per_key; either undoes the statement. An empty answer, too, means that nothing was written.
WITH asked_order AS (
    SELECT * FROM unnest(
        %(order_ids)s::uuid[], %(shop_ids)s::uuid[], %(service_codes)s::text[], %(shown_shipping_idr)s::bigint[],
        %(event_ids)s::uuid[]
    ) AS o (id, shop_id, service_code, shown_shipping_idr, event_id)
),
asked_line AS (
    SELECT * FROM unnest(
        %(line_ids)s::uuid[], %(line_order_ids)s::uuid[], %(variant_ids)s::uuid[], %(quantities)s::int[],
        %(shown_prices_idr)s::bigint[]
    ) AS l (id, order_id, variant_id, quantity, shown_price_idr)
),
-- The goods as they are now, their stock locked in variant-id order: two purchases never wait for each other in a ring.
line AS MATERIALIZED (
    SELECT
        asked_line.id, asked_line.order_id, asked_line.variant_id, asked_line.quantity, variant.price_idr,
        variant.option_values, product.id AS product_id, product.shop_id, product.title, product.brand,
        product.attributes, product.weight_g
    FROM asked_line
    JOIN asked_order ON asked_order.id = asked_line.order_id
    JOIN catalogue_variant AS variant ON variant.id = asked_line.variant_id
    JOIN catalogue_product AS product ON product.id = variant.product_id
    JOIN catalogue_stock AS stock ON stock.variant_id = variant.id
    WHERE variant.is_active
        AND product.status = 'published'
        AND product.shop_id = asked_order.shop_id
        AND variant.price_idr = asked_line.shown_price_idr
    ORDER BY variant.id
    FOR UPDATE OF stock
),
address AS (
    SELECT address.*, zone.zone
    FROM users_address AS address
    JOIN shipping_provincezone AS zone ON zone.province_code = address.province_code
    WHERE address.id = %(address_id)s AND address.user_id = %(buyer_id)s
),
goods_of_order AS (
    SELECT
        order_id, sum(quantity * price_idr)::bigint AS goods_idr, sum(quantity * weight_g)::bigint AS weight_g,
        count(*) AS lines,
        jsonb_agg(jsonb_build_object(
            'title', title, 'option', option_values, 'brand', brand, 'attributes', attributes,
            'quantity', quantity, 'unit_price_idr', price_idr
        )) AS specification
    FROM line GROUP BY order_id
),
-- The shipping price: the same formula as shipping/rules.py.
ready_order AS (
    SELECT
        asked_order.id, asked_order.event_id, asked_order.shop_id, asked_order.service_code, service.courier,
        asked_order.shown_shipping_idr,
        rate.first_kg_idr + rate.next_kg_idr * ((goods.weight_g + 999) / 1000 - 1) AS shipping_idr,
        goods.goods_idr, goods.lines, goods.specification, service.name AS service_name,
        rate.min_days, rate.max_days, shop.name AS shop_name, shop.nib, shop.street, shop.city
    FROM asked_order
    JOIN goods_of_order AS goods ON goods.order_id = asked_order.id
    JOIN shops_shop AS shop ON shop.id = asked_order.shop_id AND shop.is_open
    JOIN shipping_provincezone AS origin ON origin.province_code = shop.province_code
    CROSS JOIN address
    JOIN shipping_service AS service ON service.code = asked_order.service_code AND service.is_active
    JOIN shipping_rate AS rate ON rate.service_id = service.code
        AND rate.origin_zone = origin.zone AND rate.destination_zone = address.zone
),
accepted AS MATERIALIZED (
    SELECT sum(goods_idr + shipping_idr)::bigint AS total_idr
    FROM ready_order
    HAVING count(*) = cardinality(%(order_ids)s::uuid[])
        AND sum(lines) = cardinality(%(line_ids)s::uuid[])
        AND bool_and(shipping_idr = shown_shipping_idr)
        AND sum(goods_idr + shipping_idr) <= %(most_idr)s
),
reserved AS (
    UPDATE catalogue_stock AS stock
    SET reserved = stock.reserved + line.quantity
    FROM line, accepted
    WHERE stock.variant_id = line.variant_id
    RETURNING line.product_id, stock.on_hand = stock.reserved AS is_sold_out
),
-- Search follows the change log: the last piece was sold.
sold_out AS (
    INSERT INTO catalogue_productchange (product_id, changed_at)
    SELECT DISTINCT product_id, %(now)s::timestamptz FROM reserved WHERE is_sold_out
),
new_intent AS (
    INSERT INTO payments_paymentintent (
        id, pays_for, buyer_id, provider, method, amount_idr, status, created_at, expires_at, provider_reference,
        instructions
    )
    SELECT
        %(intent_id)s, %(purchase_id)s, %(buyer_id)s, %(provider)s, %(method)s, total_idr, 'pending', %(now)s, %(pay_by)s,
        '', '{}'
    FROM accepted
),
new_purchase AS (
    INSERT INTO orders_purchase (id, buyer_id, idempotency_key, address, total_idr, placed_at, pay_by)
    SELECT
        %(purchase_id)s, %(buyer_id)s, %(idempotency_key)s,
        jsonb_build_object(
            'recipient', recipient, 'phone', phone, 'street', street, 'district', district, 'city', city,
            'province_code', province_code, 'postal_code', postal_code
        ),
        total_idr, %(now)s, %(pay_by)s
    FROM accepted, address
),
-- The contract: the nine items of PP 80/2019 Art. 53; the standing terms come from flows/contract.py.
new_order AS (
    INSERT INTO orders_order (
        id, purchase_id, buyer_id, shop_id, state, goods_idr, shipping_idr, shipping_service, courier, placed_at,
        pay_by, pack_within_working_days, ship_within_working_days, arrive_within_days, decide_within_days,
        complete_after_days, complete_after_days_by_shop
    )
    SELECT
        ready_order.id, %(purchase_id)s, %(buyer_id)s, shop_id, 'awaiting_payment', goods_idr, shipping_idr,
        service_code, courier, %(now)s, %(pay_by)s, %(pack_within_working_days)s, %(ship_within_working_days)s,
        %(arrive_within_days)s, %(decide_within_days)s, %(complete_after_days)s, %(complete_after_days_by_shop)s
    FROM ready_order, accepted
),
new_contract AS (
    INSERT INTO orders_ordercontract (order_id, shop_id, body)
    SELECT
        ready_order.id, shop_id, %(terms)s::jsonb || jsonb_build_object(
            'parties', jsonb_build_object(
                'seller', jsonb_build_object('name', shop_name, 'nib', nib, 'street', street, 'city', city),
                'buyer', jsonb_build_object('id', %(buyer_id)s::text)
            ),
            'specification', specification,
            'value', jsonb_build_object('goods_idr', goods_idr, 'shipping_idr', shipping_idr),
            'delivery', jsonb_build_object('service', service_name, 'min_days', min_days, 'max_days', max_days)
        )
    FROM ready_order, accepted
),
new_line AS (
    INSERT INTO orders_orderline (
        id, order_id, shop_id, variant_id, title, option_label, quantity, unit_price_idr, paid_idr
    )
    SELECT
        id, order_id, shop_id, variant_id, title,
        left((SELECT coalesce(string_agg(value, ', '), '') FROM jsonb_array_elements_text(option_values)), 200),
        quantity, price_idr, quantity * price_idr
    FROM line, accepted
),
new_event AS (
    INSERT INTO orders_orderevent (id, order_id, shop_id, from_state, to_state, actor_id, reason, happened_at)
    SELECT event_id, ready_order.id, ready_order.shop_id, '', 'awaiting_payment', %(buyer_id)s, '', %(now)s FROM ready_order, accepted
),
-- Clicks whose creator may earn from this buyer: not on their own purchase, nor into the buyer's own bank account.
click AS (
    SELECT clicked.id, clicked.clicked_at, link.id AS link_id, link.creator_id, link.product_id, link.shop_id
    FROM unnest(%(click_ids)s::uuid[], %(click_link_ids)s::uuid[], %(clicked_at)s::timestamptz[])
        AS clicked (id, link_id, clicked_at)
    JOIN affiliates_link AS link ON link.id = clicked.link_id
    JOIN affiliates_creator AS creator ON creator.id = link.creator_id
    WHERE creator.user_id <> %(buyer_id)s
        AND NOT EXISTS (
            SELECT FROM users_bankaccount AS theirs
            JOIN users_bankaccount AS mine ON mine.bank_code = theirs.bank_code AND mine.number = theirs.number
            WHERE theirs.id = creator.bank_account_id AND mine.user_id = %(buyer_id)s
        )
),
-- Per line the newest click within its programme's window, then the best rate in force for its creator: a rate still
-- binds those already promoting 30 days after it was cut (affiliates/rules.py).
new_commission AS (
    INSERT INTO affiliates_commission (
        line_id, order_id, shop_id, creator_id, link_id, programme_id, click_id, clicked_at, attribution, rate_bp,
        base_idr, amount_idr, state, reason, created_at, credits, taxed_as
    )
    SELECT DISTINCT ON (line.id)
        line.id, line.order_id, line.shop_id, click.creator_id, click.link_id, programme.id, click.id, click.clicked_at,
        CASE WHEN click.product_id = line.product_id THEN 'direct' ELSE 'indirect' END,
        rate.rate_bp, line.quantity * line.price_idr,
        (2 * line.quantity * line.price_idr * rate.rate_bp + 10000) / 20000, 'pending', '', %(now)s, 0, ''
    FROM accepted
    CROSS JOIN line
    JOIN click ON click.shop_id = line.shop_id
    JOIN affiliates_membership AS membership ON membership.creator_id = click.creator_id
    JOIN affiliates_programme AS programme ON programme.id = membership.programme_id AND programme.is_active
        AND (programme.shop_id = line.shop_id OR programme.shop_id IS NULL)
        AND click.clicked_at > %(now)s::timestamptz - programme.window_days * interval '1 day'
    JOIN affiliates_programmerate AS rate ON rate.programme_id = programme.id AND rate.rate_bp > 0
        AND (
            rate.superseded_at IS NULL
            OR (
                rate.superseded_at > greatest(membership.joined_at, %(now)s::timestamptz - interval '30 days')
                AND rate.superseded_at - rate.announced_at >= interval '15 minutes'
            )
        )
    ORDER BY line.id, click.clicked_at DESC, click.id DESC, rate.rate_bp DESC, programme.id DESC
),
-- What was bought is no longer a wish.
emptied AS (
    DELETE FROM orders_cartline USING orders_cart, accepted
    WHERE orders_cart.user_id = %(buyer_id)s
        AND orders_cartline.cart_id = orders_cart.id
        AND orders_cartline.variant_id = ANY (%(variant_ids)s::uuid[])
)
SELECT total_idr FROM accepted
