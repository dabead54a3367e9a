"""Lists of goods that no format knows: what their columns mean is guessed, said once by the seller, and remembered."""
