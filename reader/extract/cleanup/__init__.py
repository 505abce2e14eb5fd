"""What is taken out of an article's blocks: boilerplate, other stories, the standfirst; and pages that are no story.

Never looks for text that the walk did not find.

`story.clean_story` takes all steps for a page; the HTML of a feed needs `trim.trim` and
`standfirst.entry_standfirst` alone.
"""
