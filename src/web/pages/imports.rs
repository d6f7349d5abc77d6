//! 导入: a roster brought in, looked at, taken in or taken back; faulty rows go back in the sender's own workbook.

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::app::AppError;
use crate::app::compare;
use crate::app::imports::{self as uses, Brought, Mode, Preview, Undone};
use crate::app::register::{Change, Decided, Receipt};
use crate::db::Write;
use crate::db::imports::{self, Import};
use crate::db::jobs::{self, JobState, NewJob};
use crate::domain::access::Action;
use crate::domain::cells;
use crate::domain::event::{Event, EventKind};
use crate::domain::ids::ImportId;
use crate::domain::intake::{Fault, Note};
use crate::domain::job::JobKind;
use crate::domain::role::Role;
use crate::domain::words::SourceKind;
use crate::jobs::ImportPayload;
use crate::web::download::workbook;
use crate::web::extract::{Errors, Form, Path, Query};
use crate::web::failure::Failure;
use crate::web::guard::Session;
use crate::web::shell::{Shell, again, page};
use crate::web::state::State;
use crate::web::upload::{Upload, Workbook};

#[derive(Template)]
#[template(path = "pages/imports.html")]
struct ImportsPage {
    shell: Shell,
    imports: Vec<Import>,
    kinds: Vec<(&'static str, &'static str)>,
    kind: String,
    errors: Errors,
    county: bool,
}

/// The rosters a role may bring.
fn kinds(role: Role) -> &'static [SourceKind] {
    match role {
        Role::Registrar => &[SourceKind::School],
        Role::TownshipOfficer => &[SourceKind::Household, SourceKind::Absent],
        _ => &[SourceKind::Household, SourceKind::School, SourceKind::Absent],
    }
}

async fn listed(state: &State, session: &Session, kind: String, errors: Errors) -> Result<ImportsPage, Failure> {
    let mut read = state.services.db.read(&session.actor).await?;
    let role = session.person()?.role;
    Ok(ImportsPage {
        shell: session.shell.clone(),
        imports: imports::latest(&mut read, 50).await?,
        kinds: kinds(role).iter().map(|k| (k.code(), k.label())).collect(),
        kind,
        errors,
        county: session.may(Action::RunMatch),
    })
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Done {
    done: String,
}

pub(crate) async fn list(
    AxumState(state): AxumState<State>,
    session: Session,
    Query(done): Query<Done>,
) -> Result<Response, Failure> {
    session.require(Action::Import)?;
    let listed = listed(&state, &session, String::new(), Errors::default()).await?;
    let notice =
        (done.done == "undone").then(|| "已撤销导入，儿童资料已恢复到导入之前。比对过的，请再比对一次。".to_owned());
    page(&ImportsPage { shell: session.shell_with(notice), ..listed })
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Kind {
    kind: String,
}

/// Takes a file; it is read in a job, and its page shows the progress.
pub(crate) async fn bring(
    AxumState(state): AxumState<State>,
    session: Session,
    form: Upload<Kind, Workbook>,
) -> Result<Response, Failure> {
    session.require(Action::Import)?;
    let mut errors = Errors::default();
    let allowed = kinds(session.person()?.role);
    let kind = SourceKind::from_code(&form.value.kind).filter(|k| allowed.contains(k));
    if kind.is_none() {
        errors.add("kind", "请选择是哪一种名册。");
    }
    let file = form.files?.into_iter().find(|f| f.field == "file" && !f.bytes.is_empty());
    let (Some(kind), Some(file)) = (kind, file) else {
        if errors.of("kind").is_none() {
            errors.add("file", "请选择要导入的表格文件（.xlsx、.xls 或 .csv）。");
        }
        return again(&listed(&state, &session, form.value.kind, errors).await?);
    };
    let mut write = state.services.db.write(&session.actor).await?;
    match uses::bring(&state.services, &mut write, kind, file.bytes, &file.name).await? {
        Brought::Waiting(id) => {
            let job = enqueue(&mut write, &session, id, None, vec![]).await?;
            write.commit(Event::new(EventKind::ImportUploaded).with("import", id)).await?;
            Ok(Redirect::to(&job).into_response())
        }
        Brought::Refused(why) => {
            errors.add("file", why);
            again(&listed(&state, &session, form.value.kind, errors).await?)
        }
    }
}

/// Asks for an import to be read (or taken in) by a job; answers the address of its progress.
async fn enqueue(
    write: &mut Write,
    session: &Session,
    id: ImportId,
    take: Option<Mode>,
    decided: Vec<Decided>,
) -> Result<String, Failure> {
    let payload = ImportPayload { import: id, appointment: session.person()?.appointment, take, decided };
    let payload = serde_json::to_value(payload).map_err(|e| AppError::Fault(e.to_string()))?;
    let page = format!("/imports/{id}");
    let job = NewJob::new(JobKind::Import, payload).once(id.to_string()).leading_to(page.clone());
    match jobs::enqueue(write, job).await? {
        Some(job) => {
            imports::set_job(write, id, job).await?;
            Ok(format!("/jobs/{job}"))
        }
        None => Ok(page),
    }
}

#[derive(Template)]
#[template(path = "pages/import.html")]
struct ImportPage {
    shell: Shell,
    import: Import,
    faults: Vec<Fault>,
    notes: Vec<Note>,
    preview: Preview,
    receipt: Option<Receipt>,
    job: Option<JobState>,
    refused: Option<String>,
    mine: bool,
    /// The reader compares register and rolls when all are in.
    compares: bool,
    /// What was chosen of the rows that are like children who are here, by `alike-0`, `alike-1` …
    chosen: Vec<(String, String)>,
}

impl ImportPage {
    fn bad_rows(&self) -> i32 {
        self.import.rows.unwrap_or(0) - self.import.good.unwrap_or(0)
    }
    fn asks(&self) -> bool {
        self.receipt.is_none() && self.preview.expected.unknown.iter().any(|row| !row.likely.is_empty())
    }
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "the template lends what it passes")]
    fn has_chosen(&self, at: &usize, value: &str) -> bool {
        let name = format!("alike-{at}");
        self.chosen.iter().any(|(n, v)| *n == name && v == value)
    }
    /// The decisions, or how many are lacking.
    fn decided(&self) -> Result<Vec<Decided>, usize> {
        let asked = self.preview.expected.unknown.iter().enumerate().filter(|(_, row)| !row.likely.is_empty());
        let read = |(at, row): (usize, &Change)| {
            let name = format!("alike-{at}");
            let value = self.chosen.iter().find(|(n, _)| *n == name).map(|(_, value)| value.as_str())?;
            let child = if value == "new" { None } else { Some(value.parse().ok()?) };
            Some(Decided { sheet: row.sheet.clone(), row: row.row, child })
        };
        let (made, lacking): (Vec<_>, Vec<_>) = asked.map(read).partition(Option::is_some);
        if lacking.is_empty() { Ok(made.into_iter().flatten().collect()) } else { Err(lacking.len()) }
    }
    fn tab<'a>(&self, sheet: &'a str) -> &'a str {
        cells::told(sheet, &self.import.file_name)
    }
    fn waiting(&self) -> bool {
        self.job.as_ref().is_some_and(|job| job.finished_at.is_none())
    }
}

pub(crate) async fn show(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<ImportId>,
) -> Result<Response, Failure> {
    session.require(Action::Import)?;
    page(&load(&state, &session, id, None).await?)
}

async fn load(state: &State, session: &Session, id: ImportId, refused: Option<String>) -> Result<ImportPage, Failure> {
    let mut read = state.services.db.read(&session.actor).await?;
    let import = imports::by_id(&mut read, id).await?;
    let job = match import.job {
        Some(job) => Some(jobs::find(&mut read, job).await?),
        None => None,
    };
    let json = |value: &Option<serde_json::Value>| value.clone().unwrap_or_default();
    Ok(ImportPage {
        faults: serde_json::from_value(json(&import.faults)).unwrap_or_default(),
        notes: serde_json::from_value(json(&import.repairs)).unwrap_or_default(),
        preview: serde_json::from_value(json(&import.preview)).unwrap_or_default(),
        receipt: import.receipt.clone().and_then(|r| serde_json::from_value(r).ok()),
        mine: import.created_by == session.actor.user() || session.may(Action::UndoOthersImport),
        compares: session.may(Action::RunMatch) && import.kind != SourceKind::Absent,
        shell: session.shell.clone(),
        job,
        refused,
        chosen: vec![],
        import,
    })
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Accept {
    mode: String,
}

/// Takes it in, in a job.
pub(crate) async fn accept(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<ImportId>,
    form: Form<Accept>,
) -> Result<Response, Failure> {
    session.require(Action::Import)?;
    let Some(mode) = Mode::from_code(&form.value.mode) else {
        return again(&load(&state, &session, id, Some("请选择导入哪些行。".to_owned())).await?);
    };
    let mut shown = load(&state, &session, id, None).await?;
    shown.chosen = form.typed;
    let decided = match shown.decided() {
        Ok(decided) => decided,
        Err(lacking) => {
            let why = format!("还有 {lacking} 行与名册里的儿童同名，请先在下面选是不是同一人。");
            shown.refused = Some(why);
            return again(&shown);
        }
    };
    let mut write = state.services.db.write(&session.actor).await?;
    let import = imports::by_id(&mut write, id).await?;
    if import.accepted_at.is_some() {
        return Ok(Redirect::to(&format!("/imports/{id}")).into_response());
    }
    let job = enqueue(&mut write, &session, id, Some(mode), decided).await?;
    write.commit(Event::new(EventKind::ImportUploaded).with("import", id).with("asked", mode)).await?;
    Ok(Redirect::to(&job).into_response())
}

/// Takes an import back.
pub(crate) async fn undo(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<ImportId>,
) -> Result<Response, Failure> {
    session.require(Action::Import)?;
    match uses::undo(&state.services, &session.actor, id).await? {
        Undone::Done(_) => Ok(Redirect::to("/imports?done=undone").into_response()),
        Undone::Refused(why) => again(&load(&state, &session, id, Some(why)).await?),
    }
}

/// The faulty rows, in the sender's own workbook.
pub(crate) async fn faults(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<ImportId>,
) -> Result<Response, Failure> {
    session.require(Action::Import)?;
    let (name, bytes) = uses::returned(&state.services, &session.actor, id).await?;
    Ok(workbook(&name, bytes))
}

/// The comparison of the register with the rolls.
pub(crate) async fn compare(AxumState(state): AxumState<State>, session: Session) -> Result<Response, Failure> {
    session.require(Action::RunMatch)?;
    let counts = compare::run(&state.services, &session.actor).await?;
    Ok(Redirect::to(&format!("/checks?done=compared&opened={}&settled={}", counts.opened, counts.settled))
        .into_response())
}
