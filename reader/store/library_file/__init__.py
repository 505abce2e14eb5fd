"""The library as a file: opened, locked against others, and checked for damage. It never reads a row for anybody."""
