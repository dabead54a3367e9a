"""The measured claims: one script per claim, with its raw limit beside it (`docs/reference/speed.md`)."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lapak.config.settings")
django.setup()
