"""What creators tell shops of themselves, and how it is known that a channel is theirs: docs/concepts/creators-profiles.md."""
