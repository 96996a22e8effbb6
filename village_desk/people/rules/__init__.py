"""Rules about people: numbers, dates and names as they are written, masking, bodies, and who counts."""
