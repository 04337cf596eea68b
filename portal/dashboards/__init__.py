"""Dashboards: read every app, are imported by none."""
