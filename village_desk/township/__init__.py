"""The township's desk: whose laptops it knows, what each village brought on its stick, and the receipts."""
