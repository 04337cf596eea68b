"""What a file is, by its content, and whether it is one we take. Nothing here writes; a refusal is a FileRefused with its sentence."""
