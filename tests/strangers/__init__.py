"""What anybody may send: nothing of it breaks a page, changes anything by looking, or shows what is not theirs."""
