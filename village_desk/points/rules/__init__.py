"""The rules of points: what a set may say, what an entry may get, and who may check it."""
