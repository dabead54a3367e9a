"""A stand-in for a licensed payment gateway: a program of its own that Lapak talks to over HTTP only."""
