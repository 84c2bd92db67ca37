"""The version of the engine. Raise it whenever the same text may yield other claims."""

ENGINE_VERSION = "1"
