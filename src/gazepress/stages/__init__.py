"""The stages of a build. They do not know each other; only the pipeline knows their order."""
