//! 登记送达: the method is chosen first, then its form asks for what this method must prove; or why it failed.

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::Response;
use serde::Deserialize;

use super::method::{Words, asks, words};
use super::{Again, answer, at};
use crate::app::cases::Upload as Scan;
use crate::app::cases::papers::{self, PaperView};
use crate::app::cases::service::{ServiceForm, record_service};
use crate::app::sending::Sending;
use crate::domain::access::Action;
use crate::domain::case::Act;
use crate::domain::ids::PaperId;
use crate::domain::moment::day_of;
use crate::domain::words::ServiceMethod;
use crate::files::read_evidence;
use crate::web::extract::{Errors, Path, Query};
use crate::web::failure::Failure;
use crate::web::guard::{Session, now};
use crate::web::mend::RefusalView;
use crate::web::shell::{Shell, again as shown_again, page};
use crate::web::state::State;
use crate::web::upload::{Photos, Upload};

#[derive(Template)]
#[template(path = "pages/papers/service.html")]
struct ServicePage {
    shell: Shell,
    view: PaperView,
    /// What is recorded: a service by one method, a failed attempt; none while that is to be chosen.
    what: Option<What>,
    methods: Vec<(ServiceMethod, Words)>,
    failed_by: Vec<(&'static str, &'static str)>,
    errors: Errors,
    refusal: Option<RefusalView>,
    typed: ServiceForm,
}

/// What a form records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Served(ServiceMethod),
    Failed,
}

/// What was chosen before the form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Chosen {
    method: String,
    failed: String,
}

fn what(method: &str, failed: &str) -> Option<What> {
    if failed.is_empty() { ServiceMethod::from_code(method).map(What::Served) } else { Some(What::Failed) }
}

impl ServicePage {
    /// Whether the form of this method has the field.
    fn asks(&self, field: &str) -> bool {
        matches!(self.what, Some(What::Served(method)) if asks(method).contains(&field))
    }

    fn failed(&self) -> bool {
        self.what == Some(What::Failed)
    }

    fn method(&self) -> Option<(ServiceMethod, Words)> {
        let Some(What::Served(method)) = self.what else { return None };
        Some((method, words(method)))
    }

    fn server(&self, nth: usize) -> &str {
        self.typed.servers.get(nth).map_or("", String::as_str)
    }
}

pub(crate) async fn form(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<PaperId>,
    Query(chosen): Query<Chosen>,
) -> Result<Response, Failure> {
    let today = day_of(now(&state));
    let shown = load(&state, &session, id, what(&chosen.method, &chosen.failed)).await?;
    let asked = Act::RecordService { paper: id, method: ServiceMethod::Direct, effective_on: today };
    let barred = shown.view.case.may(asked).err();
    let refusal = barred.map(|why| RefusalView::of(&session, shown.view.row.case, &why));
    let servers = vec![session.person()?.name.clone()];
    let typed = ServiceForm { on: today.to_string(), servers, ..ServiceForm::default() };
    page(&ServicePage { refusal, typed, ..shown })
}

async fn load(state: &State, session: &Session, id: PaperId, what: Option<What>) -> Result<ServicePage, Failure> {
    let view = papers::paper_view(&state.services, &session.actor, id).await?;
    session.require(Action::RecordService)?;
    Ok(ServicePage {
        shell: session.shell.clone(),
        view,
        what,
        methods: ServiceMethod::ALL.iter().map(|method| (*method, words(*method))).collect(),
        failed_by: ServiceMethod::ALL.iter().map(|method| (method.code(), method.label())).collect(),
        errors: Errors::default(),
        refusal: None,
        typed: ServiceForm::default(),
    })
}

pub(crate) async fn submit(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<PaperId>,
    form: Upload<ServiceForm, Photos>,
) -> Result<Response, Failure> {
    let shown = load(&state, &session, id, what(&form.value.method, &form.value.failed)).await?;
    let (mut errors, mut proof, mut process) = (Errors::default(), Vec::new(), Vec::new());
    for file in form.files?.into_iter().filter(|file| !file.bytes.is_empty()) {
        let field = if file.field == "process" { "process" } else { "proof" };
        match read_evidence(file.bytes).await {
            Ok(ready) => {
                let scan = Scan { ready, name: file.name };
                if field == "process" { process.push(scan) } else { proof.push(scan) }
            }
            Err(why) => errors.add(field, format!("“{}”：{why}", file.name)),
        }
    }
    let served = match form.value.read(now(&state), proof, process) {
        Ok(served) if errors.is_empty() => served,
        read => {
            for (field, fault) in read.err().unwrap_or_default().0 {
                errors.add(field, fault);
            }
            return shown_again(&ServicePage { errors, typed: form.value, ..shown });
        }
    };
    let sent = Sending { key: form.key, body_hash: form.body_hash };
    let case = shown.view.row.case;
    let at = at(case, sent, &form.typed);
    let outcome = record_service(&state.services, &session.actor, &at, id, served).await;
    match answer((&session, case), outcome, form.typed, &format!("/papers/{id}"))? {
        Ok(response) => Ok(response),
        Err(Again { errors, refusal }) => shown_again(&ServicePage { errors, refusal, typed: form.value, ..shown }),
    }
}
