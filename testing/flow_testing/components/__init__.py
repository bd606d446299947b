"""Components whose real code is called alone: by a test, or by contracts that nobody wrote."""
