"""How a part of a dashboard leaves the page: as a sheet, as a picture, on paper."""
