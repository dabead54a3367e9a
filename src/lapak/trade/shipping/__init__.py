"""Services, rates by zone, parcels."""
