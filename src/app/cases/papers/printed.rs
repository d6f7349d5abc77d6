//! What an issued paper says, for its page: read from the facts frozen at its issue, never from today's.

use chrono::NaiveDate;
use serde_json::Value;

use super::issue::Frozen;
use crate::app::AppError;
use crate::domain::idno::mask;
use crate::domain::moment::full_day;
use crate::papers::PaperTemplate;
use crate::papers::data::{
    CitedProvision, Commitment, CountyReferral, DeadlineNotice, Person, PersuasionNotice, RecordedVisit, ReturnReceipt,
    ServiceReceipt, VisitRecord,
};

/// Labels and what is printed under them, in the order of the paper; what was left free is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lines(pub Vec<(&'static str, String)>);

impl Lines {
    fn add(&mut self, label: &'static str, text: impl Into<String>) {
        let text = text.into();
        if !text.is_empty() {
            self.0.push((label, text));
        }
    }

    fn said(&mut self, label: &'static str, text: Option<String>) {
        self.add(label, text.unwrap_or_default());
    }

    fn day(&mut self, label: &'static str, day: Option<NaiveDate>) {
        self.add(label, day.map(full_day).unwrap_or_default());
    }

    fn each(&mut self, label: &'static str, texts: Vec<String>) {
        for text in texts {
            self.add(label, text);
        }
    }

    /// The child; the number stays masked on a page, whatever the paper prints.
    fn pupil(&mut self, pupil: &Person) {
        let born = pupil.born.map(|day| format!("{}出生", full_day(day)));
        let known = [pupil.name.clone(), pupil.sex.clone(), born];
        self.add("学生", known.into_iter().flatten().collect::<Vec<_>>().join("，"));
        self.said("身份证号", pupil.id_number.as_deref().map(mask));
    }
}

/// The lines of a paper's page.
///
/// # Errors
/// [`AppError::Fault`] where the frozen facts are not those of their template.
pub(super) fn lines(frozen: &Frozen) -> Result<Lines, AppError> {
    let facts = frozen.facts.clone();
    let mut lines = Lines::default();
    match frozen.template {
        PaperTemplate::DeadlineNotice => deadline_notice(&mut lines, read(facts)?),
        PaperTemplate::PersuasionNotice => persuasion_notice(&mut lines, read(facts)?),
        PaperTemplate::VisitRecord => visit_record(&mut lines, read(facts)?),
        PaperTemplate::ServiceReceipt => service_receipt(&mut lines, read(facts)?),
        PaperTemplate::Commitment => commitment(&mut lines, read(facts)?),
        PaperTemplate::ReturnReceipt => return_receipt(&mut lines, read(facts)?),
        PaperTemplate::CountyReferral => county_referral(&mut lines, read(facts)?),
        PaperTemplate::CheckRoster | PaperTemplate::AbsenceRoster | PaperTemplate::Dossier => {}
    }
    Ok(lines)
}

fn read<T: serde::de::DeserializeOwned>(facts: Value) -> Result<T, AppError> {
    serde_json::from_value(facts).map_err(|error| AppError::Fault(format!("frozen facts: {error}")))
}

fn deadline_notice(lines: &mut Lines, of: DeadlineNotice) {
    let named: Vec<String> = of.addressees.into_iter().filter_map(|person| person.name).collect();
    lines.add("受送达人", named.join("、"));
    lines.pupil(&of.pupil);
    lines.said("就读学校", of.enrolled_at);
    lines.day("未到校起始", of.absent_since);
    lines.each("联合劝返", of.visits.iter().map(visit).collect());
    lines.each("事实补充", of.facts);
    lines.each("法律依据", of.basis.iter().map(basis).collect());
    lines.said("决定", of.command);
    lines.add("复学期限", of.within.map(|within| format!("收到之日起{within}内")).unwrap_or_default());
    lines.day("印明的最后日期", of.until);
    lines.said("报到学校", of.report_to);
    lines.each("逾期后果", of.consequences);
    lines.each("救济途径", of.remedies);
    let contact = [of.contact_name, of.contact_phone];
    lines.add("联系人", contact.into_iter().flatten().collect::<Vec<_>>().join("，"));
}

fn visit(one: &RecordedVisit) -> String {
    let note = one.note.as_ref().map(|note| format!("（{note}）")).unwrap_or_default();
    format!("{}，{}{note}", full_day(one.on), one.by.join("、"))
}

fn basis(one: &CitedProvision) -> String {
    format!("《{}》{}", one.law, one.article)
}

fn persuasion_notice(lines: &mut Lines, of: PersuasionNotice) {
    lines.said("学生", of.pupil_name);
    lines.day("限期", of.deadline);
    lines.said("报到学校", of.school);
}

fn visit_record(lines: &mut Lines, of: VisitRecord) {
    lines.pupil(&of.pupil);
    lines.add("劝返", of.ordinal.map(|nth| format!("第{nth}次")).unwrap_or_default());
    lines.day("劝返日期", of.started_at.map(|at| at.date()));
    let went = of.visitors.into_iter().filter_map(|one| Some(format!("{}（{}）", one.name?, one.unit?)));
    lines.add("参加人员", went.collect::<Vec<_>>().join("、"));
    lines.said("监护人陈述", of.guardian_said);
    let outcome = of.outcomes.into_iter().find(|choice| choice.chosen);
    lines.said("劝返结果", outcome.map(|choice| choice.label));
    lines.day("约定返校日期", of.return_on);
}

fn service_receipt(lines: &mut Lines, of: ServiceReceipt) {
    let served = of.papers.into_iter().map(|paper| format!("{} {}", paper.title, paper.number.unwrap_or_default()));
    lines.each("送达的文书", served.collect());
    lines.said("受送达人", of.recipient);
    lines.said("送达地点", of.place);
}

fn commitment(lines: &mut Lines, of: Commitment) {
    lines.pupil(&of.pupil);
    lines.said("承诺对象", of.to);
    lines.day("承诺返校日期", of.return_on);
    lines.said("报到学校", of.school);
}

fn return_receipt(lines: &mut Lines, of: ReturnReceipt) {
    lines.pupil(&of.pupil);
    lines.said("监护人", of.guardians);
    lines.day("报到日期", of.reported_on);
    lines.said("学校", of.school);
}

fn county_referral(lines: &mut Lines, of: CountyReferral) {
    lines.pupil(&of.pupil);
    lines.said("就读学校", of.class);
    lines.said("监护人", of.guardians);
    lines.said("事实", of.facts);
    let there = of.evidence.iter().filter(|item| item.chosen).map(|item| item.label.clone());
    lines.each("所附证据", there.collect());
}
