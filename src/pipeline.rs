//! The order of the stages, the parallelism, and what happens when a page fails.
