"""Official papers: what they are made of, how they are set, and three renderers of the same content: PDF, .docx, plain text.

What they say belongs to the apps. How they are set comes as plain values (`Form`) from whoever asks: the dated rules live above.
"""
