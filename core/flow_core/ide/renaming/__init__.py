"""Renaming what has a name, where nothing then means something else."""
