"""The tables of facts: numbers about the world, read, checked and fingerprinted."""
