"""Tokopedia's own Seller Center, before it was joined with TikTok Shop's: the import template, newer and older."""
