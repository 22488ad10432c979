"""Reviews: what a language model says of a match that is over."""
