//! The lists that are taken out of the program as workbooks.

use super::faults::Faults;
use crate::vocabulary;

vocabulary! {
    /// A list that leaves the program; the last in the form of 002 附件2, on its own page.
    pub enum ListKind {
        Balance = "balance" => "去向平衡表",
        Children = "children" => "名册",
        Checks = "checks" => "待核查名单",
        Cases = "cases" => "一人一案名单",
        Absent = "absent" => "未到校学生名单",
    }
}

/// Rows that a person may take out in a day of the county (security.md C4 row 4); more need a second person.
pub const MOST_ROWS: usize = 2000;
/// Lists that a person may take out in a day (security.md C5).
pub const MOST_EXPORTS: usize = 20;
/// Rows of one list at most, whoever releases it: a workbook is made in memory.
pub const MOST_RELEASED: usize = 20_000;
/// So many days a released list can be fetched.
pub const RELEASED_DAYS: u64 = 7;

/// What a person has taken out today.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TakenToday {
    /// Rows with a child in them.
    pub rows: usize,
    /// Lists.
    pub exports: usize,
}

impl TakenToday {
    /// Whether one more list of so many rows goes beyond the day's limit.
    pub const fn is_over_with(self, rows: usize) -> bool {
        self.rows + rows > MOST_ROWS || self.exports + 1 > MOST_EXPORTS
    }
}

/// Characters of a reason, fewest and most.
const REASON: std::ops::RangeInclusive<usize> = 2..=60;

/// What a list is taken out for, or why that is no reason.
pub fn reason(typed: &str) -> Result<String, Faults> {
    let reason = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    let said = match reason.chars().count() {
        n if REASON.contains(&n) => return Ok(reason),
        0 => "请写明导出做什么用，如“报县教委九月台账”。".to_owned(),
        n if n < *REASON.start() => "用途写得太短，请写明导出做什么用。".to_owned(),
        n => format!("用途写了 {n} 个字，请控制在 {} 个字以内。", REASON.end()),
    };
    Err(Faults::one("reason", said))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_some_words_and_not_a_blank() {
        assert_eq!(reason(" 报县教委\n九月台账 "), Ok("报县教委 九月台账".to_owned()));
        for none in ["", "　 ", "无"] {
            assert!(reason(none).is_err(), "{none:?}");
        }
        assert!(reason(&"字".repeat(61)).is_err());
    }
}
