"""The version of Codemaze, in the one place that has it; CHANGELOG.md has a heading for each."""

VERSION = "1.2.0"
