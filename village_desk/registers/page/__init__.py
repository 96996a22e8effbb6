"""The places of service cases and of registers in the window."""
