"""The rules of assessments: which stars there are, the stations of a round, and when a household may take part."""
