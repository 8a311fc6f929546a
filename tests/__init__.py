"""What the office relies on."""
