//! Use cases of cases: one file an act.
