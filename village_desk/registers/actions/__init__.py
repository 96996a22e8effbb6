"""What a clerk does with registers; each function is one intention and one transaction."""
