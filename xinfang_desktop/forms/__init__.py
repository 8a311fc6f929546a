"""Paper forms: one definition each, composed once into a sheet that every printer draws."""
