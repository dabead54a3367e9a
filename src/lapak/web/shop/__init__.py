"""What buyers and visitors see."""
