"""What is here, now: tides, streams, waves, coast, depth, lanes and light."""
