"""Looks at a built site as browsers do: ``python -m audit`` measures it, ``tests/browser/`` hold it to account.

Nothing here is part of the program: it needs Chromium, Node and what ``make browser`` installs.
"""
