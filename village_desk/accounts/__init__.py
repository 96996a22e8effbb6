"""公开账目: fourteen sheets of finance publication, their entries, and the registers that feed them; not the ledger.

The agency keeps the books. Here a period is filled from its workbook, a paste or by hand, balanced, published through
`notices` and never changed again; contracts, assets, resources, debts and projects are kept for their own sheets.
"""
