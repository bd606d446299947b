"""The frozen pipeline and scenarios, how they are read from a document, and how to walk them."""
