"""What commands write of a learner, and what they read of it."""
