"""People: households, persons, party members, organisations, posts, and who counts on a day."""
