"""Rules of registers: how a service case may go on, and what an entry of a register needs."""
