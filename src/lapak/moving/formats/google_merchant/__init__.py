"""Product feeds as Google Merchant Center takes them: text or RSS."""
