"""WooCommerce's product export."""
