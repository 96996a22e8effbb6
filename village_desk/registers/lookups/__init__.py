"""What is known from registers: service cases, counts and lists over them, and entries."""
