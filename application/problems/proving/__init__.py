"""Proofs: whether a problem is what it says, shown by running its programs."""
