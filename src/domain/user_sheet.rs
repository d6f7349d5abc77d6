//! A sheet of new users: its columns, and what each row asks for or what is wrong with it.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::cells::{Cell, SheetRow, Workbook};
use super::faults::Faults;
use super::spelling;
use super::units::Units;
use super::user_form::{self, TypedPost, TypedUser, UserDraft};

/// The columns of the template, in order.
pub const COLUMNS: [&str; 8] = ["姓名", "角色", "单位", "职务", "账号", "联系电话", "起任日期", "止任日期"];
/// Most users of one sheet: each first password takes its time to be made.
pub const MOST: usize = 200;
/// Rows in which the headings are looked for.
const HEADINGS_WITHIN: usize = 10;

/// One row of the sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserRow {
    /// Its number on the sheet, from 1.
    pub number: u32,
    /// As typed.
    pub typed: TypedUser,
    /// What it asks for, or what is wrong.
    pub read: Result<UserDraft, Faults>,
}

/// Why a workbook is no sheet of users.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoSheet {
    /// No row of headings.
    #[error("没有找到表头：请用本页的模板，表头里要有“姓名”“角色”“单位”三列")]
    Headings,
    /// Headings and nothing below.
    #[error("表头下面没有填人：请一人一行填好后再上传")]
    Empty,
    /// Too many at once.
    #[error("这张表有 {0} 人，一次最多 {MOST} 人：请分成几张表上传")]
    TooMany(usize),
}

/// Reads the first sheet that has the headings.
pub fn read(book: &Workbook, units: &Units, today: NaiveDate) -> Result<Vec<UserRow>, NoSheet> {
    let found = book.sheets.iter().find_map(|sheet| headings(&sheet.rows).map(|(at, columns)| (sheet, at, columns)));
    let Some((sheet, at, columns)) = found else { return Err(NoSheet::Headings) };
    let rows = sheet.rows[at + 1..].iter().map(|row| (row.number, typed(row, &columns)));
    rows_of(rows.filter(|(_, typed)| !is_note(typed)).collect(), units, today)
}

/// Reads rows that were typed, and tells those that two rows ask for.
pub fn rows_of(rows: Vec<(u32, TypedUser)>, units: &Units, today: NaiveDate) -> Result<Vec<UserRow>, NoSheet> {
    if rows.is_empty() {
        return Err(NoSheet::Empty);
    }
    if rows.len() > MOST {
        return Err(NoSheet::TooMany(rows.len()));
    }
    let read =
        |(number, typed): (u32, TypedUser)| UserRow { number, read: user_form::user(&typed, units, today), typed };
    let mut read: Vec<UserRow> = rows.into_iter().map(read).collect();
    tell_twins(&mut read);
    Ok(read)
}

/// The row of headings and, for each of the template's columns, where it is.
fn headings(rows: &[SheetRow]) -> Option<(usize, [Option<usize>; COLUMNS.len()])> {
    rows.iter().take(HEADINGS_WITHIN).enumerate().find_map(|(at, row)| {
        let places = COLUMNS.map(|heading| row.cells.iter().position(|cell| says(cell, heading)));
        places[..3].iter().all(Option::is_some).then_some((at, places))
    })
}

fn says(cell: &Cell, heading: &str) -> bool {
    let text = spelling::tight(&cell.shown());
    let text = text.split(['(', '（']).next().unwrap_or_default();
    text == heading
        || match heading {
            "联系电话" => matches!(text, "电话" | "手机" | "手机号"),
            "角色" => text == "岗位",
            "账号" => matches!(text, "帐号" | "登录名"),
            _ => false,
        }
}

fn typed(row: &SheetRow, columns: &[Option<usize>; COLUMNS.len()]) -> TypedUser {
    let cell = |column: usize| columns[column].map(|at| row.cell(at).shown()).unwrap_or_default();
    TypedUser {
        name: cell(0),
        login: cell(4),
        phone: cell(5),
        post: TypedPost { role: cell(1), unit: cell(2), title: cell(3), from: cell(6), until: cell(7) },
    }
}

/// A blank line, or a line of words below the table: who took it out, what to mind.
fn is_note(typed: &TypedUser) -> bool {
    let others = [&typed.login, &typed.phone, &typed.post.role, &typed.post.unit];
    others.iter().all(|text| spelling::tight(text).is_empty())
        && (spelling::tight(&typed.name).is_empty() || typed.name.chars().count() > 8)
}

/// Two rows with one login, or with one person in one post.
fn tell_twins(rows: &mut [UserRow]) {
    let mut logins: HashMap<String, u32> = HashMap::new();
    let mut people = HashMap::new();
    for row in rows {
        let Ok(draft) = &row.read else { continue };
        let mut faults = Faults::default();
        if let Some(login) = &draft.login
            && let Some(first) = logins.insert(login.clone(), row.number)
        {
            faults.add("login", format!("账号与第 {first} 行相同"));
        }
        let person = (draft.name.clone(), draft.post.role, draft.post.unit);
        if let Some(first) = people.insert(person, row.number) {
            faults.add("name", format!("与第 {first} 行重复"));
        }
        if !faults.is_empty() {
            row.read = Err(faults);
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::cells::{Encoding, Format, Sheet};
    use crate::domain::ids::UnitId;
    use crate::domain::role::UnitKind;
    use crate::domain::units::Unit;

    fn units() -> Units {
        let unit = Unit {
            id: UnitId(Uuid::from_u128(1)),
            kind: UnitKind::Township,
            name: "左岚乡".to_owned(),
            code: None,
            government_parent: None,
            education_parent: None,
            township: None,
            stage: None,
            grade: None,
        };
        Units::new(vec![unit], HashMap::new())
    }

    fn book(lines: &[&str]) -> Workbook {
        let row = |(at, line): (usize, &&str)| SheetRow {
            number: u32::try_from(at + 1).unwrap(),
            cells: line.split(',').map(|text| Cell::Text(text.to_owned())).collect(),
        };
        let sheet = Sheet { name: "用户".into(), rows: lines.iter().enumerate().map(row).collect(), merges: vec![] };
        Workbook { format: Format::Text(Encoding::Utf8), sheets: vec![sheet] }
    }

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 10, 15).unwrap()
    }

    #[test]
    fn rows_are_read_under_their_headings_wherever_these_stand() {
        let lines = [
            "新增用户",
            "序号,单位,姓名,角色,电话",
            "1,左岚乡,谭晓燕,乡镇经办,13800000001",
            ",,,,",
            "导出：城口县 甘明远 2026年10月15日",
        ];
        let rows = read(&book(&lines), &units(), today()).unwrap();
        assert_eq!(rows.len(), 1);
        let draft = rows[0].read.as_ref().unwrap();
        assert_eq!((draft.name.as_str(), draft.phone.as_deref(), rows[0].number), ("谭晓燕", Some("13800000001"), 3));
    }

    #[test]
    fn each_row_says_what_is_wrong_with_it() {
        let lines = [
            "姓名,角色,单位,账号",
            "谭晓燕,乡镇经办,左岚乡,tan",
            "谭晓燕,乡镇经办,左岚乡,tan2",
            "向前,乡镇经办,左岚乡,tan",
            "李,村长,左岚乡,",
        ];
        let rows = read(&book(&lines), &units(), today()).unwrap();
        let told: Vec<String> =
            rows.iter().map(|r| r.read.as_ref().err().map(Faults::sentence).unwrap_or_default()).collect();
        assert_eq!(told[..3], ["", "与第 2 行重复", "账号与第 2 行相同"]);
        assert!(told[3].starts_with("没有“村长”这个角色"), "{}", told[3]);
    }

    #[test]
    fn what_is_no_sheet_of_users_is_refused() {
        let refused = |lines: &[&str]| read(&book(lines), &units(), today()).unwrap_err();
        assert_eq!(refused(&["姓名,性别", "王,男"]), NoSheet::Headings);
        assert_eq!(refused(&["姓名,角色,单位"]), NoSheet::Empty);
        let mut many = vec!["姓名,角色,单位"];
        many.extend(std::iter::repeat_n("王,乡镇经办,左岚乡", 201));
        assert_eq!(refused(&many), NoSheet::TooMany(201));
    }
}
