"""Whether what creators earn was earned: rules that freeze lines, never people, with reasons, a clock and a way to object."""
