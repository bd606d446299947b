"""The steps of the nightly sales load: extract, transform, load."""
