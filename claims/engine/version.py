"""The version of the engine, a whole number. Raise it whenever the same text may yield other claims
or topics: stored articles are then read again."""

ENGINE_VERSION = "4"
