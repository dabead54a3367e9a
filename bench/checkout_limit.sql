-- The raw limit of `checkout`: the rows of one purchase, written by pgbench in one transaction. {…} is filled in per run.
\set n random(0, {last_variant})
\set b random({first_buyer}, {last_buyer})
BEGIN;
UPDATE catalogue_stock SET reserved = reserved + 1
WHERE variant_id = ('00000000-0000-7000-8000-' || lpad(to_hex(:n::bigint), 12, '0'))::uuid AND on_hand - reserved >= 1;
INSERT INTO payments_paymentintent (
    id, pays_for, buyer_id, provider, method, amount_idr, status, created_at, expires_at, provider_reference, instructions
) VALUES (
    {new_id}, {new_id}, ('00000000-0000-7000-9000-' || lpad(to_hex(:b::bigint), 12, '0'))::uuid, 'sandbox', 'qris', 115000, 'pending', now(), now(), '', '{}'
) RETURNING pays_for AS purchase \gset
INSERT INTO orders_purchase (id, buyer_id, idempotency_key, address, total_idr, placed_at, pay_by)
VALUES (:purchase, ('00000000-0000-7000-9000-' || lpad(to_hex(:b::bigint), 12, '0'))::uuid, {new_id}, '{address}', 115000, now(), now());
INSERT INTO orders_order (
    id, purchase_id, buyer_id, shop_id, state, goods_idr, shipping_idr, shipping_service, courier, placed_at, pay_by,
    pack_within_working_days, ship_within_working_days, cancel_answer_within_hours, arrive_within_days, decide_within_days,
    complete_after_days, complete_after_days_by_shop, fee_schedule_id, fee_shares
) VALUES (
    {new_id}, :purchase, ('00000000-0000-7000-9000-' || lpad(to_hex(:b::bigint), 12, '0'))::uuid, '{shop}', 'awaiting_payment', 100000, 15000, 'jne-reg', 'jne', now(), now(), 2, 3, 48,
    15, 30, 6, 10, '00000000-0000-7000-8000-000000000001', 20000000
) RETURNING id AS order \gset
INSERT INTO orders_ordercontract (order_id, shop_id, body) VALUES (:order, '{shop}', '{contract}');
INSERT INTO orders_orderline (
    id, order_id, shop_id, variant_id, title, option_label, quantity, unit_price_idr, paid_idr, fee_bp
)
VALUES (
    {new_id}, :order, '{shop}', ('00000000-0000-7000-8000-' || lpad(to_hex(:n::bigint), 12, '0'))::uuid, 'Kemeja Batik', '', 1, 100000,
    100000, 200
) RETURNING id AS line \gset
INSERT INTO orders_orderevent (id, order_id, shop_id, from_state, to_state, actor_id, reason, happened_at)
VALUES ({new_id}, :order, '{shop}', '', 'awaiting_payment', ('00000000-0000-7000-9000-' || lpad(to_hex(:b::bigint), 12, '0'))::uuid, '', now());
INSERT INTO affiliates_commission (
    id, line_id, order_id, shop_id, creator_id, link_id, programme_id, click_id, clicked_at, attribution, share_bp, rate_bp,
    base_idr, amount_idr, reserved_idr, state, reason, created_at, credits, taxed_as, paid_by_platform
) VALUES (
    {new_id}, :line, :order, '{shop}', '{creator}', '{link}', '{programme}', {new_id}, now(), 'direct', 10000, 1000, 100000,
    10000, 0, 'pending', '', now(), 0, '', false
);
INSERT INTO contenders_contender (
    line_id, link_id, creator_id, clicked_at, is_typed, attribution, verdict, share_bp, won_by
) VALUES (:line, '{link}', '{creator}', now(), false, 'direct', 'won', 10000, 'last');
COMMIT;
