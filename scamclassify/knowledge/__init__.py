"""The written resources as objects: the concept lexicon and the brand registry."""
