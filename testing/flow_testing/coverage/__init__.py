"""Coverage of meaning in tests: collected from every run that a test makes, and reported."""
