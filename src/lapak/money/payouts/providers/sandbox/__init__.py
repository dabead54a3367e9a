"""The stand-in gateway of this repository, spoken to over HTTP like any other."""
