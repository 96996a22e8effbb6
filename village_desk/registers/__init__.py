"""台账: service cases of the village with their stages, and registers whose form is data."""
