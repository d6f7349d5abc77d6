//! The kinds of work that is done after the page has answered.

use crate::vocabulary;

vocabulary! {
    /// What a job does; its payload says to what.
    pub enum JobKind {
        /// Reads a roster that was uploaded, or takes it over.
        Import = "import" => "导入名册",
        /// Prints papers into one PDF.
        Print = "print" => "批量打印文书",
        /// Computes standings and tasks anew.
        Project = "project" => "更新劝返进展",
        /// Writes anew who reaches the children of villages whose schools were changed.
        Places = "places" => "更新学区归属",
        /// Counts what a drafted policy would change.
        Weigh = "weigh" => "测算方案影响",
        /// Seals the day's looks into the chain.
        SealLooks = "seal_looks" => "封存查看记录",
        /// Lets the day take effect.
        Sweep = "sweep" => "夜间清查",
    }
}
