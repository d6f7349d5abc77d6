//! One line of the timetable: what, whose turn, by when, and the arithmetic and article behind it.

use chrono::NaiveDate;
use serde::Serialize;

use super::turn::Turn;
use crate::domain::period::Arithmetic;
use crate::vocabulary;

vocabulary! {
    /// What has a last day.
    pub enum Task {
        AskHearing = "ask_hearing" => "要求听证",
        HoldHearing = "hold_hearing" => "举行听证",
        Decide = "decide" => "作出处罚决定或者不予处罚决定",
        Serve = "serve" => "送达处罚决定书",
        Pay = "pay" => "缴纳罚款",
        Perform = "perform" => "按责令改正",
        Reconsider = "reconsider" => "申请行政复议",
        Sue = "sue" => "提起行政诉讼",
        Demand = "demand" => "送达催告书",
        Comply = "comply" => "催告后自行履行",
        Apply = "apply" => "申请法院强制执行",
        Accept = "accept" => "法院受理",
        Rule = "rule" => "法院裁定",
    }
}

impl Task {
    /// A right that may be left unused: its last day goes by without anything being late.
    pub const fn is_right(self) -> bool {
        matches!(self, Self::AskHearing | Self::Reconsider | Self::Sue)
    }
}

/// How a line stands on the day of the look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LineState {
    /// Its first day has not come.
    ToCome,
    /// It may or must be done.
    Open,
    /// Done in time.
    Done(NaiveDate),
    /// Done before its first day: it will not hold.
    DoneEarly(NaiveDate),
    /// Done after its last day.
    DoneLate(NaiveDate),
    /// A duty whose last day went by.
    Overdue,
    /// A right that was not used.
    Lapsed,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// What.
    pub task: Task,
    /// Whose.
    pub turn: Turn,
    /// The first day on which it may be done, where there is one to wait for.
    pub opens: Option<NaiveDate>,
    /// The last day.
    pub due: NaiveDate,
    /// How it stands.
    pub state: LineState,
    /// The first day on which it was late.
    pub overdue_since: Option<NaiveDate>,
    /// How the last day was reckoned; none where a paper sets it.
    pub arithmetic: Option<Arithmetic>,
    /// The provisions it rests on, by their keys, the first above all.
    pub rests_on: Vec<String>,
}

impl Line {
    /// `2026-09-02..2026-12-01 申请法院强制执行 township_officer to come enforcement-53`
    pub fn told(&self) -> String {
        let days = self.opens.map_or_else(|| self.due.to_string(), |opens| format!("{opens}..{}", self.due));
        let state = match self.state {
            LineState::ToCome => "to come".to_owned(),
            LineState::Open => "open".to_owned(),
            LineState::Done(on) => format!("done {on}"),
            LineState::DoneEarly(on) => format!("early {on}"),
            LineState::DoneLate(on) => format!("late {on}"),
            LineState::Overdue => self.overdue_since.map_or_else(String::new, |since| format!("overdue since {since}")),
            LineState::Lapsed => "lapsed".to_owned(),
        };
        let law = self.rests_on.first().map_or("", String::as_str);
        format!("{days} {} {} {state} {law}", self.task, self.turn.codes())
    }
}
