//! The periods that the law sets for penalties, remedies and enforcement, each with its articles.

use chrono::NaiveDate;

use crate::domain::calendar::Calendar;
use crate::domain::period::Arithmetic;
use crate::domain::policy::{Library, PROVISIONS, shipped};
use crate::domain::provision::{LegalPeriod, Provisions};
use crate::vocabulary;

vocabulary! {
    /// What a period is for; its code is the period's id in `provisions.toml`.
    pub enum Span {
        HearingRequest = "hearing_request" => "要求听证",
        HearingNotice = "hearing_notice" => "听证前通知",
        Decision = "decision" => "作出决定",
        Service = "service" => "送达决定书",
        Payment = "payment" => "缴纳罚款",
        Reconsideration = "reconsideration" => "申请行政复议",
        Suit = "suit" => "提起行政诉讼",
        SuitAfterReconsideration = "suit_after_reconsideration" => "复议后起诉",
        Demand = "demand" => "催告",
        Application = "application" => "申请强制执行",
        Judgment = "judgment" => "申请执行判决",
        Acceptance = "acceptance" => "法院受理",
        Ruling = "ruling" => "法院裁定",
    }
}

/// Every period of `Span`, in its order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Periods([LegalPeriod; Span::ALL.len()]);

/// The file of provisions lacks a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("条文文件里缺“{0}”的期限，请写 [[period]] id = \"{code}\"", code = .0.code())]
pub struct NoPeriod(pub Span);

impl Periods {
    /// The periods of a file, which must have all of them.
    pub fn of(provisions: &Provisions) -> Result<Self, NoPeriod> {
        let find = |span: &Span| {
            let found = provisions.periods().iter().find(|period| period.id == span.code());
            found.cloned().ok_or(NoPeriod(*span))
        };
        let all: Vec<LegalPeriod> = Span::ALL.iter().map(find).collect::<Result<_, _>>()?;
        all.try_into().map(Self).map_err(|_| NoPeriod(Span::HearingRequest))
    }

    /// The periods beside a library's profiles; those that come along, where it has none.
    pub fn beside(library: &Library) -> Result<Self, NoPeriod> {
        match library.law().filter(|law| !law.periods().is_empty()) {
            Some(law) => Self::of(law),
            None => Self::of(&come_along()),
        }
    }

    /// One of them.
    pub const fn get(&self, span: Span) -> &LegalPeriod {
        &self.0[span as usize]
    }

    /// Its arithmetic from a day.
    pub fn due(&self, span: Span, start: NaiveDate, calendar: &Calendar) -> Arithmetic {
        self.get(span).period.due(start, calendar)
    }
}

fn come_along() -> Provisions {
    let text = shipped().into_iter().find(|(file, _)| file == PROVISIONS).map(|(_, text)| text);
    text.and_then(|text| Provisions::parse(&text).ok()).unwrap_or_default()
}
