"""The adapters that import what only their own environment has; no type checker can follow."""
