"""The embedded sea: built once from public data, shipped with Varne, and read from its files."""
