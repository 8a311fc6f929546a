"""Programs that are killed and disks that lose power, and what must be there afterwards."""
