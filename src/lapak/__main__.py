"""`python -m lapak`: the command line with its settings."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lapak.config.settings")

from lapak.cli import main

if __name__ == "__main__":
    main()
