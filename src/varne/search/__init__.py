"""Finding someone: how wide a lookout sweeps, and what effort finds."""
