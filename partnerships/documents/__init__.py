"""Files that come in: what they are by their content, under which name, and how they are kept."""
