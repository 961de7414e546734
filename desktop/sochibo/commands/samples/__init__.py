"""An invented cell under an invented committee, for the demo, the pictures and the tests."""
