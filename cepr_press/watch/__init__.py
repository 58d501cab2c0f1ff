"""Seeing what happens: health, metrics, logs, timings. None of it knows who a reader is."""
