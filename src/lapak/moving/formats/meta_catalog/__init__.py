"""Product catalogues as Facebook, Instagram and WhatsApp take them."""
