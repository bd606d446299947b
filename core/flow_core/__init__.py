"""The language: everything that knows what a pipeline means. No terminal, no LSP, no network."""
