//! The timetable of a penalty or order: every due day that its acts have set running, in the order of the procedure.

use chrono::NaiveDate;

use super::facts::{Deed, Subject};
use super::ground::Ground;
use super::law::Span;
use super::line::{Line, LineState, Task};
use super::remedies::{Remedies, Window};
use super::turn::{Turn, clerk, head};
use crate::domain::period::Arithmetic;

/// Everything that is due, was done, or was let go by; empty for a penalty in a county that may not punish.
pub fn timetable(ground: &Ground<'_>) -> Vec<Line> {
    if !ground.is_lawful() {
        return Vec::new();
    }
    let before = [ground.ask_hearing(), ground.hold_hearing(), ground.decide(), ground.serve()];
    let after = [ground.obey(), ground.reconsider(), ground.sue()];
    let court = [ground.demand(), ground.comply(), ground.apply(), ground.accept(), ground.rule()];
    before.into_iter().chain(after).chain(court).flatten().collect()
}

/// Before the decision.
impl Ground<'_> {
    fn ask_hearing(&self) -> Option<Line> {
        let informed = self.on(Deed::Informed).filter(|_| self.of.hearing_offered)?;
        let done = self.any(&[Deed::HearingAsked, Deed::HearingWaived]);
        Some(self.reckoned(Task::AskHearing, Turn::Party, Span::HearingRequest, informed, done))
    }

    fn hold_hearing(&self) -> Option<Line> {
        let noticed = self.act(Deed::HearingNoticed)?;
        let earliest = self.due(Span::HearingNotice, noticed.on);
        let due = noticed.sets?.max(earliest.due);
        let done = self.any(&[Deed::HearingHeld, Deed::HearingWaived]);
        let line = self.line(Task::HoldHearing, self.clerk(), due, done, self.keys(Span::HearingNotice));
        Some(self.opening(Line { arithmetic: Some(earliest.clone()), ..line }, earliest.due))
    }

    fn decide(&self) -> Option<Line> {
        let filed = self.on(Deed::Filed).filter(|_| self.of.subject == Subject::Penalty)?;
        let done = self.any(&[Deed::Decided, Deed::Dropped]);
        Some(self.reckoned(Task::Decide, Turn::Office(head(self.of.organ)), Span::Decision, filed, done))
    }

    fn serve(&self) -> Option<Line> {
        let decided = self.on(Deed::Decided).filter(|_| self.of.subject == Subject::Penalty)?;
        if self.of.on_the_spot && self.on(Deed::Served).is_none_or(|served| served == decided) {
            return None;
        }
        Some(self.reckoned(Task::Serve, self.clerk(), Span::Service, decided, self.on(Deed::Served)))
    }
}

/// What the party owes and may do.
impl Ground<'_> {
    fn obey(&self) -> Option<Line> {
        let due = self.obligation()?;
        let done = self.settled();
        if done.is_none() && matches!(self.remedies(), Some(Remedies::Revoked(_))) {
            return None;
        }
        let (task, span) = match self.of.subject {
            Subject::Order => (Task::Perform, None),
            Subject::Penalty => (Task::Pay, Some(Span::Payment).filter(|_| self.deferred_until().is_none())),
        };
        match span {
            Some(span) => Some(self.reckoned(task, Turn::Party, span, self.on(Deed::Served)?, done)),
            None => Some(self.line(task, Turn::Party, due, done, vec![self.set_by().to_owned()])),
        }
    }

    /// The article by which a paper sets the last day itself.
    const fn set_by(&self) -> &'static str {
        match self.of.subject {
            Subject::Order => "compulsory-education-58",
            Subject::Penalty => "penalties-66",
        }
    }

    fn reconsider(&self) -> Option<Line> {
        let served = self.on(Deed::Served)?;
        let done = self.on(Deed::ReconsiderationApplied);
        if done.is_none() && self.on(Deed::SuitFiled).is_some() {
            return None;
        }
        Some(self.reckoned(Task::Reconsider, Turn::Party, Span::Reconsideration, served, done))
    }

    fn sue(&self) -> Option<Line> {
        let filed = self.on(Deed::SuitFiled);
        let before_suit = |on: &NaiveDate| filed.is_none_or(|filed| *on <= filed);
        if let Some(decided) = self.on(Deed::ReconsiderationUpheld).filter(before_suit) {
            return Some(self.reckoned(Task::Sue, Turn::Party, Span::SuitAfterReconsideration, decided, filed));
        }
        let reviewed = self.any(&[Deed::ReconsiderationApplied, Deed::ReconsiderationRevoked]);
        if filed.is_none() && (self.of.on_the_spot || reviewed.is_some()) {
            return None;
        }
        Some(self.reckoned(Task::Sue, Turn::Party, Span::Suit, self.on(Deed::Served)?, filed))
    }
}

/// Before and at the court.
impl Ground<'_> {
    /// The window while there is something to enforce: the party is in default and its remedies are not pending.
    fn default_window(&self) -> Option<Window> {
        let in_default = self.obligation().is_some_and(|due| self.today > due);
        let open = in_default && (self.settled().is_none() || self.on(Deed::Demanded).is_some());
        if open { self.window() } else { None }
    }

    fn demand(&self) -> Option<Line> {
        let window = self.default_window().filter(|window| window.span == Span::Application)?;
        let (first, last) = (self.first_demand(&window)?, self.last_demand(&window)?);
        let done = self.on(Deed::Demanded);
        let line = self.line(Task::Demand, self.clerk(), last, done, self.keys(Span::Demand));
        let arithmetic = Some(self.due(Span::Demand, last));
        Some(self.opening(Line { arithmetic, ..line }, first.min(last)))
    }

    fn comply(&self) -> Option<Line> {
        let demanded = self.on(Deed::Demanded)?;
        let done = self.settled().filter(|on| *on >= demanded);
        Some(self.reckoned(Task::Comply, Turn::Party, Span::Demand, demanded, done))
    }

    fn apply(&self) -> Option<Line> {
        let done = self.on(Deed::Applied);
        let window = if done.is_some() { self.window() } else { self.default_window() }?;
        if done.is_none() && self.settled().is_some() {
            return None;
        }
        let after_demand = self.on(Deed::Demanded).and_then(|on| self.due(Span::Demand, on).due.succ_opt());
        let first = if window.span == Span::Judgment { None } else { after_demand }.unwrap_or(window.first);
        let line = self.line(Task::Apply, self.clerk(), window.last.due, done, self.keys(window.span));
        let opens = first.max(window.first).min(window.last.due);
        Some(self.opening(Line { arithmetic: Some(window.last), ..line }, opens))
    }

    fn accept(&self) -> Option<Line> {
        let applied = self.on(Deed::Applied)?;
        Some(self.reckoned(Task::Accept, Turn::Court, Span::Acceptance, applied, self.on(Deed::Accepted)))
    }

    fn rule(&self) -> Option<Line> {
        let done = self.any(&[Deed::EnforcementAllowed, Deed::EnforcementRefused]);
        Some(self.reckoned(Task::Rule, Turn::Court, Span::Ruling, self.on(Deed::Accepted)?, done))
    }
}

/// How a line is made.
impl Ground<'_> {
    fn clerk(&self) -> Turn {
        Turn::Office(clerk(self.of.organ))
    }

    fn keys(&self, span: Span) -> Vec<String> {
        self.law.get(span).rests_on.clone()
    }

    fn reckoned(&self, task: Task, turn: Turn, span: Span, from: NaiveDate, done: Option<NaiveDate>) -> Line {
        let arithmetic: Arithmetic = self.due(span, from);
        let line = self.line(task, turn, arithmetic.due, done, self.keys(span));
        Line { arithmetic: Some(arithmetic), ..line }
    }

    fn line(&self, task: Task, turn: Turn, due: NaiveDate, done: Option<NaiveDate>, rests_on: Vec<String>) -> Line {
        let state = match done {
            Some(on) if on > due => LineState::DoneLate(on),
            Some(on) => LineState::Done(on),
            None if self.today <= due => LineState::Open,
            None if task.is_right() => LineState::Lapsed,
            None => LineState::Overdue,
        };
        let overdue_since = due.succ_opt().filter(|_| state == LineState::Overdue);
        Line { task, turn, opens: None, due, state, overdue_since, arithmetic: None, rests_on }
    }

    /// The line with its first day; before it there is only waiting, and what was done then came too early.
    fn opening(&self, line: Line, opens: NaiveDate) -> Line {
        let state = match line.state {
            LineState::Open if self.today < opens => LineState::ToCome,
            LineState::Done(on) if on < opens => LineState::DoneEarly(on),
            other => other,
        };
        Line { opens: Some(opens), state, ..line }
    }
}
