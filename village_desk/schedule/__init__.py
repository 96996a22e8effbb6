"""Days and deadlines: working days with make-up days, posting periods, and the arithmetic behind each."""
