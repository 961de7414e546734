"""An open book and all one may do with it; the only door of commands and windows."""
