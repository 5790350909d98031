"""Tools of the editors: they read a site, and change its files when they are told to."""
