"""One encounter: a boat, its sea, its responders, and what each response does."""
