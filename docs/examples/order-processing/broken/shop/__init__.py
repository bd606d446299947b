"""The shop's own steps: plain functions, each of which can be called and tested on its own."""
