"""Stories of the office in Chinese, played by key in the window and again by the command line."""
