"""Drafts of problems: ten that are sound, and many that are faulty, each in one thing and each made of a sound one."""
