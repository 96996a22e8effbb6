"""The sample village and its year, made by the rooms' own actions alone."""
