"""Complaints of consumers: first to the shop, then to Lapak, each by a date; and what is published of how they were kept."""
