"""Posts that a shop pays for: the offer, whose money is set aside before anybody works, and each post from place to fee."""
