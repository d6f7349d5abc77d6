//! Sheets printed from a case that are no papers of it: the 劝返记录 of a visit or for the next one, and the 样张 of a
//! notice. They are numbered like the case and found again by a code; each printing is told to the audit.

use super::compose::{Dress, Gathered};
use super::issue::Frozen;
use super::print::{Printed, render};
use super::text::PaperText;
use super::{compose, forms};
use crate::app::cases::desk::{NotDone, allowed};
use crate::app::{AppError, Services};
use crate::db::cases::case::CaseHead;
use crate::db::cases::papers::PaperRow;
use crate::db::cases::{facts, visits};
use crate::db::{DbError, Door as _, Write};
use crate::domain::access::Action;
use crate::domain::actor::{Actor, Person};
use crate::domain::check_code::check_code;
use crate::domain::event::{Event, EventKind};
use crate::domain::ids::{CaseId, PaperId, UnitId, VisitId};
use crate::domain::moment::day_of;
use crate::domain::words::PaperKind;
use crate::papers::data::Imprint;
use crate::papers::{Paper, PaperTemplate};

/// The code on the sheet of a visit, or on one that was taken along for a case; it says nothing of the child.
pub fn sheet_code(case: CaseId, visit: Option<VisitId>) -> String {
    check_code(visit.map_or(case.0, |visit| visit.0))
}

/// Prints the 劝返记录 of a visit as it was logged; without one a sheet to take along, the visit left to the pen.
pub async fn print_visit_sheet(
    services: &Services,
    actor: &Actor,
    case: CaseId,
    visit: Option<VisitId>,
) -> Result<Printed, NotDone> {
    let person = allowed(actor, Action::PrintList)?;
    let mut write = services.db.write(actor).await?;
    if let Some(visit) = visit
        && visits::one(&mut write, visit).await?.visit.case != case
    {
        return Err(DbError::NotFound.into());
    }
    let of = gather(services, &mut write, &person, (case, visit), PaperKind::VisitRecord).await?;
    let dress = dress(&of, Imprint { check_code: Some(sheet_code(case, visit)), ..Imprint::default() }, &write);
    let record =
        if visit.is_some() { forms::visit_record(&of, &dress) } else { forms::blank_visit_record(&of, &dress) };
    let event = Event::new(EventKind::PaperPrinted).child(of.head.child).case(case).with("visit", visit);
    let event = event.with("kind", PaperKind::VisitRecord).with("blank", visit.is_none());
    print(services, write, &record, event, &sheet_code(case, visit)).await
}

/// Prints the 劝返复学通知书 of 000:L45 with stub and original as an example, marked 样张 and never issued.
pub async fn print_notice_sample(services: &Services, actor: &Actor, case: CaseId) -> Result<Printed, NotDone> {
    let person = allowed(actor, Action::PrintList)?;
    let mut write = services.db.write(actor).await?;
    let mut of = gather(services, &mut write, &person, (case, None), PaperKind::ReturnNotice).await?;
    of.text.report_to = of.units.name(of.head.school).to_owned();
    let dress = dress(&of, Imprint { sample: true, ..Imprint::default() }, &write);
    // The example bears no number and no day.
    let mut notice = of.persuasion_notice(&dress);
    (notice.date, notice.imprint.inner_number) = (None, None);
    let event = Event::new(EventKind::PaperPrinted).child(of.head.child).case(case).with("sample", true);
    print(services, write, &notice, event.with("kind", PaperKind::ReturnNotice), "样张").await
}

async fn gather(
    services: &Services,
    write: &mut Write,
    person: &Person,
    (case, visit): (CaseId, Option<VisitId>),
    kind: PaperKind,
) -> Result<Gathered, NotDone> {
    let head = facts::one(write, case).await?.head;
    let units = services.units(write.county()).await?;
    let issuer = head.acting_township;
    let name = units.name(Some(issuer)).to_owned();
    let text = PaperText { absent_since: head.school.map(|_| head.opened_on), visit, ..PaperText::default() };
    let row = unfiled(&head, kind, (issuer, name), person, write.now());
    Ok(compose::Gathered::load(services, write, row, text).await?)
}

/// A sheet has no row; this is what one would say.
fn unfiled(
    head: &CaseHead,
    kind: PaperKind,
    (unit, unit_name): (UnitId, String),
    person: &Person,
    drafted_at: crate::domain::moment::Moment,
) -> PaperRow {
    PaperRow {
        id: PaperId::new(),
        case: head.id,
        child: head.child,
        kind,
        unit,
        unit_name,
        year: None,
        number: None,
        document_number: None,
        deadline_on: None,
        drafted_by: person.user,
        drafted_name: person.name.clone(),
        drafted_at,
        issued_name: None,
        issued_at: None,
        issued_on: None,
        file: None,
        sha256: None,
        voided_at: None,
        voided_name: None,
        void_reason: None,
        printed_count: 0,
    }
}

fn dress(of: &Gathered, imprint: Imprint, write: &Write) -> Dress {
    let on = day_of(write.now());
    let imprint = Imprint { inner_number: Some(of.head.number.clone()), printed_on: Some(on), ..imprint };
    Dress { on, imprint, idno: None, phones: Vec::new(), signed_by: None }
}

async fn print<P: Paper>(
    services: &Services,
    write: Write,
    paper: &P,
    event: Event,
    code: &str,
) -> Result<Printed, NotDone> {
    let facts = paper.facts().map_err(|error| AppError::Fault(error.to_string()))?;
    write.commit(event).await?;
    let template: PaperTemplate = P::TEMPLATE;
    let bytes = render(services, &Frozen { template, facts }).await?;
    Ok(Printed { bytes, name: format!("{}-{code}.pdf", template.title()), count: 1 })
}
