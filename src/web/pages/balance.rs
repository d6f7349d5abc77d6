//! 适龄儿童去向平衡表: a row a township (or village), nine classes that sum to the register; every number opens its names.

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::Response;

use super::exports;
use crate::app::balance::{self, Balanced};
use crate::db::calendar;
use crate::domain::access::Action;
use crate::domain::balance::{Balance, BalanceRow, lacks_proof};
use crate::domain::ids::UnitId;
use crate::domain::list::ListKind;
use crate::domain::moment::{day_of, full_day_time};
use crate::domain::term;
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
    export: Option<String>,
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
    let balanced = balance::load(&state.services, &mut read, &session.actor).await?;
    let terms = calendar::terms(&mut read).await?;
    let terms: Vec<_> = terms.into_iter().map(|term| (term.id, term.opens, term.closes)).collect();
    let now = now(&state);
    let links = Links { township: balanced.township };
    page(&BalancePage {
        scope: balanced.scope(&units).to_owned(),
        term: term::said(&terms, day_of(now)),
        as_of: full_day_time(now),
        unit_word: balanced.unit_word(),
        total_word: balanced.total_word(),
        sum: sum(&balanced.table),
        rows: balanced.table.rows.iter().map(|row| links.row(row, &units)).collect(),
        total: links.total(&balanced.table.total),
        export: exports::href(&session, ListKind::Balance, &[]),
        shell: session.shell,
    })
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
        Self::figures(
            Balanced::row_name(units, row.unit),
            row,
            &self.place(row),
            row.unit.map(|u| format!("&school_township={u}")),
        )
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
