"""The registry of indicators: a target names one by its code, the apps define them in indicators.py."""
