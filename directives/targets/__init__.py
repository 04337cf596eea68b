"""Actual figures held against what a document wants: is it met, what lacks, can the year still be met. Knows no tables."""
