"""Profiles: what others see of a user, made of what every capability knows of one."""
