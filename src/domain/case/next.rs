//! The next lawful step: one sentence, its last day, who takes it, what it rests on and what it still lacks.

use chrono::{Datelike, Days, NaiveDate};

use super::facts::VisitFact;
use super::may::once;
use super::months::missed_in_a_row;
use super::notice::{Notice, Served};
use super::round::Round;
use super::unmet::Unmet;
use super::verdict::{Awaited, names};
use super::view::{MonthLine, NextStep, Phase};
use crate::domain::calendar::spoken;
use crate::domain::period::{Arithmetic, Period};
use crate::domain::policy::{Basis, NeededAt, Owner, Rung, Sourced, Step, Work};
use crate::domain::words::DispositionKind;

/// A step before its sentence is made.
pub(super) struct Draft {
    pub(super) action: String,
    pub(super) when: When,
    pub(super) unmet: Vec<Unmet>,
    /// Said otherwise than by its day and its action.
    pub(super) sentence: Option<String>,
}

impl Draft {
    pub(super) fn of(action: impl Into<String>, when: When, unmet: Vec<Unmet>) -> Self {
        Self { action: action.into(), when, unmet, sentence: None }
    }
}

/// By when, and how that was reckoned.
#[derive(Default)]
pub(super) struct When {
    pub(super) due: Option<NaiveDate>,
    pub(super) arithmetic: Option<Arithmetic>,
}

impl When {
    pub(super) fn on(due: NaiveDate) -> Self {
        Self { due: Some(due), ..Self::default() }
    }
}

impl Round<'_> {
    /// The next step; none while the ladder rests and when all is done.
    pub(super) fn next_step(&self) -> Option<NextStep> {
        if self.phase() == Phase::StruckOff {
            return self.after_care_step();
        }
        let rung = self.now()?;
        let step = self.policy.step(rung)?;
        let draft = match rung.work() {
            Work::Confirm => self.confirm(step),
            Work::Visits => self.joint_visit(step),
            Work::Paper(_) if self.lacks_basis(rung) => self.skip(step),
            Work::Paper(paper) => self.paper_step(step, paper),
            Work::Record => self.record(step),
            Work::Verify => self.verify_expiry(step),
            Work::CountyDecision => self.county_decision(step),
            Work::Monthly => self.monthly_visit(),
            Work::Further => self.further_visit(step),
            Work::Return => self.return_to_school(step),
        };
        Some(self.said(rung, draft, owners(step, self), step.basis.clone()))
    }

    fn said(&self, rung: Rung, draft: Draft, owners: Vec<(String, Owner)>, basis: Basis) -> NextStep {
        let Draft { action, when: When { due, arithmetic }, unmet, sentence } = draft;
        let on_its_day = || due.map_or_else(|| format!("{action}。"), |day| format!("最迟{}，{action}。", spoken(day)));
        let sentence = sentence.unwrap_or_else(on_its_day);
        let (unmet, overdue_since) = (once(unmet), self.overdue_since(due));
        NextStep { rung, action, sentence, due, overdue_since, arithmetic, owners, basis, unmet }
    }

    /// The day after a last day that has gone by.
    pub(super) fn overdue_since(&self, due: Option<NaiveDate>) -> Option<NaiveDate> {
        due.filter(|day| self.today > *day).and_then(|day| day.checked_add_days(Days::new(1)))
    }

    /// A period of the policy, from a day; without a period the step is due at once.
    pub(super) fn within(&self, period: Option<&Sourced<Period>>, from: NaiveDate) -> When {
        let arithmetic = period.map(|period| period.value.due(from, self.calendar));
        When { due: Some(arithmetic.as_ref().map_or(from, |days| days.due)), arithmetic }
    }

    /// A step's own days, from the day it became possible; its window of the month, where it has one.
    pub(super) fn step_when(&self, step: &Step, from: NaiveDate) -> When {
        let window = step.window.as_ref().and_then(|window| window.value.closes(from));
        window.map_or_else(|| self.within(step.within.as_ref(), from), When::on)
    }

    /// The day from which a step can be taken: that of its last guard, else of what the ladder had before it.
    pub(super) fn ready_on(&self, rung: Rung) -> NaiveDate {
        let before = self.policy.ladder.iter().take_while(|step| step.rung != rung);
        let done = before.filter_map(|step| self.done_on(step.rung)).max();
        let guarded = self.guards_met_on(rung).map(|(on, _)| on);
        guarded.max(done).max(self.confirmed_on).unwrap_or(self.start)
    }

    const fn pupil_clause(&self) -> &'static str {
        if self.policy.visit.pupil_present.value { "（学生须在场）" } else { "" }
    }

    fn confirm(&self, step: &Step) -> Draft {
        let when = self.within(step.within.as_ref(), self.start);
        Draft::of("现场核查，确认是否辍学", when, vec![Unmet::NotConfirmed])
    }

    fn joint_visit(&self, step: &Step) -> Draft {
        let made = self.made();
        let mut unmet = self.guards_unmet(Rung::JointVisits);
        unmet.extend(self.visits_short(self.policy.first_gate()));
        unmet.extend(self.unconfirmed());
        if let Some(waiting) = self.awaits_word(Rung::JointVisits) {
            return self.await_word(waiting, &format!("{}已经做了{made}次", step.name()), unmet);
        }
        let action = format!("做第{}次{}{}", made.saturating_add(1), step.name(), self.pupil_clause());
        Draft::of(action, self.next_visit_by(), unmet)
    }

    /// The next visit is due at the policy's interval after the last that counts or waits for a word.
    fn next_visit_by(&self) -> When {
        let last = self.counting().chain(self.waiting().map(|(visit, _)| visit)).map(|visit| visit.day).max();
        let from = last.max(self.confirmed_on).unwrap_or(self.start);
        self.within(Some(&self.policies.on(from).visit.every), from)
    }

    /// 直至复学: it never ends but by the return.
    fn further_visit(&self, step: &Step) -> Draft {
        let action = format!("{}，直至复学{}", step.name(), self.pupil_clause());
        let ready = self.within(Some(&self.policy.visit.every), self.ready_on(step.rung));
        let when = [self.next_visit_by(), ready].into_iter().max_by_key(|when| when.due).unwrap_or_default();
        Draft::of(action, when, self.guards_unmet(step.rung))
    }

    /// What was to be done is done, and only the word of somebody who was there is missing.
    fn await_word(&self, (visit, whom): (&VisitFact, &[Awaited]), says: &str, unmet: Vec<Unmet>) -> Draft {
        let action = format!("等{}确认参加", names(whom));
        let sentence =
            format!("{says}，等{}确认{}那一次“我参加了”后计入，现在不用再去。", names(whom), spoken(visit.day));
        let rule = &self.policies.on(visit.day).visit;
        let when = self.within(Some(&rule.confirm_within), visit.received_on);
        Draft { sentence: Some(sentence), ..Draft::of(action, when, unmet) }
    }

    fn verify_expiry(&self, step: &Step) -> Draft {
        let Some(Served { paper, due, on, .. }) = self.to_verify() else {
            let unserved = self.unserved(self.policy.verified_paper());
            return Draft::of("期满核实", When::default(), unserved.into_iter().collect());
        };
        let when = self.within(step.within.as_ref(), due.unwrap_or(*on));
        let mut unmet = self.guards_unmet(Rung::VerifyExpiry);
        if let Some(due) = due.filter(|due| self.today <= *due) {
            let action = format!("限期{}届满后，核实是否已经复学", spoken(due));
            let last = when.due.map(|day| format!("，最迟{}", spoken(day))).unwrap_or_default();
            let then = format!("限期到{}才满，现在只需等待；届满次日起核实是否已经复学{last}。", spoken(due));
            let sentence = unmet.iter().all(|one| one.wait().is_some()).then_some(then);
            return Draft { sentence, ..Draft::of(action, when, unmet) };
        }
        unmet.push(Unmet::NotVerified { paper: paper.id, since: *due });
        Draft::of("核实是否已经复学", when, unmet)
    }

    fn county_decision(&self, step: &Step) -> Draft {
        let kind = DispositionKind::CountyDecision;
        if let Some(pending) = self.pending(kind) {
            let when = self.within(step.signed_within.as_ref(), pending.proposed_on);
            // What the decision rests on is handed in with it: the approver does not wait for themselves.
            let mut unmet = self.lacking(kind, &[NeededAt::Decide]);
            let with_it = |one: &Unmet| matches!(one, Unmet::EvidenceMissing { .. });
            let files: Vec<String> = unmet.iter().filter(|one| with_it(one)).map(file_name).collect();
            unmet.retain(|one| !with_it(one));
            let mut draft = Draft::of("由县里审批移交核处", when, unmet);
            if let (Some(due), false) = (draft.when.due, files.is_empty()) {
                let files = files.join("、");
                draft.sentence = Some(format!("最迟{}，由县里审批移交核处，{files}随审批一并上传。", spoken(due)));
            }
            return draft;
        }
        let expired = self.to_verify().and_then(|served| served.due);
        let from = self.sent_back_on(kind).or(expired).or_else(|| self.done_on(Rung::VerifyExpiry));
        let mut unmet = self.guards_unmet(Rung::CountyDecision);
        unmet.extend(self.lacking(kind, &[NeededAt::Propose]));
        let when = self.within(step.within.as_ref(), from.unwrap_or(self.start));
        Draft::of("提请移交县级核处", when, unmet)
    }

    /// A month that went by cannot be mended: the step is late since then, and this month's visit ends it.
    fn monthly_visit(&self) -> Draft {
        let months = self.months();
        let due = self.next_month_due(&months);
        if let Some(waiting) = self.awaits_word(Rung::MonthlyVisit) {
            return self.await_word(waiting, &format!("{}月的联合劝返已经做了", due.month()), Vec::new());
        }
        let missed = missed_in_a_row(&months);
        let mut unmet: Vec<Unmet> = missed.iter().map(MonthLine::missing).collect();
        if months.last().is_some_and(|month| month.done_on.is_none() && !month.missed) {
            unmet.push(Unmet::MonthOpen { due });
        }
        let action = format!("做{}月的联合劝返{}", due.month(), self.pupil_clause());
        if let Some(ahead) = self.month_ahead(due) {
            let from = due.with_day(1).map(spoken).unwrap_or_default();
            let so_far = months.last().map(|month| format!("{}月的联合劝返已经做了，", month.month));
            let so_far = so_far.unwrap_or_else(|| "县里已经同意移交，".to_owned());
            let then = format!("{so_far}现在只需等待；{from}起{action}，每月一次，最迟{}。", spoken(due));
            return Draft { sentence: Some(then), ..Draft::of(action, When::on(due), vec![ahead]) };
        }
        let when = When::on(missed.first().map_or(due, |month| month.due));
        let gone: Vec<String> = missed.iter().map(|month| format!("{}月", month.month)).collect();
        let late = || format!("{}没有联合劝返，请在{}前{action}。", gone.join("、"), spoken(due));
        let sentence = (!gone.is_empty()).then(late);
        Draft { sentence, ..Draft::of(action, when, unmet) }
    }

    fn return_to_school(&self, step: &Step) -> Draft {
        if self.returned.is_some() {
            let when = self.strike_off_by();
            let unmet = self.lacking(DispositionKind::Returned, &[NeededAt::StrikeOff]);
            return Draft::of("办理复学销号", when, unmet);
        }
        let Some(found) = self.found_back_on() else {
            // The ladder has been climbed and the child is not back: what goes on has no last day.
            let then = "程序已经办到最后一步，继续劝返，直至复学。".to_owned();
            return Draft {
                sentence: Some(then), ..Draft::of("继续劝返，直至复学", When::default(), Vec::new())
            };
        };
        let when = self.within(step.within.as_ref(), found);
        Draft::of("由学校确认到校上课", when, vec![Unmet::ReturnNotConfirmed])
    }

    /// By when a child who is back is struck off.
    pub(super) fn strike_off_by(&self) -> When {
        let step = self.policy.step(Rung::Return);
        let period = step.and_then(|step| step.signed_within.as_ref());
        self.returned.map_or_else(When::default, |back| self.within(period, back.confirmed_on))
    }

    fn after_care_step(&self) -> Option<NextStep> {
        let rule = &self.policy.after_care;
        let owners = |owner: &Owner| vec![("回访".to_owned(), owner.clone())];
        if let Some(gone_on) = self.gone_again_on() {
            let owners = vec![("办理".to_owned(), self.policy.case.reopen_by.clone())];
            let draft = Draft::of("回访发现又离校，重新列入劝返", When::on(gone_on), Vec::new());
            return Some(self.said(Rung::Return, draft, owners, rule.basis.clone()));
        }
        let open = self.care_lines().into_iter().find(|line| line.done_on.is_none())?;
        let action = format!("做复学满{}日的回访", open.milestone);
        let draft = Draft::of(action, When::on(open.due), Vec::new());
        Some(self.said(Rung::Return, draft, owners(&rule.by), rule.basis.clone()))
    }
}

/// A missing file without the word that it is missing.
fn file_name(unmet: &Unmet) -> String {
    if let Unmet::EvidenceMissing { evidence } = unmet { evidence.to_string() } else { unmet.sentence() }
}

/// Who takes the step as far as it has come, each with the part they play; nobody where only a named person's word is
/// missing, whom the sentence names.
fn owners(step: &Step, round: &Round<'_>) -> Vec<(String, Owner)> {
    if round.awaits_word(step.rung).is_some() {
        return Vec::new();
    }
    if round.lacks_basis(step.rung) {
        let (pending, rule) = (round.pending_skip(step.rung), &round.policy.penalty);
        let first = rule.skip_by.iter().filter(|_| pending.is_none()).map(|owner| ("提请".to_owned(), owner.clone()));
        return first.chain(rule.skip_decided_by.iter().map(|owner| ("审批".to_owned(), owner.clone()))).collect();
    }
    // A part that has been played is not named again.
    let (first, second) = match step.rung.work() {
        Work::Paper(paper) => match round.notice(paper) {
            Some(Notice::Issued { .. } | Notice::BeingServed { .. }) => (Some("送达"), None),
            Some(Notice::Draft(_)) => (None, Some("签发")),
            None | Some(Notice::Served(_)) => (Some("拟稿"), Some("签发")),
        },
        Work::CountyDecision if round.pending(DispositionKind::CountyDecision).is_some() => (None, Some("审批")),
        Work::CountyDecision => (Some("提请"), Some("审批")),
        Work::Return if round.returned.is_some() => (None, Some("销号")),
        Work::Return if round.found_back_on().is_none() => (Some("办理"), None),
        Work::Return => (Some("确认到校"), Some("销号")),
        Work::Confirm | Work::Visits | Work::Record | Work::Verify | Work::Monthly | Work::Further => {
            (Some("办理"), None)
        }
    };
    let by = |part: &str, owner: &Owner| (part.to_owned(), owner.clone());
    let first = first.map(|part| by(part, &step.by));
    let second = second.iter().flat_map(|part| step.completed_by().iter().map(|owner| by(part, owner)));
    first.into_iter().chain(second).collect()
}
