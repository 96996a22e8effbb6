"""The rules of notices: kinds and issuers, the life of a sheet, its days on the wall, and what may not be on it."""
