"""A library is brought from any version to today's: small ones of every version so far, and what fails in the midst."""
