"""gazepress: a static site generator for newsrooms.

The program is the command ``gazepress``; ARCHITECTURE.md tells how it is built.
"""

__version__ = "0.1.0"
