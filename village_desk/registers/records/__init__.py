"""What is kept in registers: service cases with their history, and entries of registers."""
