"""Has anything moved since one last looked? A version of each organisation, kept in Valkey, so that asking costs nearly nothing.

A version is a token that means nothing. Whoever changes what is shown of an organisation says so: `touched(paths)`; once the
change stands, the organisation and all above it have a fresh one. Lost tokens are made anew: a page then looks once too often.
"""
