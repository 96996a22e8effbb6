"""Assessments: star rounds of households, stars that others gave, and the four comparisons."""
