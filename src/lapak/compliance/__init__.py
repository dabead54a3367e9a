"""The law as dated rules, and what shows that each is kept: reads everything, changes nothing."""
