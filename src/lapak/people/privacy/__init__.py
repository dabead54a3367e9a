"""What people decide about their own data: what they consent to, and that it is erased."""
