"""Any list of goods."""
