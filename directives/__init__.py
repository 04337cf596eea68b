"""Second floor: what is to be done. Documents, tasks, targets, inspections, and the library of source documents."""
