"""Partners who hold and move money: one folder each, with the faces it has, reached only through the registry."""
