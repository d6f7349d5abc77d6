//! Which rows speak of a person, and which are totals, notes, headings again, or blank.

use super::{
    field::Field,
    heading::{self, Columns},
};
use crate::domain::{cells::SheetRow, names, spelling};

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RowKind {
    /// It speaks of a person.
    Person,
    /// Nothing in it, or only a number counted on beforehand.
    Blank,
    /// The headings again.
    Heading,
    /// A total.
    Total,
    /// A note, a signature line, or something else that names nobody.
    Remark,
}

/// Tells what a row is.
pub(super) fn kind(row: &SheetRow, columns: &Columns) -> RowKind {
    if row.is_blank() {
        return RowKind::Blank;
    }
    if heading::repeats(row, columns) {
        return RowKind::Heading;
    }
    if says_total(row) {
        return RowKind::Total;
    }
    let filled = |field| columns.at(field).is_some_and(|at| !row.cell(at).is_blank());
    if filled(Field::IdNumber) || filled(Field::RollNumber) {
        return RowKind::Person;
    }
    let alone = row.cells.iter().filter(|c| !c.is_blank()).count() == 1;
    if alone || (signs_or_explains(row) && !named(row, columns)) {
        return lone(row, columns);
    }
    if filled(Field::Name) || filled(Field::Born) {
        return RowKind::Person;
    }
    lone(row, columns)
}

/// Nothing beside the number counted on beforehand is nothing.
fn lone(row: &SheetRow, columns: &Columns) -> RowKind {
    let serial = columns.at(Field::Serial);
    let counted = |at, text: &str| Some(at) == serial && !text.chars().any(char::is_alphabetic);
    let beside = row.cells.iter().enumerate().any(|(at, cell)| !cell.is_blank() && !counted(at, &cell.shown()));
    if beside { RowKind::Remark } else { RowKind::Blank }
}

/// 合计 and its like in one of the first three filled cells.
fn says_total(row: &SheetRow) -> bool {
    let filled = row.cells.iter().filter(|c| !c.is_blank()).take(3);
    filled.map(|c| spelling::tight(&c.shown())).any(|text| {
        let split = ["合计", "总计", "小计", "共计", "总人数"].iter().find_map(|total| text.split_once(total));
        split.is_some_and(|(before, after)| before.chars().count() <= 4 && no_name_in(after))
    })
}

/// A total stands alone or before a figure; 合计芳 would be a name.
fn no_name_in(text: &str) -> bool {
    text.chars().all(|c| !c.is_alphabetic() || matches!(c, '人' | '数' | '户' | '名'))
}

fn named(row: &SheetRow, columns: &Columns) -> bool {
    columns.at(Field::Name).is_some_and(|at| names::read(&row.cell(at).shown()).is_ok())
}

/// 填表人、审核人、盖章、注 … at the start of any cell, before a colon.
fn signs_or_explains(row: &SheetRow) -> bool {
    const WORDS: [&str; 20] = [
        "填表",
        "审核",
        "单位",
        "负责人",
        "制表",
        "填报",
        "校长",
        "经办",
        "签字",
        "签章",
        "盖章",
        "备注",
        "说明",
        "注",
        "填写",
        "日期",
        "联系",
        "复核",
        "导出",
        "打印",
    ];
    row.cells.iter().filter(|c| !c.is_blank()).any(|c| {
        let text = spelling::tight(&c.shown());
        let head = text.split(':').next().unwrap_or_default();
        head.len() < text.len() && WORDS.iter().any(|word| head.contains(word))
    })
}
