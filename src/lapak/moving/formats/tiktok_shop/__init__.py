"""TikTok Shop's Seller Center: product export (batch edit) and upload templates."""
