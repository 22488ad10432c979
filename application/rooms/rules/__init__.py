"""The rules of rooms, pure: settings, members, hosts, rematches."""
