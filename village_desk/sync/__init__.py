"""Stick files between villages and their township: written, read, taken in and acknowledged; knows no room."""
