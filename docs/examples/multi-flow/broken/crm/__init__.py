"""The services behind the four sub-pipelines, small enough to read."""
