"""What creators' links brought, added up by day: read by their own pages, written by the database with each commission."""
