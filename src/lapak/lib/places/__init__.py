"""Indonesia's districts with their cities, postal codes and villages: looked up by whoever writes an address, and asked when
what is written does not fit together."""
