"""Moving a whole site – documents, files, people, settings – between databases and homes. See README.md."""
