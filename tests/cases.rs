//! Cases below the pages: the acts, their refusals, numbers, visits sent twice, and lists that say what the facts say.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

pub mod bench;
mod ladder;
mod numbers;
mod paper_work;
mod print_batch;
mod refusals;
mod steps;
mod sweep;
mod views;
mod visits;
mod waiting;
mod walk;
