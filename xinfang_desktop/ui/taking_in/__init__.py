"""台账导入 in the window: choose a file, say what its columns are, check, import, put right."""
