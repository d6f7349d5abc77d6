//! Cases below the pages: the acts, their refusals, numbers, visits sent twice, and lists that say what the facts say.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

#[path = "cases/bench.rs"]
mod bench;
#[path = "cases/ladder.rs"]
mod ladder;
#[path = "cases/numbers.rs"]
mod numbers;
#[path = "cases/refusals.rs"]
mod refusals;
#[path = "cases/sweep.rs"]
mod sweep;
#[path = "cases/views.rs"]
mod views;
#[path = "cases/visits.rs"]
mod visits;
#[path = "cases/walk.rs"]
mod walk;
