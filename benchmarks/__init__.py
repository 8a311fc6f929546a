"""Measurements of the program: ``python -m benchmarks``. See docs/benchmarks.md."""
