"""Product feeds as Google Merchant Center takes them, as text."""
