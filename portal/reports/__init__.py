"""Reports to the committee above: read every app, are imported by none."""
