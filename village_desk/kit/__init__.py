"""Plain Python that every room shares; imports nothing of ours."""
