"""Who is out there: boats, people and responders."""
