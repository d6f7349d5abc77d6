//! 签发: the number drawn, the facts frozen; then the PDF set and stored. 作废 with its reason.

use chrono::{Datelike as _, NaiveDate};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::compose::{Dress, Gathered};
use super::draft::{SEALED, kind_in, open_text};
use super::series::document_number;
use super::{is_statutory, issuing, print};
use crate::app::cases::desk::{At, Desk, Done, NotDone, Opened, standing_for, who};
use crate::app::{AppError, Services};
use crate::db::DbError;
use crate::db::cases::papers::{self, PaperRow};
use crate::db::cases::{series, steps};
use crate::domain::actor::Actor;
use crate::domain::case::Act;
use crate::domain::check_code::check_code;
use crate::domain::event::EventKind;
use crate::domain::faults::Faults;
use crate::domain::fields::Fields;
use crate::domain::ids::PaperId;
use crate::domain::moment::{Moment, day_of};
use crate::domain::policy::{Organ, Signers};
use crate::domain::words::PaperKind;
use crate::papers::PaperTemplate;
use crate::papers::data::Imprint;
use crate::vault::CountyKey;

/// The form.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct IssueForm {
    /// 签发日期; today if left out
    pub on: String,
    /// 发文字号; drawn from the organ's series if left out
    pub document_number: String,
}

/// What was read from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issuing {
    /// The day the paper bears.
    pub on: NaiveDate,
    /// The typed 发文字号.
    pub document_number: Option<String>,
}

impl IssueForm {
    /// Reads the form on a moment's day.
    pub fn read(&self, now: Moment) -> Result<Issuing, Faults> {
        let mut fields = Fields::on(now);
        let on =
            if self.on.trim().is_empty() { Some(day_of(now)) } else { fields.past_day("on", "签发日期", &self.on) };
        let number = fields.text("document_number", "发文字号", &self.document_number, 60);
        let document_number = Some(number).filter(|number| !number.is_empty());
        fields.finish(on.map(|on| Issuing { on, document_number }))
    }
}

/// A paper as it was issued: its template and what it was filled with.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Frozen {
    pub(super) template: PaperTemplate,
    pub(super) facts: Value,
}

/// Issues a draft: number and facts in one transaction, then its PDF. A PDF that cannot be set now is set when it is
/// first asked for, from the same facts.
pub async fn issue_paper(
    services: &Services,
    actor: &Actor,
    at: &At,
    id: PaperId,
    issuing_it: &Issuing,
) -> Result<Done, NotDone> {
    let kind = kind_in(services, actor, at.case, id).await?;
    let location = format!("/papers/{id}?done=issued");
    let mut desk = match Desk::open(services, actor, issuing(kind), at, location).await? {
        Opened::Fresh(desk) => desk,
        Opened::Before(done) => return Ok(done),
    };
    let row = papers::one(&mut desk.write, id).await?;
    if row.issued_at.is_some() || row.voided_at.is_some() {
        return Err(DbError::Conflict.into());
    }
    desk.may(Act::IssuePaper { paper: kind, on: issuing_it.on })?;
    if let Some(organs) = signed_with_others(&mut desk, id, kind, issuing_it.on).await? {
        desk.location = format!("/papers/{id}?done=signed");
        let event = desk.event(EventKind::PaperSigned).with("paper", id).with("kind", kind).with("on", issuing_it.on);
        return desk.close(event.with("awaits", organs)).await;
    }
    let numbers = number(&mut desk, &row, issuing_it).await?;
    let sealed = freeze(&mut desk, &row, issuing_it.on, &numbers).await?;
    let issue = papers::Issue {
        year: numbers.year,
        number: numbers.inner,
        document_number: numbers.document.clone(),
        on: issuing_it.on,
        facts_sealed: sealed,
    };
    match papers::issue(&mut desk.write, id, &issue).await {
        Err(error) if error.duplicate() == Some("paper_document_number") => {
            let taken = numbers.document.unwrap_or_default();
            return Err(Faults::one("document_number", format!("发文字号“{taken}”已经用过，请换一个")).into());
        }
        issued => issued?,
    }
    let event = desk.event(EventKind::PaperIssued).with("paper", id).with("kind", kind).with("on", issuing_it.on);
    let event = event.with("number", numbers.text()).with("document_number", &numbers.document);
    let done = desk.close(event.with("full_number", is_statutory(kind))).await?;
    if let Err(error) = print::set_pdf(services, actor, id).await {
        tracing::warn!(paper = %id, ?error, "the PDF of an issued paper waits");
    }
    Ok(done)
}

/// Signs a paper that several organs issue together for the issuer's own; the codes of those that are still to sign, if
/// any, and none where this was the last signature or one organ issues alone.
async fn signed_with_others(
    desk: &mut Desk<'_>,
    id: PaperId,
    kind: PaperKind,
    on: NaiveDate,
) -> Result<Option<Vec<&'static str>>, NotDone> {
    let step = desk.rules.on(desk.today).step_of(kind);
    let joint: Vec<Organ> = match step.and_then(|step| step.signed_by.as_ref()) {
        Some(signers @ Signers::Joint { .. }) => signers.organs().collect(),
        _ => return Ok(None),
    };
    let (of, unit) = (desk.of(), desk.person.unit);
    let own = who(&desk.person, &desk.units).organ;
    steps::sign_paper(&mut desk.write, of, id, (own, standing_for(&desk.units, unit), on)).await?;
    let before = desk.facts.papers.iter().filter(|paper| paper.id == id).flat_map(|paper| &paper.signatures);
    let signed: Vec<Organ> = before.map(|signature| signature.organ).chain([own]).collect();
    let missing = joint.iter().filter(|organ| !signed.iter().any(|one| one.stands_for(**organ)));
    let missing: Vec<&'static str> = missing.map(|organ| organ.code()).collect();
    Ok((!missing.is_empty()).then_some(missing))
}

/// The numbers a paper is issued under.
struct Numbers {
    year: i16,
    inner: i32,
    document: Option<String>,
}

impl Numbers {
    fn text(&self) -> String {
        format!("{}-{:04}", self.year, self.inner)
    }
}

async fn number(desk: &mut Desk<'_>, row: &PaperRow, issuing_it: &Issuing) -> Result<Numbers, NotDone> {
    let year = i16::try_from(issuing_it.on.year()).unwrap_or(i16::MAX);
    let drawn = series::draw(&mut desk.write, row.unit, row.kind, year).await?;
    let document = match &issuing_it.document_number {
        Some(typed) => Some(typed.clone()),
        None if drawn.document_pattern.is_empty() => None,
        None => {
            series::document_used(&mut desk.write, row.unit, row.kind, year).await?;
            Some(document_number(&drawn.document_pattern, year, drawn.next_document))
        }
    };
    if document.is_none() && row.kind == PaperKind::DeadlineNotice {
        let sentence = "请填写发文字号；也可以先设定本单位的发文字号格式，以后自动编号";
        return Err(Faults::one("document_number", sentence).into());
    }
    Ok(Numbers { year, inner: drawn.number, document })
}

async fn freeze(desk: &mut Desk<'_>, row: &PaperRow, on: NaiveDate, numbers: &Numbers) -> Result<Vec<u8>, NotDone> {
    let key = desk.services.key(desk.county()).await?;
    let sealed = papers::sealed_facts(&mut desk.write, row.id).await?;
    let text = open_text(&key, row.id, &sealed)?;
    let gathered = Gathered::load(desk.services, &mut desk.write, row.clone(), text).await?;
    let mut dress = Dress {
        on,
        imprint: Imprint {
            reference: numbers.document.clone(),
            inner_number: Some(numbers.text()),
            check_code: Some(check_code(row.id.0)),
            printed_on: Some(on),
            ..Imprint::default()
        },
        idno: None,
        phones: Vec::new(),
        signed_by: Some(desk.person.name.clone()),
    };
    if is_statutory(row.kind) {
        reveal(&key, &gathered, &mut dress)?;
    }
    let (template, facts) = gathered.compose(&dress)?;
    let json = serde_json::to_vec(&Frozen { template, facts }).map_err(|error| AppError::Fault(error.to_string()))?;
    Ok(key.seal(SEALED, row.id.0, &json).map_err(AppError::from)?)
}

/// Opens the numbers that a statutory paper prints; the event of the issue tells it.
fn reveal(key: &CountyKey, of: &Gathered, dress: &mut Dress) -> Result<(), AppError> {
    if let Some(sealed) = &of.subject.idno_sealed {
        dress.idno = Some(key.open_text("child.idno", of.subject.id.0, sealed)?);
    }
    for guardian in &of.subject.guardians {
        if let Some(sealed) = &guardian.phone_sealed {
            dress.phones.push(key.open_text("guardian.phone", guardian.id.0, sealed)?);
        }
    }
    Ok(())
}

/// The form of a voiding.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct VoidForm {
    /// 作废原因
    pub reason: String,
}

impl VoidForm {
    /// Reads the form.
    pub fn read(&self, now: Moment) -> Result<String, Faults> {
        let mut fields = Fields::on(now);
        let reason = fields.need_text("reason", "作废原因", &self.reason, 200);
        fields.finish(Some(reason))
    }
}

/// Voids an issued paper; its number stays used.
pub async fn void_paper(
    services: &Services,
    actor: &Actor,
    at: &At,
    id: PaperId,
    reason: &str,
) -> Result<Done, NotDone> {
    let kind = kind_in(services, actor, at.case, id).await?;
    let location = format!("/papers/{id}?done=voided");
    let mut desk = match Desk::open(services, actor, issuing(kind), at, location).await? {
        Opened::Fresh(desk) => desk,
        Opened::Before(done) => return Ok(done),
    };
    let row = papers::one(&mut desk.write, id).await?;
    if row.issued_at.is_none() {
        return Err(DbError::Conflict.into());
    }
    desk.still_open("作废文书")?;
    papers::void(&mut desk.write, id, reason).await?;
    let event = desk.event(EventKind::PaperVoided).with("paper", id).with("kind", kind);
    desk.close(event.with("reason", reason)).await
}
