"""The village file: one encrypted SQLite file, its journal, its keys and its copies."""
