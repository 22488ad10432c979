"""The figures that the README quotes: each is measured beside a baseline, in one run, on this machine."""
