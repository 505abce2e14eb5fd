"""What is taken out of the chosen blocks, or told apart in them: boilerplate, the standfirst, pages that are no story.
Never makes a block.
"""
