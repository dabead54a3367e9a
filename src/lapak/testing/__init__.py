"""The cast of people, builders and book checks that tests share."""
