"""Rules of the published accounts: sheets and categories, sums, cells as people type them, and the registers."""
