//! The run folder and its database: every path and every SQL statement.
