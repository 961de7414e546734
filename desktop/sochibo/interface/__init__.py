"""The window, Qt."""
