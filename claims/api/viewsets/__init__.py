"""One file for each noun. A new endpoint: one viewset here, one line in urls.py, one test."""
