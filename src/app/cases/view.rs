//! What pages show of cases, read in one go: the case, one visit's form, one paper, the day's tasks.

mod case;
mod charges;
mod history;
mod offers;
mod opened;
mod owners;
mod paper;
mod place;
mod today;
mod visit;

pub use case::{CaseView, PlanView, Unmended, case_view, sees_cause};
pub use charges::ChargeLine;
pub use history::HistoryLine;
pub use offers::Offer;
pub use opened::{Opened, last_plan, opened};
pub use owners::OwnerLine;
pub use paper::{PaperView, paper_view};
pub use place::PlaceView;
pub use today::{TodayGroup, TodayRow, TodayView, today_view};
pub use visit::{Lacking, VisitStart, VisitView, visit_start, visit_view};
