"""What the counts of appeals say: a report, its chart and sheet, and how two appeals compare."""
