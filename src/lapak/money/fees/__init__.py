"""What Lapak takes for a sale: schedules that begin on a day, and which shop has agreed to which."""
