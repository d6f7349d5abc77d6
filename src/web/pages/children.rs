//! 名册: children within the reader's scope, narrowed by filters that are all in the address.

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::Response;
use serde::Deserialize;

use super::exports;
use crate::app::policy;
use crate::db::children::{self, ChildFilter, ChildLine, ChildOrder};
use crate::domain::access::Action;
use crate::domain::grade::Grade;
use crate::domain::ids::UnitId;
use crate::domain::list::ListKind;
use crate::domain::moment::{age, day_of};
use crate::domain::role::UnitKind;
use crate::domain::school_age::births;
use crate::domain::units::Units;
use crate::domain::words::Whereabouts;
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
    /// balance: registered of school age; elsewhere: on a roll here and not registered.
    of: String,
    township: String,
    village: String,
    domicile_village: String,
    nowhere: String,
    school: String,
    class: String,
    school_township: String,
    whereabouts: String,
    order: String,
    page: String,
}

impl Asked {
    pub(crate) fn filter(&self, births: (chrono::NaiveDate, chrono::NaiveDate)) -> ChildFilter {
        let unit = |text: &str| text.parse::<UnitId>().ok();
        ChildFilter {
            township: unit(&self.township),
            village: unit(&self.village),
            domicile_village: unit(&self.domicile_village),
            no_township: self.nowhere == "1",
            no_village: self.nowhere == "village",
            school: unit(&self.school),
            class: unit(&self.class),
            school_township: unit(&self.school_township),
            whereabouts: Whereabouts::from_code(&self.whereabouts),
            registered: match self.of.as_str() {
                "balance" => Some(true),
                "elsewhere" => Some(false),
                _ => None,
            },
            births: (self.of == "balance").then_some(births),
            on_roll: (self.of == "elsewhere").then_some(true),
        }
    }

    pub(crate) fn order(&self) -> ChildOrder {
        ChildOrder::from_code(&self.order).unwrap_or(ChildOrder::Village)
    }

    fn page(&self) -> i64 {
        self.page.parse().ok().filter(|p| (1..=100_000).contains(p)).unwrap_or(1)
    }

    pub(crate) fn pairs(&self) -> [(&'static str, &str); 10] {
        [
            ("of", &self.of),
            ("township", &self.township),
            ("village", &self.village),
            ("domicile_village", &self.domicile_village),
            ("nowhere", &self.nowhere),
            ("school", &self.school),
            ("class", &self.class),
            ("school_township", &self.school_township),
            ("whereabouts", &self.whereabouts),
            ("order", &self.order),
        ]
    }
}

#[derive(Template)]
#[template(path = "pages/children.html")]
struct ChildrenPage {
    shell: Shell,
    heading: String,
    lines: Vec<Line>,
    pager: Pager,
    asked: Asked,
    townships: Vec<(String, String)>,
    villages: Vec<(String, String)>,
    classes: Vec<(String, String)>,
    whereabouts: Vec<(String, String)>,
    orders: Vec<(String, String)>,
    filtered: bool,
    export: Option<String>,
    may_edit: bool,
}

/// A line as it is shown.
pub(crate) struct Line {
    /// The child and its columns.
    pub child: ChildLine,
    /// Years on the day.
    pub age: i32,
    /// 户籍地
    pub home: String,
    /// School, grade and class.
    pub school: String,
}

impl Line {
    /// A line with its names.
    pub(crate) fn of(child: ChildLine, units: &Units, on: chrono::NaiveDate) -> Self {
        let village = units.name(child.domicile_village);
        let home = if village.is_empty() {
            child.domicile_text.clone().unwrap_or_default()
        } else {
            format!("{}{village}", units.name(child.domicile_township))
        };
        let class = units.name(child.class);
        let grade = child.grade.and_then(|g| u8::try_from(g).ok()).and_then(Grade::new).map_or("", Grade::label);
        let school = format!("{} {}", units.name(child.school), if class.is_empty() { grade } else { class });
        Self { age: age(child.birth, on), home, school: school.trim().to_owned(), child }
    }
}

pub(crate) async fn list(
    AxumState(state): AxumState<State>,
    session: Session,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    session.require(Action::SeeChildren)?;
    let units = state.services.units(session.actor.county).await?;
    let today = day_of(now(&state));
    let mut read = state.services.db.read(&session.actor).await?;
    let rules = policy::rules(&state.services, &mut read).await?;
    let filter = asked.filter(births(&rules.on(today).age, today));
    let at = asked.page();
    let found = children::list(&mut read, &filter, asked.order(), ROWS, Pager::offset(at)).await?;
    let pairs = asked.pairs();
    page(&ChildrenPage {
        heading: heading(&asked, &filter, &units),
        pager: Pager::new(at, found.total, "/children", &pairs),
        lines: found.lines.into_iter().map(|line| Line::of(line, &units, today)).collect(),
        townships: townships(&session, &units),
        villages: villages(&session, &units, filter.township),
        classes: classes(&session, &units),
        whereabouts: Whereabouts::ALL.iter().map(|w| (w.code().to_owned(), w.label().to_owned())).collect(),
        orders: ChildOrder::ALL.iter().map(|o| (o.code().to_owned(), o.label().to_owned())).collect(),
        may_edit: session.may(Action::EditChild),
        export: exports::href(&session, ListKind::Children, &pairs),
        filtered: pairs.iter().any(|(name, value)| *name != "order" && !value.is_empty()),
        shell: session.shell,
        asked,
    })
}

fn heading(asked: &Asked, filter: &ChildFilter, units: &Units) -> String {
    let place =
        filter.domicile_village.or(filter.village).or(filter.township).or(filter.school_township).or(filter.school);
    let what = match (asked.of.as_str(), filter.whereabouts) {
        (_, Some(class)) => class.label(),
        ("balance", None) => "户籍适龄",
        ("elsewhere", None) => "外来就读",
        _ => "名册",
    };
    format!("{}{what}", units.name(place))
}

fn named<'a>(units: impl Iterator<Item = &'a crate::domain::units::Unit>) -> Vec<(String, String)> {
    units.map(|u| (u.id.to_string(), u.name.clone())).collect()
}

fn townships(session: &Session, units: &Units) -> Vec<(String, String)> {
    if session.actor.is_county_wide() { named(units.of_kind(UnitKind::Township)) } else { vec![] }
}

fn villages(session: &Session, units: &Units, township: Option<UnitId>) -> Vec<(String, String)> {
    let own = session.actor.unit().filter(|u| units.get(*u).is_some_and(|u| u.kind == UnitKind::Township));
    own.or(township).map(|t| named(units.villages_of(t))).unwrap_or_default()
}

fn classes(session: &Session, units: &Units) -> Vec<(String, String)> {
    let own = session
        .actor
        .unit()
        .filter(|u| units.get(*u).is_some_and(|u| matches!(u.kind, UnitKind::School | UnitKind::CentreSchool)));
    own.map(|school| named(units.classes_of(school))).unwrap_or_default()
}
