"""References from Crossref, DataCite and PubMed, over the network."""
