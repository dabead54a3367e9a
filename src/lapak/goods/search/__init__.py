"""The index over the catalogue: a projection that can always be made again."""
