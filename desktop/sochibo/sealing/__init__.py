"""Keys, trust, seals and verdicts: PDF bytes in, PDF bytes or a verdict out."""
