"""What every page is made of: components, the shell, error pages, assets, the style guide."""
