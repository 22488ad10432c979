"""Problems that a language model writes: drafts, on their way to a proof."""
