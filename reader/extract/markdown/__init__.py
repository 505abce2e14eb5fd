"""Clean blocks to Markdown. The only place that writes Markdown from HTML; never for a page as it came."""
