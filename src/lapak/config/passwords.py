"""Django's settings of passwords: which are taken, and how long the link to a new one is good."""

SHORTEST_PASSWORD = 8
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": SHORTEST_PASSWORD},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
    {"NAME": "lapak.people.users.passwords.NotObvious"},
]
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
"""Seconds: as long as a mail may be on its way. Django's three days leave a door open in every mailbox that is read late."""
