//! A disposition as a county uses it: what must be so, what must be proved, who proposes and approves, what goes on.

use serde::{Deserialize, Serialize};

use super::condition::Condition;
use super::cursor::{Cursor, Read, Stop, read_codes};
use super::follow_up::FollowUp;
use super::ladder::{Basis, Owner};
use super::route::{Placement, Route};
use super::rules::Gate;
use crate::domain::words::{DispositionKind, Effect, EvidenceKind, HospitalLevel, NumberKind, PaperKind, Signatory};
use crate::vocabulary;

/// A disposition that the county uses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DispositionRule {
    /// Which; its code is the id by which profiles are merged.
    pub kind: DispositionKind,
    /// What it rests on.
    pub basis: Basis,
    /// What it does to the ledger, where that is not the usual.
    #[serde(default)]
    pub effect: Option<Effect>,
    /// The body that agrees, leads or takes the child in, by name: 县委农村工作暨实施乡村振兴战略领导小组.
    #[serde(default)]
    pub body: Option<String>,
    /// Who proposes; where none is said, whoever takes the rung of the same name.
    #[serde(default)]
    pub by: Option<Owner>,
    /// Who approves, one after the other, each another person; where none is said, whoever completes that rung.
    #[serde(default)]
    pub approve: Vec<Owner>,
    /// What must be so when it is proposed and when it is approved; all of it.
    #[serde(default)]
    pub conditions: Vec<Condition>,
    /// Its evidence.
    #[serde(default)]
    pub items: Vec<EvidenceRule>,
    /// What goes on after it was agreed to.
    #[serde(default)]
    pub follow_up: Option<FollowUp>,
    /// Who is told and asked, by where the child comes from or goes to school.
    #[serde(default)]
    pub routes: Vec<Route>,
    /// Where a child who is back is put.
    #[serde(default)]
    pub placement: Option<Placement>,
}

impl DispositionRule {
    /// What it does to the ledger.
    pub fn effect(&self) -> Effect {
        self.effect.unwrap_or_else(|| self.kind.usual_effect())
    }
}

vocabulary! {
    /// What an item of evidence is.
    pub enum Need {
        /// A file of the kind `evidence`.
        Evidence = "evidence" => "佐证材料",
        /// The paper `paper`, served in this round.
        PaperServed = "paper_served" => "已送达的文书",
        /// The proof of service of `paper`.
        ServiceProof = "service_proof" => "送达回证",
        /// The joint visits of the county's gate, each with all who went confirmed.
        JointVisits = "joint_visits" => "联合劝返记录",
        /// Media of the counted visits that prove the pupil's presence.
        PupilMedia = "pupil_media" => "学生在场的证明",
        /// The school's confirmation that the child is back.
        SchoolConfirmed = "school_confirmed" => "学校到校确认",
        /// The joint visit of every month since the county agreed.
        MonthlyVisits = "monthly_visits" => "每月联合劝返记录",
    }
}

vocabulary! {
    /// By when an item must be there.
    pub enum NeededAt {
        Propose = "propose" => "提请时",
        Decide = "decide" => "审批时",
        StrikeOff = "strike_off" => "销号时",
        After = "after" => "同意之后",
    }
}

vocabulary! {
    /// Which date a document must bear.
    pub enum Dated {
        /// 002:L263: 时间在劝返后
        AfterLastVisit = "after_last_visit" => "在最后一次劝返之后",
    }
}

/// One item of a disposition's evidence; what a document must bear is asked of one and the same document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvidenceRule {
    /// Its id, by which profiles are merged.
    pub id: String,
    /// As the page calls it.
    pub label: String,
    /// What it is.
    pub need: Need,
    /// Whose number of visits it asks for, where `need` is visits; the notice's if none is said.
    #[serde(default)]
    pub gate: Option<Gate>,
    /// Which file, where `need` is a file.
    #[serde(default)]
    pub evidence: Option<EvidenceKind>,
    /// Which paper, where `need` is one.
    #[serde(default)]
    pub paper: Option<PaperKind>,
    /// By when.
    pub at: NeededAt,
    /// What is asked of the file.
    #[serde(default, skip_serializing_if = "Marks::is_empty")]
    pub marks: Marks,
    /// It is kept in this place and not uploaded: 教务处 (AC-66).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept: Option<String>,
    /// Of every counted visit: each of those who went signed its record (AC-55).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub all_signed: bool,
    /// Where it is asked for: 002:L263; none where the basis of the disposition says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The words there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
}

/// What a document must bear.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Marks {
    /// Any one of these certified it.
    pub certifier: Vec<Signatory>,
    /// A hospital of this level or a higher one did (AC-70).
    pub hospital: Option<HospitalLevel>,
    /// Each of these signed it.
    pub signatures: Vec<Signatory>,
    /// Each of these sealed it.
    pub seals: Vec<Signatory>,
    /// It gives these numbers (AC-98).
    pub numbers: Vec<NumberKind>,
    /// Its date (AC-68).
    pub dated: Option<Dated>,
    /// So many copies (AC-100) …
    pub copies: Option<u16>,
    /// … which these received.
    pub recipients: Vec<Signatory>,
}

impl Marks {
    /// Nothing is asked but that it be there.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

read_codes!(Dated, DispositionKind, Effect, EvidenceKind, HospitalLevel, Need, NeededAt, NumberKind);

const MARKS: [&str; 8] = ["certifier", "hospital", "signatures", "seals", "numbers", "dated", "copies", "recipients"];

impl Read for EvidenceRule {
    fn read(at: &Cursor<'_>) -> Result<Self, Stop> {
        let keys = ["id", "label", "need", "gate", "evidence", "paper", "at", "kept", "all_signed", "source", "quote"];
        let at = at.table(&[&keys[..], &MARKS].concat())?;
        let evidence: Option<EvidenceKind> = at.maybe("evidence")?;
        let need = if evidence.is_some() { at.maybe("need")?.unwrap_or(Need::Evidence) } else { at.need("need")? };
        Ok(Self {
            id: at.need("id")?,
            label: at.need("label")?,
            need,
            gate: at.maybe("gate")?,
            evidence,
            paper: at.maybe("paper")?,
            at: at.need("at")?,
            marks: Marks {
                certifier: at.maybe("certifier")?.unwrap_or_default(),
                hospital: at.maybe("hospital")?,
                signatures: at.maybe("signatures")?.unwrap_or_default(),
                seals: at.maybe("seals")?.unwrap_or_default(),
                numbers: at.maybe("numbers")?.unwrap_or_default(),
                dated: at.maybe("dated")?,
                copies: at.maybe("copies")?,
                recipients: at.maybe("recipients")?.unwrap_or_default(),
            },
            kept: at.maybe("kept")?,
            all_signed: at.maybe("all_signed")?.unwrap_or(false),
            source: at.maybe("source")?,
            quote: at.maybe("quote")?,
        })
    }
}

impl Read for DispositionRule {
    fn read(at: &Cursor<'_>) -> Result<Self, Stop> {
        let keys = ["id", "basis", "effect", "body", "by", "approve", "conditions", "items"];
        let at = at.table(&[&keys[..], &["follow_up", "routes", "placement"]].concat())?;
        let (conditions, items) = (at.maybe("conditions"), at.maybe("items"));
        let (follow_up, routes, placement) = (at.maybe("follow_up"), at.maybe("routes"), at.maybe("placement"));
        Ok(Self {
            kind: at.need("id")?,
            basis: at.need("basis")?,
            effect: at.maybe("effect")?,
            body: at.maybe("body")?,
            by: at.maybe("by")?,
            approve: at.maybe("approve")?.unwrap_or_default(),
            conditions: conditions?.unwrap_or_default(),
            items: items?.unwrap_or_default(),
            follow_up: follow_up?,
            routes: routes?.unwrap_or_default(),
            placement: placement?,
        })
    }
}
