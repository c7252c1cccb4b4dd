"""What hurts: one hazard a file, each a plain function that returns a rate, a chance or a threshold."""
