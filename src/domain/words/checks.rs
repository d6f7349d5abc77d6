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
