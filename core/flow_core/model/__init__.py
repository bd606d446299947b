"""The frozen typed pipeline, how it is read from a document, and what follows from it."""
