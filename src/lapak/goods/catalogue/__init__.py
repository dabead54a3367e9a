"""Categories, products, variants, stock, images."""
