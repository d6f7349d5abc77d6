//! 待核查: the list, one child with its clue and answers, and what is done to it, singly and in bulk.

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::exports;
use crate::app::checks::{self as uses};
use crate::db::checks::{self, CheckFilter, CheckLine, Part, Progress};
use crate::domain::access::Action;
use crate::domain::ids::{CheckId, UnitId};
use crate::domain::list::ListKind;
use crate::domain::moment::{age, day_of};
use crate::domain::role::{Role, UnitKind};
use crate::domain::units::Units;
use crate::domain::words::{CheckCause, CheckFinding};
use crate::web::extract::{Form, Query};
use crate::web::failure::Failure;
use crate::web::guard::{Session, now};
use crate::web::pager::Pager;
use crate::web::shell::{Shell, page};
use crate::web::state::State;

/// Checks on one page: of a desk, and of a village's or a class teacher's phone.
const DESK: i64 = 300;
const PHONE: i64 = 20;

/// The filters as the address has them, and what was just done.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    township: String,
    village: String,
    cause: String,
    state: String,
    page: String,
    done: String,
    opened: String,
    settled: String,
    n: String,
}

/// How far a check has come, as the filter calls it.
pub(crate) const STATES: [(&str, &str); 3] = [("unsent", "未派发"), ("sent", "已派村"), ("answered", "待认定")];

impl Asked {
    pub(crate) fn filter(&self) -> CheckFilter {
        let unit = |text: &str| text.parse::<UnitId>().ok();
        CheckFilter {
            township: unit(&self.township),
            village: unit(&self.village),
            cause: CheckCause::from_code(&self.cause),
            sent: match self.state.as_str() {
                "unsent" => Some(false),
                "sent" => Some(true),
                _ => None,
            },
            answered: match self.state.as_str() {
                "answered" => Some(true),
                "unsent" | "sent" => Some(false),
                _ => None,
            },
        }
    }

    fn page(&self, rows: i64, total: i64) -> i64 {
        let last = ((total + rows - 1) / rows).max(1);
        self.page.parse().ok().filter(|page| (1..=last).contains(page)).unwrap_or(if self.page.is_empty() {
            1
        } else {
            last
        })
    }

    /// What was just done.
    pub(super) fn done(&self) -> &str {
        &self.done
    }

    /// `?cause=…` with the filters that are set; empty without any.
    pub(super) fn query(&self) -> String {
        let kept: Vec<_> = self.pairs().into_iter().filter(|(_, value)| !value.is_empty()).collect();
        let query = serde_html_form::to_string(&kept).unwrap_or_default();
        if query.is_empty() { query } else { format!("?{query}") }
    }

    pub(crate) fn pairs(&self) -> [(&'static str, &str); 4] {
        [("township", &self.township), ("village", &self.village), ("cause", &self.cause), ("state", &self.state)]
    }
}

#[derive(Template)]
#[template(path = "pages/checks.html")]
#[expect(clippy::struct_excessive_bools, reason = "what the reader may do, each asked by the template")]
struct ChecksPage {
    shell: Shell,
    lines: Vec<Line>,
    pager: Pager,
    progress: Progress,
    asked: Asked,
    townships: Vec<(String, String)>,
    villages: Vec<(String, String)>,
    causes: Vec<(String, String)>,
    states: Vec<(String, String)>,
    may_send: bool,
    may_close: bool,
    may_answer: bool,
    at_village: bool,
    on_phone: bool,
    filtered: bool,
    /// The filters, for the links to single checks: codes and ids only.
    query: String,
    export: Option<String>,
}

struct Line {
    check: CheckLine,
    age: i32,
    place: String,
    /// Its day is over.
    late: bool,
}

impl ChecksPage {
    /// Not all fit on one page.
    fn is_cut(&self) -> bool {
        self.pager.back().is_some() || self.pager.on().is_some()
    }

    /// Whether any line can be ticked: else there is no button either.
    fn anything_to_pick(&self) -> bool {
        self.lines.iter().any(|line| self.can_pick(line))
    }

    /// Whether the reader can do something to a line together with others.
    fn can_pick(&self, line: &Line) -> bool {
        (self.may_send && line.can_send()) || (self.may_close && line.out_of_school())
    }
}

impl Line {
    fn can_send(&self) -> bool {
        self.check.sent_at.is_none() && self.check.finding.is_none() && self.check.village.is_some()
    }

    fn out_of_school(&self) -> bool {
        self.check.finding == Some(CheckFinding::OutOfSchool)
    }

    fn state(&self) -> &'static str {
        match (self.check.finding, self.check.sent_at) {
            (Some(_), _) => "待认定",
            (None, Some(_)) => "已派村",
            (None, None) => "未派发",
        }
    }
}

pub(crate) async fn list(
    AxumState(state): AxumState<State>,
    session: Session,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    session.require(Action::SeeChildren)?;
    let units = state.services.units(session.actor.county).await?;
    let filter = asked.filter();
    let mut read = state.services.db.read(&session.actor).await?;
    let today = day_of(now(&state));
    let progress = checks::progress(&mut read, filter).await?;
    let on_phone = on_phone(&session);
    let rows = if on_phone { PHONE } else { DESK };
    let at = asked.page(rows, progress.open);
    let part = Part { limit: rows, offset: (at - 1) * rows, unanswered_first: on_phone };
    let lines = checks::list(&mut read, filter, part).await?;
    let own = session.actor.unit().filter(|u| units.get(*u).is_some_and(|u| u.kind == UnitKind::Township));
    let named = |of: &mut dyn Iterator<Item = &crate::domain::units::Unit>| {
        of.map(|u| (u.id.to_string(), u.name.clone())).collect()
    };
    let townships = if session.actor.is_county_wide() { named(&mut units.of_kind(UnitKind::Township)) } else { vec![] };
    let villages = own.or(filter.township).map(|t| named(&mut units.villages_of(t))).unwrap_or_default();
    page(&ChecksPage {
        shell: session.shell_with(notice(&asked)),
        lines: lines
            .into_iter()
            .map(|check| Line {
                age: age(check.birth, today),
                place: place(&check, &units),
                late: check.due_on < today,
                check,
            })
            .collect(),
        townships,
        villages,
        causes: CheckCause::ALL.iter().map(|c| (c.code().to_owned(), c.label().to_owned())).collect(),
        states: STATES.map(|(c, w)| (c.to_owned(), w.to_owned())).to_vec(),
        may_send: session.may(Action::SendCheck),
        may_close: session.may(Action::CloseCheck) && session.may(Action::OpenCase),
        may_answer: session.may(Action::AnswerCheck),
        at_village: session.actor.role() == Some(Role::Village),
        on_phone,
        pager: Pager::of(rows, at, progress.open, "/checks", &asked.pairs()),
        progress,
        query: asked.query(),
        filtered: asked.pairs().iter().any(|(_, value)| !value.is_empty()),
        export: exports::href(&session, ListKind::Checks, &asked.pairs()),
        asked,
    })
}

/// Whether the reader answers checks on a phone, a few at a time.
pub(super) fn on_phone(session: &Session) -> bool {
    matches!(session.actor.role(), Some(Role::Village | Role::ClassTeacher))
}

fn notice(asked: &Asked) -> Option<String> {
    let count = |text: &str| text.parse::<u32>().unwrap_or(0);
    Some(match asked.done.as_str() {
        "compared" => {
            format!("比对完成：新列待核查 {} 人，已找到学籍而销去 {} 人。", count(&asked.opened), count(&asked.settled))
        }
        "sent" => format!("已派发 {} 人，村里的待办里可以看到。", count(&asked.n)),
        "cases" => "名单已办理，已列入的可以在“一人一案”里看到。".to_owned(),
        "settled" => "去向已认定。".to_owned(),
        "merged" => "已并入，去向记为在校；来源记录都保留，可以在档案的“合并档案”里撤销。".to_owned(),
        _ => return None,
    })
}

pub(super) fn place(check: &CheckLine, units: &Units) -> String {
    let village = units.name(check.village);
    if village.is_empty() {
        check.domicile_text.clone().unwrap_or_default()
    } else {
        format!("{}{village}", units.name(check.township))
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Picked {
    check: Vec<String>,
}

impl Picked {
    /// The checks that were ticked.
    pub(crate) fn ids(&self) -> Vec<CheckId> {
        self.check.iter().filter_map(|c| c.parse().ok()).collect()
    }
}

/// Sends the picked checks to their villages.
pub(crate) async fn send(
    AxumState(state): AxumState<State>,
    session: Session,
    form: Form<Picked>,
) -> Result<Response, Failure> {
    session.require(Action::SendCheck)?;
    let picked = form.value.ids();
    if picked.is_empty() {
        return Err(Failure::bad("还没有勾选要派发的人，请返回勾选后再派发。"));
    }
    let sent = uses::send(&state.services, &session.actor, &picked).await?;
    Ok(Redirect::to(&format!("/checks?done=sent&n={sent}")).into_response())
}
