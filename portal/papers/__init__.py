"""Official papers: layout, fonts, a locked fetcher, PDF and .docx. What they say belongs to the apps."""
