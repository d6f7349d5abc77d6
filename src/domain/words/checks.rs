//! The closed lists of checks: why a child may have been found on no roll, and what was found on the spot.

use crate::vocabulary;

vocabulary! {
    /// The likely reason why a registered child was found on no roll; it changes no count.
    pub enum CheckCause {
        DigitOff = "digit_off" => "号码差一位",
        DigitsSwapped = "digits_swapped" => "号码两位颠倒",
        SameNameBirth = "same_name_birth" => "同名同生日",
        RefusedRow = "refused_row" => "在退回的行里",
        OverAge = "over_age" => "可能超龄",
        NotYetOfAge = "not_yet_of_age" => "可能未到入学年龄",
        LeftRoll = "left_roll" => "学籍已转出、毕业或离校",
        None = "none" => "没有线索",
    }
}

vocabulary! {
    /// What a check found (去向核查结果, law.md §2.3).
    pub enum CheckFinding {
        AtSchoolHere = "at_school_here" => "在本县就读（学籍待更正）",
        Elsewhere = "elsewhere" => "在外地就读",
        WrongNumber = "wrong_number" => "证件号码有误",
        DuplicateRegistration = "duplicate_registration" => "户籍重复或迁出未注销",
        NoSuchPerson = "no_such_person" => "查无此人",
        Dead = "dead" => "死亡",
        Abroad = "abroad" => "出国（境）",
        HomeTaught = "home_taught" => "特校或送教上门",
        SuspendedOrDeferred = "suspended_or_deferred" => "休学或缓学",
        OutOfAge = "out_of_age" => "超龄或已完成义务教育",
        Missing = "missing" => "失踪失联",
        OutOfSchool = "out_of_school" => "在家未就读（辍学）",
        NotMet = "not_met" => "未见到人，去向不明",
    }
}

impl CheckFinding {
    /// As a village asks itself: at school, not at school, not met, or a matter of papers; the frequent first.
    pub const GROUPS: [(&'static str, &'static [Self]); 4] = [
        ("在读", &[Self::Elsewhere, Self::AtSchoolHere, Self::HomeTaught]),
        ("不在读", &[Self::OutOfSchool, Self::SuspendedOrDeferred, Self::OutOfAge]),
        ("没有见到人", &[Self::NotMet, Self::Missing]),
        (
            "户口、号码的问题",
            &[Self::WrongNumber, Self::DuplicateRegistration, Self::Abroad, Self::Dead, Self::NoSuchPerson],
        ),
    ];

    /// When to choose it, and what it asks for.
    pub const fn help(self) -> &'static str {
        match self {
            Self::AtSchoolHere => "在本县学校上课，只是学籍没有对上",
            Self::Elsewhere => "写明省、市、县和学校；有在读证明的拍下来",
            Self::WrongNumber => "户口簿上的身份证号与名单不同，写明哪里不同",
            Self::DuplicateRegistration => "户口登记了两次，或已经迁走没有注销；要派出所证明",
            Self::NoSuchPerson => "村里没有这个人；要派出所证明",
            Self::Dead => "要死亡证明",
            Self::Abroad => "随家长出国（境）；要出入境证明",
            Self::HomeTaught => "在特殊教育学校，或老师送教上门；要残疾证明",
            Self::SuspendedOrDeferred => "因病等办了休学、缓学；要医院证明",
            Self::OutOfAge => "已满年龄，或初中已毕业",
            Self::Missing => "家里也联系不上；要派出所证明",
            Self::OutOfSchool => "应当上学，没有在任何学校；认定后列为劝返对象",
            Self::NotMet => "去了没有见到人，问不出去向；以后再去",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_finding_stands_in_one_group() {
        let mut grouped: Vec<CheckFinding> =
            CheckFinding::GROUPS.iter().flat_map(|(_, all)| all.iter().copied()).collect();
        grouped.sort_unstable_by_key(|finding| finding.code());
        let mut all = CheckFinding::ALL.to_vec();
        all.sort_unstable_by_key(|finding| finding.code());
        assert_eq!(grouped, all);
    }
}
