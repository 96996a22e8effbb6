"""The command line: one module for each group of commands, and the table that names them all."""
