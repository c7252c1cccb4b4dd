"""A log that anyone can check: entries, tree, checkpoints; it takes bytes and knows nothing of boats."""
