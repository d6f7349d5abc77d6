//! How far papers have come, as their list divides them.

use crate::vocabulary;

vocabulary! {
    /// A part of the list of papers.
    pub enum PaperStage {
        ToIssue = "to_issue" => "待签发",
        ToServe = "to_serve" => "待送达",
        Served = "served" => "已送达",
        All = "all" => "全部",
    }
}
