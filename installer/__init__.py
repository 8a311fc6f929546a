"""Making what an office installs, from this checkout: standard library only, run on Linux."""
