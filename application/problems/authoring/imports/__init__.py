"""Problems that were written elsewhere: read, given types, proven in the sandbox, and kept, each on its own.

What cannot be used is reported with its reason and never stops the others. Nothing foreign is executed here: sources
are parsed, values are read as literals, and only ``verifier`` runs programs, in the sandbox.
"""
