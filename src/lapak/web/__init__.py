"""Everything that knows HTTP or HTML, by who looks at it."""
