"""How fast Varne is, as ratios in one run."""
