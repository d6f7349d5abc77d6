//! The rows of exported lists, column by column; numbers and phones as lists show them, masked.

use chrono::NaiveDate;

use super::Balanced;
use crate::db::cases::list::CaseLine;
use crate::db::checks::CheckLine;
use crate::db::children::ChildLine;
use crate::domain::balance::BalanceRow;
use crate::domain::cells::Cell;
use crate::domain::grade::Grade;
use crate::domain::ids::UnitId;
use crate::domain::list::ListKind;
use crate::domain::moment::day_of;
use crate::domain::units::Units;
use crate::domain::words::Whereabouts;
use crate::sheets::{Column, Table};

const CHILDREN: &[&str] = &[
    "姓名",
    "性别",
    "出生日期",
    "身份证号",
    "户籍地",
    "学校",
    "年级班级",
    "户主",
    "监护人",
    "联系电话",
    "去向",
    "依据",
];
const CHECKS: &[&str] =
    &["姓名", "性别", "出生日期", "身份证号", "户籍地", "户主", "联系电话", "可能原因", "派发日期", "核查结果", "期限"];
const CASES: &[&str] = &[
    "编号",
    "姓名",
    "性别",
    "出生日期",
    "乡镇",
    "村",
    "学校",
    "班级",
    "状态",
    "步骤",
    "已计劝返",
    "最近劝返",
    "下一步",
    "期限",
    "列入日期",
];

/// The balance table, with its sum below; a figure is a number.
pub(super) fn balance(balanced: &Balanced, units: &Units) -> Table {
    let classes = Whereabouts::ALL.iter().map(|class| Column::new(class.label()));
    let columns = std::iter::once(Column::new(balanced.unit_word())).chain(classes);
    let all = balanced.table.rows.iter().map(|row| (Balanced::row_name(units, row.unit), row));
    let rows = all.chain([(balanced.total_word(), &balanced.table.total)]);
    Table {
        name: ListKind::Balance.label().to_owned(),
        title: format!("{}适龄儿童去向平衡表", balanced.scope(units)),
        columns: columns.chain(["合计＝户籍适龄", "另：外来就读"].map(Column::new)).collect(),
        rows: rows.map(|(name, row)| figures(name, row)).collect(),
        ..Table::default()
    }
}

fn figures(name: &str, row: &BalanceRow) -> Vec<Cell> {
    let counts = row.classes.iter().copied().chain([row.registered(), row.from_elsewhere]);
    std::iter::once(Cell::from(name)).chain(counts.map(number)).collect()
}

/// A list of people with its headings and the rows numbered.
pub(super) fn numbered(kind: ListKind, units: &Units, rows: Vec<Vec<Cell>>) -> Table {
    let headings = match kind {
        ListKind::Children => CHILDREN,
        ListKind::Checks => CHECKS,
        ListKind::Cases | ListKind::Balance | ListKind::Absent => CASES,
    };
    let with_number = |(n, row): (i64, Vec<Cell>)| std::iter::once(number(n)).chain(row).collect();
    Table {
        name: kind.label().to_owned(),
        title: format!("{}{kind}", units.county().map(|u| u.name.as_str()).unwrap_or_default()),
        columns: std::iter::once(&"序号").chain(headings).map(|heading| Column::new(*heading)).collect(),
        rows: (1..).zip(rows).map(with_number).collect(),
        ..Table::default()
    }
}

pub(super) fn child(line: &ChildLine, units: &Units) -> Vec<Cell> {
    let class = units.name(line.class);
    let grade = line.grade.and_then(|g| u8::try_from(g).ok()).and_then(Grade::new).map_or("", Grade::label);
    vec![
        text(&line.name),
        text(line.sex.label()),
        Cell::Date(line.birth),
        maybe(line.idno_masked.as_deref()),
        text(&home(units, line.domicile_township, line.domicile_village, line.domicile_text.as_deref())),
        text(units.name(line.school)),
        text(if class.is_empty() { grade } else { class }),
        maybe(line.head_name.as_deref()),
        maybe(line.guardian_name.as_deref()),
        maybe(line.phone_masked.as_deref()),
        text(line.whereabouts.label()),
        text(&line.whereabouts_basis),
    ]
}

pub(super) fn check(line: &CheckLine, units: &Units) -> Vec<Cell> {
    vec![
        text(&line.name),
        text(line.sex.label()),
        Cell::Date(line.birth),
        maybe(line.idno_masked.as_deref()),
        text(&home(units, line.township, line.village, line.domicile_text.as_deref())),
        maybe(line.head_name.as_deref()),
        maybe(line.phone_masked.as_deref()),
        text(line.cause.label()),
        day(line.sent_at.map(day_of)),
        text(line.finding.map_or("", |finding| finding.label())),
        Cell::Date(line.due_on),
    ]
}

pub(super) fn case(line: &CaseLine) -> Vec<Cell> {
    vec![
        text(&line.number),
        text(&line.name),
        text(line.sex.label()),
        Cell::Date(line.birth),
        text(&line.township_name),
        maybe(line.village_name.as_deref()),
        maybe(line.school_name.as_deref()),
        maybe(line.class_name.as_deref()),
        text(line.state.label()),
        text(&line.rung_label),
        number(i64::from(line.counted_visits)),
        day(line.last_visit_on),
        text(&line.next_action),
        day(line.due_on),
        Cell::Date(line.opened_on),
    ]
}

/// Township and village, or what was written where the village could not be told.
fn home(units: &Units, township: Option<UnitId>, village: Option<UnitId>, written: Option<&str>) -> String {
    match units.name(village) {
        "" => written.unwrap_or_default().to_owned(),
        village => format!("{}{village}", units.name(township)),
    }
}

fn text(text: &str) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::from(text) }
}

fn maybe(written: Option<&str>) -> Cell {
    text(written.unwrap_or_default())
}

fn day(day: Option<NaiveDate>) -> Cell {
    day.map_or(Cell::Empty, Cell::Date)
}

/// A count as a number of the sheet; counts of people are far below what it holds exactly.
#[expect(clippy::cast_precision_loss, reason = "counts are below 2^52")]
fn number(n: i64) -> Cell {
    Cell::Number(n as f64)
}
