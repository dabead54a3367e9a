"""What people are told: once each fact, in the page and by mail."""
