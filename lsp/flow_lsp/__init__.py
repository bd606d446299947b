"""The language server of Flow: unpack, call the core, convert. No meaning of its own."""
