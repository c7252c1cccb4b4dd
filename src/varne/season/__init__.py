"""Seasons: who sets out on which day, what a policy changes, what comes of it over months and years."""
