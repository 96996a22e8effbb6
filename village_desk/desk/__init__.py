"""The window: navigation, today, search, first run, settings, help, self-check."""
