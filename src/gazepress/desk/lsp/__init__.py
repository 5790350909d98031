"""The language server: what an editor program asks while somebody writes, answered from the site as it is."""
