"""积分: rule sets as rows, entries applied for, checked by a second person and booked once, and the sum explained."""
