//! Exactly one whereabouts for every child, and what it rests on (design.md §2, §7.2, §7.6).

use crate::domain::words::{CheckFinding, RollStatus, Whereabouts};

/// Where a child's case stands, as far as the whereabouts ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaseState {
    /// Opened, not yet confirmed on the spot.
    Suspected,
    /// Confirmed.
    Confirmed,
    /// 县级核处 approved: deferred or suspended by the county's decision, visited every month.
    CountyDecided,
    /// The school has confirmed the return.
    Returned,
}

/// What is known of where a child is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ground {
    /// The state of the child's latest case, struck off or not.
    pub case: Option<CaseState>,
    /// The status of the current roll in this county.
    pub roll: Option<RollStatus>,
    /// That school's name.
    pub school: String,
    /// What the accepted answer of the latest check found, and whether with proof.
    pub finding: Option<(CheckFinding, bool)>,
    /// Where that answer says the child goes to school.
    pub elsewhere: String,
}

/// The one class, and its basis in a few words.
pub fn whereabouts(ground: &Ground) -> (Whereabouts, String) {
    of_case(ground)
        .or_else(|| of_roll(ground))
        .or_else(|| of_check(ground))
        .unwrap_or_else(|| (Whereabouts::Unknown, "户籍在册，没有学籍，去向未核实".to_owned()))
}

fn of_case(ground: &Ground) -> Option<(Whereabouts, String)> {
    let say = |class, basis: &str| Some((class, basis.to_owned()));
    match ground.case? {
        CaseState::Suspected => say(Whereabouts::Suspected, "疑似辍学，待现场核实"),
        CaseState::Confirmed => say(Whereabouts::DroppedOut, "已确认辍学，劝返中"),
        CaseState::CountyDecided => say(Whereabouts::Suspended, "县级核处，每月联合劝返"),
        CaseState::Returned => say(Whereabouts::AtSchool, "学校已确认复学"),
    }
}

fn of_roll(ground: &Ground) -> Option<(Whereabouts, String)> {
    let school = &ground.school;
    match ground.roll? {
        RollStatus::Active => Some((Whereabouts::AtSchool, format!("学籍：{school}"))),
        RollStatus::Suspended => Some((Whereabouts::Suspended, format!("{school}休学"))),
        RollStatus::Graduated => Some((Whereabouts::WrittenOff, format!("{school}毕业"))),
        RollStatus::SuspectedMark | RollStatus::DroppedMark | RollStatus::TransferredOut | RollStatus::OtherLeft => {
            None
        }
    }
}

fn of_check(ground: &Ground) -> Option<(Whereabouts, String)> {
    use CheckFinding as F;
    let (finding, proved) = ground.finding?;
    let class = match finding {
        F::AtSchoolHere => Whereabouts::AtSchool,
        F::Elsewhere if proved => Whereabouts::ElsewhereProved,
        F::Elsewhere => Whereabouts::ElsewhereUnproved,
        F::HomeTaught => Whereabouts::Special,
        F::SuspendedOrDeferred => Whereabouts::Suspended,
        F::DuplicateRegistration | F::NoSuchPerson | F::Dead | F::Abroad | F::OutOfAge => Whereabouts::WrittenOff,
        F::WrongNumber | F::Missing | F::NotMet | F::OutOfSchool => Whereabouts::Unknown,
    };
    let place = if ground.elsewhere.is_empty() { String::new() } else { format!("，{}", ground.elsewhere) };
    let lacking = if needs_proof(finding) && !proved { "（缺证明）" } else { "" };
    Some((class, format!("现场核查：{finding}{place}{lacking}")))
}

/// Findings that take a child out of the missing only with a paper behind them (law.md §2.3).
pub const fn needs_proof(finding: CheckFinding) -> bool {
    use CheckFinding as F;
    matches!(
        finding,
        F::Elsewhere
            | F::DuplicateRegistration
            | F::NoSuchPerson
            | F::Dead
            | F::Abroad
            | F::HomeTaught
            | F::SuspendedOrDeferred
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_counts_before_a_roll_and_a_roll_before_an_answer() {
        let mut ground = Ground {
            case: Some(CaseState::Confirmed),
            roll: Some(RollStatus::Active),
            school: "左岚乡中心小学".to_owned(),
            finding: Some((CheckFinding::Elsewhere, true)),
            elsewhere: "四川省万源市".to_owned(),
        };
        assert_eq!(whereabouts(&ground).0, Whereabouts::DroppedOut);
        ground.case = None;
        assert_eq!(whereabouts(&ground), (Whereabouts::AtSchool, "学籍：左岚乡中心小学".to_owned()));
        ground.roll = Some(RollStatus::TransferredOut);
        assert_eq!(whereabouts(&ground).0, Whereabouts::ElsewhereProved);
        ground.finding = Some((CheckFinding::Elsewhere, false));
        assert_eq!(whereabouts(&ground).0, Whereabouts::ElsewhereUnproved);
        assert!(whereabouts(&ground).1.ends_with("（缺证明）"));
        ground.finding = None;
        assert_eq!(whereabouts(&ground).0, Whereabouts::Unknown);
    }
}
