"""The lists of registers as grids show them."""
