"""Vietnamese as data: normal form, sort key, dates, numbers, and the sentence a refusal is said in. Knows no model and no page."""
