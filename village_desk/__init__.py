"""村务通 Village Desk: one desk at which a village clerk enters each fact once."""

__version__ = "0.1.0"
