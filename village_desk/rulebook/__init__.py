"""Rules as rows: packs with place, issuer, law version and validity, and the choice of the row for a day."""
