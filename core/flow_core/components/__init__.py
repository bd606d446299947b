"""What a pipeline can call: signatures from YAML, Python source, `std` and installed packages."""
