//! 核查表: taken along on paper or as a workbook, brought back filled in, looked at row by row, taken as answers.

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use serde_json::json;

use crate::app::absent_roster::{absent_groups, absent_out};
use crate::app::checks::{self as uses, Back, Judged, Out, Verdict};
use crate::app::sending::{NotDone, Sending};
use crate::db::audit::Look;
use crate::db::checks::CheckLine;
use crate::domain::access::Action;
use crate::domain::cells;
use crate::domain::check_sheet::Col;
use crate::domain::event::LookKind;
use crate::domain::ids::{CheckSheetId, UnitId};
use crate::domain::register::needs_proof;
use crate::domain::role::{Role, UnitKind};
use crate::domain::units::Units;
use crate::web::download::{inline_pdf, workbook};
use crate::web::extract::{Errors, Form, Path, Query};
use crate::web::failure::Failure;
use crate::web::guard::Session;
use crate::web::sent::already;
use crate::web::shell::{Shell, again, page};
use crate::web::state::State;
use crate::web::upload::{Upload, Workbook};

#[derive(Template)]
#[template(path = "pages/check_sheet.html")]
struct StartPage {
    shell: Shell,
    errors: Errors,
    /// Townships with their villages: id, name, how many wait.
    places: Vec<Township>,
    waiting: usize,
    /// The absent, likewise.
    absent: Vec<Township>,
    /// Whose list it is without a choice: a township's or a village's own.
    own: String,
    may_import: bool,
}

/// A township in the list of places.
struct Township {
    id: Option<UnitId>,
    name: String,
    waiting: usize,
    villages: Vec<(UnitId, String, usize)>,
}

type Place = (Option<UnitId>, Option<UnitId>, usize);

fn places(groups: impl Iterator<Item = Place>, units: &Units) -> Vec<Township> {
    let mut places: Vec<Township> = Vec::new();
    for (township, village, n) in groups {
        if places.last().is_none_or(|last| last.id != township) {
            let name = township.map_or("户籍乡镇未认出", |id| units.name(id)).to_owned();
            places.push(Township { id: township, name, waiting: 0, villages: vec![] });
        }
        if let Some(last) = places.last_mut() {
            last.waiting += n;
            last.villages.extend(village.map(|id| (id, units.name(id).to_owned(), n)));
        }
    }
    places
}

async fn start(state: &State, session: &Session, errors: Errors) -> Result<StartPage, Failure> {
    let units = state.services.units(session.actor.county).await?;
    let mut read = state.services.db.read(&session.actor).await?;
    let groups = uses::open_groups(&mut read, &units, None).await?;
    let absent = absent_groups(&mut read, &units, None).await?;
    let own = session.actor.unit().and_then(|unit| units.get(unit));
    let own = own.filter(|unit| matches!(unit.kind, UnitKind::Township | UnitKind::ZoneCommittee | UnitKind::Village));
    Ok(StartPage {
        shell: session.shell.clone(),
        waiting: groups.iter().map(|g| g.lines.len()).sum(),
        places: places(groups.iter().map(|g| (g.township, g.village, g.lines.len())), &units),
        absent: places(absent.iter().map(|g| (g.township, g.village, g.lines.len())), &units),
        own: own.map(|unit| unit.name.clone()).unwrap_or_default(),
        may_import: session.may(Action::Import) && session.person()?.role != Role::Registrar,
        errors,
    })
}

pub(crate) async fn form(AxumState(state): AxumState<State>, session: Session) -> Result<Response, Failure> {
    session.require(Action::AnswerCheck)?;
    page(&start(&state, &session, Errors::default()).await?)
}

/// Which sheet, and in which form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    /// The check sheet; or `absent`, the list of 附件2.
    list: String,
    place: String,
    out: String,
}

/// Hands a sheet out.
pub(crate) async fn out(
    AxumState(state): AxumState<State>,
    session: Session,
    form: Form<Wanted>,
) -> Result<Response, Failure> {
    session.require(Action::AnswerCheck)?;
    let out = match form.value.out.as_str() {
        "print" => Out::Print,
        "fill" => Out::Fill,
        _ => return Err(Failure::bad("请返回核查表页，选择打印还是下载填报表。")),
    };
    let place = match form.value.place.as_str() {
        "" => None,
        place => Some(place.parse::<UnitId>().map_err(|_| Failure::NotFound)?),
    };
    let absent = form.value.list == "absent";
    let made = if absent {
        absent_out(&state.services, &session.actor, place, out).await?
    } else {
        uses::sheet_out(&state.services, &session.actor, place, out).await?
    };
    match made {
        Ok(file) if out == Out::Print => Ok(inline_pdf(&file.name, file.bytes)),
        Ok(file) => Ok(workbook(&file.name, file.bytes)),
        Err(why) => {
            let mut errors = Errors::default();
            errors.add(if absent { "absent" } else { "place" }, why);
            again(&start(&state, &session, errors).await?)
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Nothing {}

/// Takes a filled sheet.
pub(crate) async fn bring(
    AxumState(state): AxumState<State>,
    session: Session,
    form: Upload<Nothing, Workbook>,
) -> Result<Response, Failure> {
    session.require(Action::AnswerCheck)?;
    let mut errors = Errors::default();
    let file = form.files?.into_iter().find(|f| f.field == "file" && !f.bytes.is_empty());
    let Some(file) = file else {
        errors.add("file", "请选择填好的核查表（.xlsx、.xls 或 .csv）。");
        return again(&start(&state, &session, errors).await?);
    };
    let sending = Sending { key: form.key, body_hash: form.body_hash };
    match uses::bring_sheet(&state.services, &session.actor, &sending, (&file.name, file.bytes)).await? {
        Ok(location) => Ok(Redirect::to(&location).into_response()),
        Err(NotDone::Before(before)) => already(before, vec![], "/checks/sheet"),
        Err(NotDone::Faults(faults)) => again(&start(&state, &session, faults.into()).await?),
    }
}

#[derive(Template)]
#[template(path = "pages/check_sheet_back.html")]
struct BackPage {
    shell: Shell,
    back: Back,
    errors: Errors,
}

impl BackPage {
    fn count(&self, kind: &str) -> usize {
        self.back.rows.iter().filter(|row| kind_of(row) == kind).count()
    }

    fn tab<'a>(&self, row: &'a Judged) -> &'a str {
        cells::told(&row.row.sheet, &self.back.sheet.file_name)
    }

    fn kind(row: &Judged) -> &'static str {
        kind_of(row)
    }

    fn name(row: &Judged) -> &str {
        row.row.text(Col::Name)
    }

    /// The answer in words, or why there is none.
    fn said(row: &Judged) -> String {
        match &row.verdict {
            Verdict::Answers(_, input) => {
                let more = [input.elsewhere.as_deref().unwrap_or_default(), &input.note];
                let more: Vec<&str> = more.into_iter().filter(|text| !text.is_empty()).collect();
                let day = crate::domain::moment::month_day(input.found_on);
                [input.finding.label(), &day].into_iter().chain(more).collect::<Vec<_>>().join("，")
            }
            Verdict::Already(why) | Verdict::NotYours(why) => why.clone(),
            Verdict::Faulty(faults) => {
                faults.iter().map(|(_, why)| why.trim_end_matches('。')).collect::<Vec<_>>().join("；")
            }
            Verdict::Blank => "没有填写".to_owned(),
        }
    }

    fn lacks_proof(row: &Judged) -> bool {
        matches!(&row.verdict, Verdict::Answers(_, input) if input.needs_proof())
    }

    fn without_proof(line: &CheckLine) -> bool {
        line.finding.is_some_and(needs_proof)
    }

    /// Rows that are listed: those with something to say.
    fn listed(&self) -> impl Iterator<Item = &Judged> {
        self.back.rows.iter().filter(|row| !matches!(row.verdict, Verdict::Blank))
    }
}

fn kind_of(row: &Judged) -> &'static str {
    match row.verdict {
        Verdict::Answers(..) => "answers",
        Verdict::Blank => "blank",
        Verdict::Already(_) => "already",
        Verdict::NotYours(_) => "not_yours",
        Verdict::Faulty(_) => "faulty",
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Done {
    done: String,
}

/// What each row would answer; or, once taken, what was answered.
pub(crate) async fn show(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<CheckSheetId>,
    Query(done): Query<Done>,
) -> Result<Response, Failure> {
    session.require(Action::AnswerCheck)?;
    let back = load(&state, &session, id).await?;
    let notice = (done.done == "taken").then(|| format!("已收下 {} 人的核查结果。", back.sheet.taken.len()));
    page(&BackPage { shell: session.shell_with(notice), back, errors: Errors::default() })
}

async fn load(state: &State, session: &Session, id: CheckSheetId) -> Result<Back, Failure> {
    let back = uses::look_at_sheet(&state.services, &session.actor, id).await?;
    let look = Look { kind: LookKind::List, child: None, case: None, detail: json!({ "check_sheet": id }) };
    state.services.db.look(&session.actor, look).await?;
    Ok(back)
}

/// Takes the answers in.
pub(crate) async fn take(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<CheckSheetId>,
    form: Form<Nothing>,
) -> Result<Response, Failure> {
    session.require(Action::AnswerCheck)?;
    match uses::take_sheet(&state.services, &session.actor, id, &form.sending()).await? {
        Ok(location) => Ok(Redirect::to(&location).into_response()),
        Err(NotDone::Before(before)) => already(before, vec![], &format!("/checks/sheet/{id}")),
        Err(NotDone::Faults(faults)) => {
            let back = load(&state, &session, id).await?;
            again(&BackPage { shell: session.shell, back, errors: faults.into() })
        }
    }
}

/// The faulty rows, in the sender's own workbook.
pub(crate) async fn faults(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<CheckSheetId>,
) -> Result<Response, Failure> {
    session.require(Action::AnswerCheck)?;
    let back = load(&state, &session, id).await?;
    let (name, bytes) = uses::faulty_rows(&state.services, &session.actor, &back)?;
    Ok(workbook(&name, bytes))
}
