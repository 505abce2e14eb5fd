"""What a page says of itself: title, byline, dates, section, by machine or in print. Never the body."""
