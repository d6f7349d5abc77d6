//! One post of a unit: who answers now, who did before, who shall next.

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::users::today;
use crate::app::charges::{self as uses, NewCharge, in_scope, may_set};
use crate::app::sending::NotDone;
use crate::db::charges::{self, Charge};
use crate::domain::access::Action;
use crate::domain::charge::Post;
use crate::domain::faults::Faults;
use crate::domain::ids::{ChargeId, UnitId};
use crate::domain::moment::full_day;
use crate::domain::user_form;
use crate::web::extract::{Errors, Form, Path, Query};
use crate::web::failure::Failure;
use crate::web::guard::Session;
use crate::web::sent::already;
use crate::web::shell::{Shell, again, page};
use crate::web::state::State;

/// A line of the post's history.
#[derive(Debug)]
struct Line {
    id: ChargeId,
    words: String,
    term: String,
    ended: bool,
}

#[derive(Template)]
#[template(path = "pages/charges/one.html")]
struct OnePage {
    shell: Shell,
    unit: UnitId,
    unit_name: String,
    post: Post,
    lines: Vec<Line>,
    people: Vec<String>,
    may: bool,
    errors: Errors,
    typed: Typed,
}

/// What the page's forms send.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Typed {
    name: String,
    title: String,
    from: String,
    until: String,
    charge: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Done {
    done: String,
}

/// The page.
pub(crate) async fn one(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(place): Path<(UnitId, String)>,
    Query(done): Query<Done>,
) -> Result<Response, Failure> {
    session.require(Action::AssignCharge)?;
    let notice = match done.done.as_str() {
        "set" => Some("责任人已指定。"),
        "ended" => Some("结束日期已登记。"),
        _ => None,
    };
    let shell = session.shell_with(notice.map(str::to_owned));
    let shown = load(&state, &session, place).await?;
    page(&OnePage { shell, ..shown })
}

async fn load(state: &State, session: &Session, (unit, post): (UnitId, String)) -> Result<OnePage, Failure> {
    let units = state.services.units(session.actor.county).await?;
    let found = units.get(unit).ok_or(Failure::NotFound)?;
    let post = Post::from_code(&post).filter(|post| post.unit_kinds().contains(&found.kind));
    let post = post.filter(|_| session.person().is_ok_and(|p| in_scope(p, found, &units))).ok_or(Failure::NotFound)?;
    let day = today(&state.services);
    let mut read = state.services.db.read(&session.actor).await?;
    let history = charges::history(&mut read, unit).await?;
    let holders = charges::holders(&mut read, &[unit]).await?;
    Ok(OnePage {
        shell: session.shell.clone(),
        unit,
        unit_name: units.full_name(unit),
        post,
        lines: history.iter().filter(|charge| charge.post == post).map(|charge| line(charge, day)).collect(),
        people: holders.into_iter().map(|holder| holder.name).collect(),
        may: may_set(&session.actor, found, post, &units),
        errors: Errors::default(),
        typed: Typed { from: day.to_string(), ..Typed::default() },
    })
}

fn line(charge: &Charge, today: chrono::NaiveDate) -> Line {
    let words = [charge.name.as_str(), &charge.title].into_iter().filter(|part| !part.is_empty());
    Line {
        id: charge.id,
        words: words.collect::<Vec<_>>().join(" · "),
        term: match charge.until_on {
            Some(until) => format!("{} 至 {}", full_day(charge.from_on), full_day(until)),
            None => format!("{} 起", full_day(charge.from_on)),
        },
        ended: charge.until_on.is_some_and(|until| until < today),
    }
}

/// Names who holds the post next.
pub(crate) async fn set(
    AxumState(state): AxumState<State>,
    session: Session,
    Path((unit, code)): Path<(UnitId, String)>,
    form: Form<Typed>,
) -> Result<Response, Failure> {
    session.require(Action::AssignCharge)?;
    let post = Post::from_code(&code).ok_or(Failure::NotFound)?;
    let outcome = match read(&form.value, today(&state.services)) {
        Ok(new) => uses::set(&state.services, &session.actor, &form.sending(), (unit, post), new).await?,
        Err(faults) => Err(faults.into()),
    };
    answer(&state, &session, (unit, code), form, outcome, "set").await
}

fn read(typed: &Typed, today: chrono::NaiveDate) -> Result<NewCharge, Faults> {
    let mut faults = Faults::default();
    let name = faults.check("name", user_form::name(&typed.name));
    let title = faults.check("title", user_form::title(&typed.title));
    let from_on = faults.check("from", user_form::day(&typed.from)).map(|day| day.unwrap_or(today));
    match (name, title, from_on) {
        (Some(name), Some(title), Some(from_on)) => Ok(NewCharge { name, title, from_on }),
        _ => Err(faults),
    }
}

/// Sets the last day of whoever holds the post.
pub(crate) async fn end(
    AxumState(state): AxumState<State>,
    session: Session,
    Path((unit, code)): Path<(UnitId, String)>,
    form: Form<Typed>,
) -> Result<Response, Failure> {
    session.require(Action::AssignCharge)?;
    let charge: ChargeId = form.value.charge.parse().map_err(|_| Failure::NotFound)?;
    let outcome = match user_form::day(&form.value.until).map(|day| day.unwrap_or(today(&state.services))) {
        Ok(until) => uses::end(&state.services, &session.actor, &form.sending(), charge, until).await?,
        Err(why) => Err(NotDone::fault("until", why)),
    };
    answer(&state, &session, (unit, code), form, outcome, "ended").await
}

async fn answer(
    state: &State,
    session: &Session,
    (unit, code): (UnitId, String),
    form: Form<Typed>,
    outcome: Result<(), NotDone>,
    done: &str,
) -> Result<Response, Failure> {
    let back = format!("/charges/{unit}/{code}");
    match outcome {
        Ok(()) => Ok(Redirect::to(&format!("{back}?done={done}")).into_response()),
        Err(NotDone::Before(before)) => already(before, form.typed, &back),
        Err(NotDone::Faults(faults)) => {
            let shown = load(state, session, (unit, code)).await?;
            again(&OnePage { errors: faults.into(), typed: form.value, ..shown })
        }
    }
}
