"""The names in a module and what they stand for: in keys, types, calls, expressions, scenarios."""
