"""Old lists of agreements, as offices keep them in Excel: read, judged row by row, recorded."""
