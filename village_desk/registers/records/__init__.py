"""What is kept in registers: service cases with their history, and entries of registers."""

from village_desk.registers.records import cases, entries

__all__ = ["cases", "entries"]
