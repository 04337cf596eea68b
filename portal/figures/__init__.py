"""Pages of the figures: what every app publishes as an indicator, read by place and period. Imported by none."""
