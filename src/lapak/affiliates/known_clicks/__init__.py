"""A signed-in buyer's newest clicks, so that they count on another device of theirs: docs/concepts/links-and-commission.md."""
