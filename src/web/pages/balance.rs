//! 适龄儿童去向平衡表: a row a township (or village), nine classes that sum to the register; every number opens its names.

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::Response;

use crate::app::policy;
use crate::db::children;
use crate::domain::access::Action;
use crate::domain::balance::{Balance, BalanceRow, balance, lacks_proof};
use crate::domain::grade::SchoolYear;
use crate::domain::ids::UnitId;
use crate::domain::moment::{day_of, full_day_time};
use crate::domain::role::UnitKind;
use crate::domain::school_age::births;
use crate::domain::term::TermId;
use crate::domain::units::Units;
use crate::domain::words::Whereabouts;
use crate::web::failure::Failure;
use crate::web::guard::{Session, now};
use crate::web::shell::{Shell, page};
use crate::web::state::State;

#[derive(Template)]
#[template(path = "pages/balance.html")]
struct BalancePage {
    shell: Shell,
    scope: String,
    term: String,
    as_of: String,
    unit_word: &'static str,
    total_word: &'static str,
    rows: Vec<Row>,
    total: Row,
    sum: String,
}

/// A row as it is shown.
struct Row {
    name: String,
    cells: Vec<Figure>,
    registered: Figure,
    elsewhere: Figure,
}

/// A number with its names behind it.
struct Figure {
    n: i64,
    href: String,
    red: bool,
}

impl Figure {
    fn shown(&self) -> String {
        grouped(self.n)
    }
}

pub(crate) async fn show(AxumState(state): AxumState<State>, session: Session) -> Result<Response, Failure> {
    session.require(Action::SeeBalance)?;
    let units = state.services.units(session.actor.county).await?;
    let mut read = state.services.db.read(&session.actor).await?;
    let now = now(&state);
    let rules = policy::rules(&state.services, &mut read).await?;
    let births = births(&rules.on(day_of(now)).age, day_of(now));
    let township = township(&session, &units);
    let table = if let Some(township) = township {
        let counted = children::count_by_village(&mut read, township, births).await?;
        balance(units.villages_of(township).map(|u| u.id), &counted)
    } else {
        let mut counted = children::count_by_township(&mut read, births).await?;
        counted.extend(children::count_from_elsewhere(&mut read).await?);
        balance(townships(&units), &counted)
    };
    let links = Links { township };
    page(&BalancePage {
        scope: units.name(township.or_else(|| units.county().map(|u| u.id))).to_owned(),
        term: term_name(day_of(now)),
        as_of: full_day_time(now),
        unit_word: if township.is_some() { "村、社区" } else { "乡镇、街道" },
        total_word: if township.is_some() { "全乡镇合计" } else { "全县合计" },
        sum: sum(&table),
        rows: table.rows.iter().map(|row| links.row(row, &units)).collect(),
        total: links.total(&table.total),
        shell: session.shell,
    })
}

/// 2026年秋季学期
fn term_name(day: chrono::NaiveDate) -> String {
    use chrono::Datelike as _;
    TermId { year: SchoolYear::of(day).0, spring: (2..=8).contains(&day.month()) }.name()
}

/// A township's people see their villages; the county and the inspector see townships.
fn township(session: &Session, units: &Units) -> Option<UnitId> {
    let unit = units.get(session.actor.unit()?)?;
    matches!(unit.kind, UnitKind::Township | UnitKind::ZoneCommittee).then_some(unit.id)
}

fn townships(units: &Units) -> impl Iterator<Item = UnitId> {
    units.all().filter(|u| matches!(u.kind, UnitKind::Township | UnitKind::ZoneCommittee)).map(|u| u.id)
}

/// The addresses of lists behind the figures: filters only, nobody's data.
struct Links {
    township: Option<UnitId>,
}

impl Links {
    fn place(&self, row: &BalanceRow) -> String {
        match (self.township, row.unit) {
            (None, Some(unit)) => format!("&township={unit}"),
            (None, None) => "&nowhere=1".to_owned(),
            (Some(township), Some(unit)) => format!("&township={township}&domicile_village={unit}"),
            (Some(township), None) => format!("&township={township}&nowhere=village"),
        }
    }

    fn whole(&self) -> String {
        self.township.map(|t| format!("&township={t}")).unwrap_or_default()
    }

    fn row(&self, row: &BalanceRow, units: &Units) -> Row {
        let name = row.unit.map_or("户籍地未认出", |unit| units.name(unit));
        Self::figures(name, row, &self.place(row), row.unit.map(|u| format!("&school_township={u}")))
    }

    fn total(&self, row: &BalanceRow) -> Row {
        Self::figures("", row, &self.whole(), Some(String::new()))
    }

    fn figures(name: &str, row: &BalanceRow, place: &str, school: Option<String>) -> Row {
        let figure = |n, query: String, red| Figure { n, href: format!("/children?{query}"), red };
        Row {
            name: name.to_owned(),
            cells: Whereabouts::ALL
                .iter()
                .map(|&class| {
                    let n = row.of(class);
                    figure(n, format!("of=balance&whereabouts={}{place}", class.code()), lacks_proof(class) && n > 0)
                })
                .collect(),
            registered: figure(row.registered(), format!("of=balance{place}"), false),
            elsewhere: figure(row.from_elsewhere, format!("of=elsewhere{}", school.unwrap_or_default()), false),
        }
    }
}

/// 2,631 ＋ 228 ＋ … ＝ 3,000
fn sum(table: &Balance) -> String {
    let parts: Vec<String> = table.total.classes.iter().map(|n| grouped(*n)).collect();
    format!("{} ＝ {}", parts.join(" ＋ "), grouped(table.total.registered()))
}

/// 3,000
fn grouped(n: i64) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
