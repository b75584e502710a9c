"""What `verdict` decides with: one case, and the rules' bodies by subject."""
