"""What buyers say of goods that they received."""
