"""Problems that people write, bring from elsewhere, report and decide on."""
