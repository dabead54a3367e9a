"""Who followed which link: each click for 90 days, clicks and people by the hour for ever."""
