"""Long proofs, hundreds of times what the suite does a few times: `.ci/long` runs them, the suite never does."""
