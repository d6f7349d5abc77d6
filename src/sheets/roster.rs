//! The township's list of pupils who have not come, as 002 附件2 draws it: a sheet a village, eleven columns.

use super::{
    ink::{Mark, Unwritable},
    table::{Column, Table, tables},
};
use crate::domain::cells::Cell;

/// The columns in order (002:L57-68).
pub const ABSENT_COLUMNS: [&str; 11] = [
    "序号",
    "村名",
    "学生姓名",
    "性别",
    "就读学校",
    "就读年级班级",
    "身份证号码",
    "户主姓名",
    "联系电话",
    "是否脱贫户/监测户",
    "备注",
];

/// Rows of the grid as it is printed.
const GRID: usize = 12;

/// One village's sheet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct VillageSheet {
    /// The village, which names the tab and fills the second column.
    pub village: String,
    /// Its pupils.
    pub lines: Vec<AbsentLine>,
}

/// One pupil, in words; what is not known stays empty for the village to write.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AbsentLine {
    /// 学生姓名
    pub name: String,
    /// 性别
    pub sex: String,
    /// 就读学校
    pub school: String,
    /// 就读年级班级
    pub grade_class: String,
    /// 身份证号码, in full or empty: a mask would come back as a fault.
    pub number: String,
    /// 户主姓名
    pub head: String,
    /// 联系电话
    pub phone: String,
    /// 是否脱贫户/监测户
    pub poverty: String,
    /// 备注
    pub remark: String,
}

/// Writes the list of a township.
pub fn absent_roster(township: &str, villages: &[VillageSheet], mark: &Mark) -> Result<Vec<u8>, Unwritable> {
    let sheets: Vec<Table> = villages.iter().map(|village| sheet(township, village)).collect();
    tables(&sheets, mark)
}

fn sheet(township: &str, village: &VillageSheet) -> Table {
    let rows: Vec<Vec<Cell>> =
        village.lines.iter().zip(1..).map(|(line, n)| cells(n, &village.village, line)).collect();
    Table {
        name: village.village.clone(),
        title: format!("{township}动态摸排未到校学生名单"),
        note: None,
        columns: ABSENT_COLUMNS.into_iter().map(Column::new).collect(),
        blank_rows: GRID.saturating_sub(rows.len()),
        rows,
    }
}

fn cells(n: u32, village: &str, line: &AbsentLine) -> Vec<Cell> {
    let texts = [
        village,
        &line.name,
        &line.sex,
        &line.school,
        &line.grade_class,
        &line.number,
        &line.head,
        &line.phone,
        &line.poverty,
        &line.remark,
    ];
    let text = |t: &str| if t.is_empty() { Cell::Empty } else { Cell::from(t) };
    std::iter::once(Cell::Number(f64::from(n))).chain(texts.into_iter().map(text)).collect()
}
