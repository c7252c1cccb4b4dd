"""How things move: by wind and waves, and by their engines."""
