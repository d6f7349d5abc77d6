//! 记劝返: three taps; and the correction of one's own visit, on the same form.

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::{IntoResponse, Redirect, Response};

use super::case_act::looked;
use crate::app::cases::view::{VisitStart, visit_start, visit_view};
use crate::app::cases::{NotDone, Upload as Looked, VisitForm, visit as uses};
use crate::db::cases::participants::Participant;
use crate::db::cases::people::Candidate;
use crate::db::cases::visits::{self, VisitRow};
use crate::domain::access::Action;
use crate::domain::ids::{CaseId, UnitId, VisitId};
use crate::domain::moment::{full_day, full_day_time};
use crate::domain::words::{Outcome, VisitKind, VisitMode};
use crate::files::{read_evidence, read_photo};
use crate::web::extract::{Errors, Path};
use crate::web::failure::Failure;
use crate::web::guard::{Session, now};
use crate::web::mend::RefusalView;
use crate::web::shell::{Shell, again, page};
use crate::web::state::State;
use crate::web::upload::{Photos, Upload};

#[derive(Template)]
#[template(path = "pages/cases/visit_new.html")]
struct VisitPage {
    shell: Shell,
    case: CaseId,
    action: String,
    correcting: bool,
    name: String,
    place: String,
    turn: String,
    so_far: String,
    min_units: u16,
    typed: VisitForm,
    company: Vec<(String, String, String, bool)>,
    went: String,
    units: Vec<(String, String)>,
    errors: Errors,
    refusal: Option<RefusalView>,
    present: Vec<Outcome>,
    absent: Vec<Outcome>,
}

impl VisitPage {
    /// Nobody of another unit is named yet, and the scheme asks for more than one.
    fn alone(&self) -> bool {
        let named = self.company.iter().any(|(.., chosen)| *chosen);
        self.min_units > 1 && !named && self.typed.other_name.iter().all(String::is_empty)
    }

    /// The rows of those without an account: what was typed, and an empty one.
    fn others(&self) -> Vec<(String, String, String)> {
        let at = |list: &[String], n: usize| list.get(n).cloned().unwrap_or_default();
        let typed = &self.typed;
        let row = |n| (at(&typed.other_name, n), at(&typed.other_unit, n), at(&typed.other_title, n));
        (0..=typed.other_name.iter().filter(|name| !name.is_empty()).count()).map(row).collect()
    }
}

/// The empty form, with those who went last time.
pub(crate) async fn form(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(case): Path<CaseId>,
) -> Result<Response, Failure> {
    session.require(Action::LogVisit)?;
    let start = visit_start(&state.services, &session.actor, case).await?;
    looked(&state, &session, &start.head).await?;
    let mut typed = VisitForm { id: VisitId::new().to_string(), ..VisitForm::default() };
    typed.who = start.chosen.iter().map(ToString::to_string).collect();
    start.without_account.iter().for_each(|one| name_other(&mut typed, &one.name, one.unit, &one.title));
    page(&shown(&session, &start, typed, None)?)
}

/// What the number before it rests on, where some visits still wait for somebody's word.
fn so_far(start: &VisitStart) -> String {
    if start.waiting == 0 {
        return String::new();
    }
    format!("前面已计入 {} 次，另有 {} 次等同去的人确认后计入。", start.counted, start.waiting)
}

fn name_other(typed: &mut VisitForm, name: &str, unit: UnitId, title: &str) {
    typed.other_name.push(name.to_owned());
    typed.other_unit.push(unit.to_string());
    typed.other_title.push(title.to_owned());
}

fn shown(
    session: &Session,
    start: &VisitStart,
    typed: VisitForm,
    corrects: Option<VisitId>,
) -> Result<VisitPage, Failure> {
    let company: Vec<_> = start.candidates.iter().map(|one| companion(one, &typed)).collect();
    let named = start.candidates.iter().zip(&company).filter(|(_, shown)| shown.3).map(|(one, _)| one.who.name.clone());
    let went: Vec<String> = std::iter::once(session.person()?.name.clone())
        .chain(named)
        .chain(typed.other_name.iter().filter(|n| !n.is_empty()).cloned())
        .collect();
    let case = start.head.id;
    let outcomes = |present: bool| Outcome::ALL.iter().copied().filter(|o| o.pupil_present() == present).collect();
    Ok(VisitPage {
        shell: session.shell.clone(),
        case,
        action: corrects.map_or_else(|| format!("/cases/{case}/visits"), |of| format!("/visits/{of}/correct")),
        correcting: corrects.is_some(),
        name: start.head.name.clone(),
        place: start.place.clone(),
        turn: if corrects.is_some() {
            "更正原来的一条".to_owned()
        } else {
            format!("第 {} 次", start.ordinal)
        },
        so_far: so_far(start),
        min_units: start.min_units,
        company,
        went: went.join("、"),
        units: start.units.iter().map(|(unit, name)| (unit.to_string(), name.clone())).collect(),
        errors: Errors::default(),
        refusal: None,
        present: outcomes(true),
        absent: outcomes(false),
        typed,
    })
}

/// Who may have gone along: the id for the form, the name, the unit, and whether they are ticked.
fn companion(one: &Candidate, typed: &VisitForm) -> (String, String, String, bool) {
    let id = one.appointment.to_string();
    let chosen = typed.who.contains(&id);
    let name = if one.who.title.is_empty() {
        one.who.name.clone()
    } else {
        format!("{}（{}）", one.who.name, one.who.title)
    };
    (id, name, one.unit_name.clone(), chosen)
}

/// Takes a visit; its id makes it one however often it comes.
pub(crate) async fn submit(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(case): Path<CaseId>,
    form: Upload<VisitForm, Photos>,
) -> Result<Response, Failure> {
    take(&state, &session, case, None, form).await
}

/// The form of a correction, filled with what was written.
pub(crate) async fn correction(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<VisitId>,
) -> Result<Response, Failure> {
    session.require(Action::LogVisit)?;
    let (head, _, view) = visit_view(&state.services, &session.actor, id).await?;
    looked(&state, &session, &head).await?;
    let start = visit_start(&state.services, &session.actor, head.id).await?;
    let typed = written(&view.row, &view.went, &start.candidates);
    page(&shown(&session, &start, typed, Some(id))?)
}

fn written(row: &VisitRow, went: &[Participant], candidates: &[Candidate]) -> VisitForm {
    let visit = &row.visit;
    let mut typed = VisitForm {
        id: VisitId::new().to_string(),
        mode: visit.mode.code().to_owned(),
        kind: visit.kind.map(|kind| kind.code().to_owned()).unwrap_or_default(),
        when: full_day_time(visit.happened_at),
        guardian_present: if visit.guardian_present { "on".to_owned() } else { String::new() },
        guardian_name: visit.guardian_name.clone(),
        said: visit.said.clone(),
        promised: visit.promised_on.map(full_day).unwrap_or_default(),
        place: visit.place.clone(),
        ..VisitForm::default()
    };
    for one in went {
        match candidates.iter().find(|c| c.who.user == one.user && one.user.is_some()) {
            Some(candidate) => typed.who.push(candidate.appointment.to_string()),
            None if one.user.is_none() => name_other(&mut typed, &one.name, one.unit, &one.title),
            None => {}
        }
    }
    typed
}

/// Takes a correction.
pub(crate) async fn correct(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<VisitId>,
    form: Upload<VisitForm, Photos>,
) -> Result<Response, Failure> {
    let mut read = state.services.db.read(&session.actor).await?;
    let case = visits::one(&mut read, id).await?.visit.case;
    drop(read);
    take(&state, &session, case, Some(id), form).await
}

async fn take(
    state: &State,
    session: &Session,
    case: CaseId,
    corrects: Option<VisitId>,
    form: Upload<VisitForm, Photos>,
) -> Result<Response, Failure> {
    session.require(Action::LogVisit)?;
    let typed = form.value;
    let (mut photos, mut sheets, mut errors) = (Vec::new(), Vec::new(), Errors::default());
    match form.files {
        Err(over) => errors.add("photo", over.0),
        Ok(files) => {
            for file in files.into_iter().filter(|file| !file.bytes.is_empty()) {
                let sheet = file.field == "sheet";
                let looked = if sheet {
                    read_evidence(file.bytes).await.map_err(|why| why.to_string())
                } else {
                    read_photo(file.bytes).await.map_err(|why| why.to_string())
                };
                match looked {
                    Ok(ready) if sheet => sheets.push(Looked { ready, name: file.name }),
                    Ok(ready) => photos.push(Looked { ready, name: file.name }),
                    Err(why) => errors.add(if sheet { "sheet" } else { "photo" }, format!("“{}”：{why}", file.name)),
                }
            }
        }
    }
    let outcome = match typed.read(now(state), photos, sheets) {
        Ok(entry) if errors.is_empty() => match corrects {
            None => uses::log_visit(&state.services, &session.actor, case, entry).await,
            Some(of) => uses::correct_visit(&state.services, &session.actor, of, entry).await,
        },
        Ok(_) => Err(NotDone::Faulty(crate::domain::faults::Faults::default())),
        Err(faults) => Err(faults.into()),
    };
    let mut refusal = None;
    match outcome {
        Ok(done) => return Ok(Redirect::to(&done.location).into_response()),
        Err(NotDone::Faulty(faults)) => faults.0.into_iter().for_each(|(field, message)| errors.add(field, message)),
        Err(NotDone::Refused(why)) => refusal = Some(RefusalView::of(session, case, &why)),
        Err(other) => return Err(super::case_act::failure(other, form.typed, &format!("/cases/{case}"))),
    }
    let start = visit_start(&state.services, &session.actor, case).await?;
    again(&VisitPage { errors, refusal, ..shown(session, &start, typed, corrects)? })
}
