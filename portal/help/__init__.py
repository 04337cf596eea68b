"""Help and glossary: the pages that explain the portal, written by administrators. Also the example of how code reads here."""
