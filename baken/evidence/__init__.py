"""Evidence another can check: a log nobody can rewrite unseen, and dossiers that hold without trust."""
