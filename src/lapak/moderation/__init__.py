"""What may stand here: people report goods, shops and creators' pages, an operator decides, and who is decided about objects."""
