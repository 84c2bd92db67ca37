"""The database when there is none: every use of it says how to start one, and nothing else fails."""
