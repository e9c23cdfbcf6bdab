"""What people read: briefs and pages, made from what was found, without a number of their own."""
