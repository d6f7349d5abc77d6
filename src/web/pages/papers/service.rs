//! 登记送达: one attempt to serve a paper, with what its method asks for and the scan of its receipt.

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::Response;

use super::{Again, answer, at};
use crate::app::cases::Upload as Scan;
use crate::app::cases::papers::{self, PaperView};
use crate::app::cases::service::{ServiceForm, record_service};
use crate::app::sending::Sending;
use crate::domain::access::Action;
use crate::domain::ids::PaperId;
use crate::domain::moment::day_of;
use crate::domain::refusal::Refusal;
use crate::domain::words::ServiceMethod;
use crate::files::read_evidence;
use crate::web::extract::{Errors, Path};
use crate::web::failure::Failure;
use crate::web::guard::{Session, now};
use crate::web::shell::{Shell, again as shown_again, page};
use crate::web::state::State;
use crate::web::upload::{Photos, Upload};

#[derive(Template)]
#[template(path = "pages/papers/service.html")]
struct ServicePage {
    shell: Shell,
    view: PaperView,
    methods: Vec<(&'static str, &'static str)>,
    errors: Errors,
    refusal: Option<Refusal>,
    typed: ServiceForm,
}

impl ServicePage {
    fn server(&self, nth: usize) -> &str {
        self.typed.servers.get(nth).map_or("", String::as_str)
    }
}

pub(crate) async fn form(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<PaperId>,
) -> Result<Response, Failure> {
    let shown = load(&state, &session, id).await?;
    let servers = vec![session.person()?.name.clone()];
    let on = day_of(now(&state)).to_string();
    page(&ServicePage { typed: ServiceForm { on, servers, ..ServiceForm::default() }, ..shown })
}

async fn load(state: &State, session: &Session, id: PaperId) -> Result<ServicePage, Failure> {
    let view = papers::paper_view(&state.services, &session.actor, id).await?;
    session.require(Action::RecordService)?;
    Ok(ServicePage {
        shell: session.shell.clone(),
        view,
        methods: ServiceMethod::ALL.iter().map(|method| (method.code(), method.label())).collect(),
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
    let shown = load(&state, &session, id).await?;
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
    let at = at(shown.view.row.case, sent, &form.typed);
    let outcome = record_service(&state.services, &session.actor, &at, id, served).await;
    match answer(outcome, form.typed, &format!("/papers/{id}"))? {
        Ok(response) => Ok(response),
        Err(Again { errors, refusal }) => shown_again(&ServicePage { errors, refusal, typed: form.value, ..shown }),
    }
}
