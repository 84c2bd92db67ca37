"""Make a key to the REST API for a user."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.models import ApiToken


class Command(BaseCommand):
    help = "Make a token for the REST API and print it, this once: only its hash is kept."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="the user the token speaks for")
        parser.add_argument("--name", default="", help="which program will hold it, to tell it from others")
        parser.add_argument(
            "--expires",
            type=int,
            metavar="DAYS",
            default=90,
            help=f"days it is good for, 1 to {ApiToken.MOST_DAYS} (default: 90)",
        )

    def handle(self, *args: Any, username: str, name: str, expires: int, **options: Any) -> None:
        if not 1 <= expires <= ApiToken.MOST_DAYS:
            raise CommandError(
                f"--expires is a number of days from 1 to {ApiToken.MOST_DAYS}, not {expires}."
            )
        longest_name = ApiToken._meta.get_field("name").max_length
        if len(name) > longest_name:
            raise CommandError(f"--name has at most {longest_name} characters.")
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is no user named {username}. `manage.py createsuperuser` makes one.")
        if not user.is_active:
            raise CommandError(f"The user {username} is not active.")
        row, token = ApiToken.objects.create(user=user, expiry=timedelta(days=expires), name=name)
        self.stderr.write(
            f"A token for {username}, good until {row.expiry:%Y-%m-%d}. Keep it: it is shown once."
        )
        self.stdout.write(token)
