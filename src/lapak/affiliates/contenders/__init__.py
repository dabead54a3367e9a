"""Every click that could have earned on an order line, and what became of it: docs/concepts/links-and-commission.md."""
