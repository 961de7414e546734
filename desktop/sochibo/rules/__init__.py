"""What regulations say, as pure functions over frozen records; the standard library only."""
