"""The sections of 设置, each a module of its own."""
