"""Problems that are played: what they are, which is played next, and what players may see of one."""
