"""The language server: findings as diagnostics while texts are written."""
