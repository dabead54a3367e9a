"""What the house pays and takes by acts of their own: couriers, taxes, and its fee."""
