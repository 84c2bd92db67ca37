"""Print docs/checks.md."""

import sys

from claims.engine.checks import documentation

sys.stdout.write(documentation())
