"""The steps of one meeting, in the order of its minutes; one file a step."""
