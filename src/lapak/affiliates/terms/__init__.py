"""What a programme pays for special goods, and how much in all."""
