"""Options against each other, member by member."""
