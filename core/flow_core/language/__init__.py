"""The one definition of the language, and what follows from it: shape checks, schema, reference."""
