"""What the developers run: set-up, checks, locks, the proof on a bare system."""
