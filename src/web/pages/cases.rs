//! 一人一案 as a list: every filter and order is in the address.

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::Response;
use serde::Deserialize;

use super::exports;
use crate::app::policy;
use crate::db::cases::list::{self, CaseFilter, CaseLine, CaseSort};
use crate::domain::access::Action;
use crate::domain::case::Phase;
use crate::domain::ids::UnitId;
use crate::domain::list::ListKind;
use crate::domain::moment::{age, day_of, month_day};
use crate::domain::policy::Rung;
use crate::domain::role::UnitKind;
use crate::domain::units::Unit;
use crate::web::extract::Query;
use crate::web::failure::Failure;
use crate::web::guard::{Session, now};
use crate::web::pager::{Pager, ROWS};
use crate::web::shell::{Shell, page};
use crate::web::state::State;

/// The filters as the address has them; what does not parse does not filter.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    township: String,
    village: String,
    school: String,
    rung: String,
    state: String,
    overdue: String,
    sort: String,
    page: String,
    done: String,
}

impl Asked {
    pub(crate) fn filter(&self) -> CaseFilter {
        let unit = |text: &str| text.parse::<UnitId>().ok();
        CaseFilter {
            township: unit(&self.township),
            village: unit(&self.village),
            school: unit(&self.school),
            rung: self.rung.parse().ok(),
            state: self.state.parse().ok(),
            all: false,
            overdue: self.overdue == "1",
            text: None,
        }
    }

    pub(crate) fn sort(&self) -> CaseSort {
        match self.sort.as_str() {
            "opened" => CaseSort::Opened,
            "place" => CaseSort::Place,
            _ => CaseSort::Due,
        }
    }

    pub(crate) fn pairs(&self) -> [(&'static str, &str); 7] {
        [
            ("township", &self.township),
            ("village", &self.village),
            ("school", &self.school),
            ("rung", &self.rung),
            ("state", &self.state),
            ("overdue", &self.overdue),
            ("sort", &self.sort),
        ]
    }

    fn sorted(&self, sort: &str) -> String {
        let kept = self.pairs().into_iter().filter(|(name, value)| *name != "sort" && !value.is_empty());
        let pairs: Vec<_> = kept.chain([("sort", sort)]).collect();
        format!("/cases?{}", serde_html_form::to_string(&pairs).unwrap_or_default())
    }
}

#[derive(Template)]
#[template(path = "pages/cases/list.html")]
struct CasesPage {
    shell: Shell,
    asked: Asked,
    lines: Vec<Line>,
    pager: Pager,
    townships: Vec<(String, String)>,
    villages: Vec<(String, String)>,
    schools: Vec<(String, String)>,
    rungs: Vec<(String, String)>,
    states: Vec<(String, String)>,
    filtered: bool,
    export: Option<String>,
    sort: CaseSort,
}

/// A line as it is shown.
struct Line {
    case: CaseLine,
    age: i32,
    place: String,
    school: String,
    step: String,
    due: String,
    tag: Option<(&'static str, String)>,
    opened: String,
}

pub(crate) async fn list(
    AxumState(state): AxumState<State>,
    session: Session,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    session.require(Action::SeeChildren)?;
    let units = state.services.units(session.actor.county).await?;
    let today = day_of(now(&state));
    let at = asked.page.parse().ok().filter(|p| (1..=100_000).contains(p)).unwrap_or(1);
    let filter = asked.filter();
    let mut read = state.services.db.read(&session.actor).await?;
    let rules = policy::rules(&state.services, &mut read).await?;
    let found = list::page(&mut read, &filter, asked.sort(), today, (at - 1, ROWS)).await?;
    drop(read);
    let wide = session.actor.is_county_wide();
    let own = session.actor.unit().and_then(|unit| units.get(unit));
    let own_township = own.filter(|unit| unit.kind == UnitKind::Township).map(|unit| unit.id);
    let villages = own_township.or(filter.township).map(|t| named(units.villages_of(t))).unwrap_or_default();
    let schools = if wide || own_township.is_some() { named(units.of_kind(UnitKind::School)) } else { vec![] };
    page(&CasesPage {
        pager: Pager::new(at, found.first().map_or(0, |line| line.total), "/cases", &asked.pairs()),
        lines: found.into_iter().map(|case| line(case, today)).collect(),
        townships: if wide { named(units.of_kind(UnitKind::Township)) } else { vec![] },
        villages,
        schools,
        rungs: rules.on(today).ladder.iter().map(|s| (s.rung.code().to_owned(), s.rung.label().to_owned())).collect(),
        states: Phase::ALL.iter().map(|p| (p.code().to_owned(), p.label().to_owned())).collect(),
        export: exports::href(&session, ListKind::Cases, &asked.pairs()),
        filtered: asked.pairs().iter().any(|(name, value)| *name != "sort" && !value.is_empty()),
        sort: asked.sort(),
        shell: session.shell_with((asked.done == "opened").then(|| "已列为劝返对象。".to_owned())),
        asked,
    })
}

fn named<'a>(units: impl Iterator<Item = &'a Unit>) -> Vec<(String, String)> {
    units.map(|u| (u.id.to_string(), u.name.clone())).collect()
}

fn line(case: CaseLine, today: chrono::NaiveDate) -> Line {
    let tag = case.due_on.and_then(|due| match (today - due).num_days() {
        days if days > 0 => Some(("tag--late", format!("逾期 {days} 天"))),
        0 => Some(("tag--soon", "今天到期".to_owned())),
        _ => None,
    });
    let village = case.village_name.as_deref().unwrap_or_default();
    let school = case.school_name.as_deref().unwrap_or_default();
    Line {
        age: age(case.birth, today),
        place: format!("{}{village}", case.township_name),
        school: format!("{school} {}", case.class_name.as_deref().unwrap_or_default()).trim().to_owned(),
        step: step(&case),
        due: case.due_on.map(month_day).unwrap_or_default(),
        tag,
        opened: month_day(case.opened_on),
        case,
    }
}

fn step(case: &CaseLine) -> String {
    match case.rung {
        Some(Rung::JointVisits) => format!("{}（已计 {} 次）", case.rung_label, case.counted_visits),
        _ => case.rung_label.clone(),
    }
}
