//! Cases and their facts: rows written once and never changed, read for one case or for a batch.

pub mod case;
pub mod codes;
pub mod endings;
pub mod evidence;
pub mod facts;
pub mod history;
pub mod list;
pub mod opening;
pub mod paper_list;
pub mod papers;
pub mod participants;
pub mod people;
pub mod plans;
pub mod print_batches;
pub mod series;
pub mod services;
pub mod standing;
pub mod steps;
pub mod subject;
pub mod visits;

mod facts_endings;
mod facts_papers;
mod facts_steps;
mod facts_visits;
