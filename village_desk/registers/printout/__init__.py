"""Registers on paper: receipts, register books, dispatch cards, lists and counts."""
