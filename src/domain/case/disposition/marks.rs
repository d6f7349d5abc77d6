//! Whether a file bears what its item asks: who certified, signed and sealed it, its numbers, its date, its copies.

use super::lacking::Lacking;
use crate::domain::calendar::spoken;
use crate::domain::case::EvidenceFact;
use crate::domain::case::round::Round;
use crate::domain::case::unmet::Unmet;
use crate::domain::policy::{Dated, EvidenceRule, Marks};
use crate::domain::words::{EvidenceKind, Signatory};

impl Round<'_> {
    /// What the best of the files of a kind lacks; that there is none, where there is none.
    pub(super) fn file_unmet(&self, rule: &EvidenceRule, evidence: EvidenceKind) -> Vec<Unmet> {
        let filed = |one: &&EvidenceFact| one.kind == evidence && self.start <= one.day && one.day <= self.today;
        let faults = self.facts.evidence.iter().filter(filed).map(|file| self.faults(&rule.marks, file));
        let Some(faults) = faults.min_by_key(Vec::len) else { return vec![missing(rule, evidence)] };
        let mark = |why| Unmet::Ending(Lacking::Mark { label: rule.label.clone(), why, evidence });
        faults.into_iter().map(mark).collect()
    }

    fn faults(&self, asked: &Marks, file: &EvidenceFact) -> Vec<String> {
        let mut told = Vec::new();
        let bears = |who: &[Signatory], has: &[Signatory], what: &str| {
            let missing: Vec<&str> = who.iter().filter(|one| !has.contains(one)).map(|one| one.label()).collect();
            (!missing.is_empty()).then(|| format!("缺{}{what}", missing.join("、")))
        };
        if !asked.certifier.is_empty() && !file.certifier.is_some_and(|who| asked.certifier.contains(&who)) {
            let who: Vec<&str> = asked.certifier.iter().map(|one| one.label()).collect();
            told.push(format!("须由{}出具", who.join("或")));
        }
        if let Some(level) = asked.hospital
            && file.hospital.is_none_or(|has| has < level)
        {
            let has = file.hospital.map_or_else(|| "没有写明".to_owned(), |has| format!("这份是{has}"));
            told.push(format!("须由{level}及以上医院出具（{has}）"));
        }
        told.extend(bears(&asked.signatures, &file.signatures, "签字"));
        told.extend(bears(&asked.seals, &file.seals, "盖章"));
        let numbers = asked.numbers.iter().filter(|number| !file.numbers.contains(number));
        told.extend(numbers.map(|number| format!("缺{number}")));
        told.extend(self.date_fault(asked.dated, file));
        let copies = file.copies.unwrap_or(1);
        told.extend(asked.copies.filter(|need| copies < *need).map(|need| format!("应一式{need}份，现有{copies}份")));
        let missing: Vec<&str> =
            asked.recipients.iter().filter(|one| !file.recipients.contains(one)).map(|one| one.label()).collect();
        if !missing.is_empty() {
            told.push(format!("还没有报送{}", missing.join("、")));
        }
        told
    }

    fn date_fault(&self, asked: Option<Dated>, file: &EvidenceFact) -> Option<String> {
        let Dated::AfterLastVisit = asked?;
        let last = self.last_counted()?.day;
        let dated = file.dated.unwrap_or(file.day);
        let told = || format!("时间须在劝返后（这份{}，最后一次劝返{}）", spoken(dated), spoken(last));
        (dated <= last).then(told)
    }

    /// The counted visits whose record not each of those who went has signed.
    pub(super) fn unsigned_visits(&self) -> Vec<Unmet> {
        let went = |people: usize| u16::try_from(people).unwrap_or(u16::MAX);
        let visits = self.counting().map(|visit| (visit.day, went(visit.participants.len()), visit.signatures));
        let unsigned = visits.filter(|(_, went, signed)| signed < went);
        unsigned.map(|(day, went, signed)| Unmet::Ending(Lacking::Unsigned { day, went, signed })).collect()
    }
}

/// A file that the page of evidence calls by the same name is asked for as everywhere.
fn missing(rule: &EvidenceRule, evidence: EvidenceKind) -> Unmet {
    if rule.label == evidence.label() {
        return Unmet::EvidenceMissing { evidence };
    }
    Unmet::Ending(Lacking::File { label: rule.label.clone(), evidence })
}
