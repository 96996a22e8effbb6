"""The sample village: invented people, as real villages keep them."""
