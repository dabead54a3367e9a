"""The creator's own page (*etalase*, `/@handle`): how it looks, and what stands where on it."""
