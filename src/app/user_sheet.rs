//! New users from a sheet: the template, what each row asks for, the receipt with the first passwords.

use super::imports::mark;
use super::services::{AppError, Services};
use crate::db::users as stored;
use crate::domain::actor::Actor;
use crate::domain::cells::Cell;
use crate::domain::faults::Faults;
use crate::domain::role::Role;
use crate::domain::user_form::TypedUser;
use crate::domain::user_sheet::{self, COLUMNS, NoSheet, UserRow};
use crate::sheets::{Column, Table, tables};

/// Reads a workbook of new users; what is wrong with the whole of it is a sentence.
pub async fn read(services: &Services, actor: &Actor, bytes: &[u8]) -> Result<Result<Vec<UserRow>, String>, AppError> {
    let book = match services.sheets.read_bytes(bytes).await {
        Ok(book) => book,
        Err(unreadable) => return Ok(Err(unreadable.to_string())),
    };
    let units = services.units(actor.county).await?;
    match user_sheet::read(&book, &units, services.db.clock().today()) {
        Ok(rows) => Ok(Ok(check(services, actor, rows).await?)),
        Err(no) => Ok(Err(no.to_string())),
    }
}

/// Reads rows that were shown and are to be made now: the same rules once more.
pub async fn again(
    services: &Services,
    actor: &Actor,
    rows: Vec<(u32, TypedUser)>,
) -> Result<Result<Vec<UserRow>, NoSheet>, AppError> {
    let units = services.units(actor.county).await?;
    match user_sheet::rows_of(rows, &units, services.db.clock().today()) {
        Ok(rows) => Ok(Ok(check(services, actor, rows).await?)),
        Err(no) => Ok(Err(no)),
    }
}

/// Tells the rows whose login is taken, or whose person is in that post already: the same sheet twice makes nobody twice.
async fn check(services: &Services, actor: &Actor, mut rows: Vec<UserRow>) -> Result<Vec<UserRow>, AppError> {
    let drafts = rows.iter().filter_map(|row| row.read.as_ref().ok());
    let logins: Vec<String> = drafts.clone().filter_map(|draft| draft.login.clone()).collect();
    let names: Vec<String> = drafts.map(|draft| draft.name.clone()).collect();
    let mut read = services.db.read(actor).await?;
    let taken = stored::taken(&mut read, &logins).await?;
    let known = stored::in_post(&mut read, &names, services.db.clock().today()).await?;
    for row in &mut rows {
        let Ok(draft) = &row.read else { continue };
        let mut faults = Faults::default();
        if let Some(login) = draft.login.as_ref().filter(|login| taken.contains(login)) {
            faults.add("login", format!("账号“{login}”已有人使用"));
        }
        let same = |k: &&stored::InPost| k.name == draft.name && k.role == draft.post.role && k.unit == draft.post.unit;
        if let Some(same) = known.iter().find(same) {
            faults.add("name", format!("此人已在这个岗位，账号 {}", same.login));
        }
        if !faults.is_empty() {
            row.read = Err(faults);
        }
    }
    Ok(rows)
}

/// The empty sheet, with the roles to choose from and the county's units on a sheet beside it.
pub async fn template(services: &Services, actor: &Actor) -> Result<Vec<u8>, AppError> {
    let units = services.units(actor.county).await?;
    let column = |heading: &&str| match *heading {
        "角色" => Column::of_choices(*heading, Role::ALL.iter().map(|role| role.label())),
        other => Column::new(other),
    };
    let note =
        "姓名、角色、单位必填。单位照“单位”表填写，县级角色可不填。账号不填就用姓名拼音；日期不填就是今天起、长期。";
    let people = Table {
        name: "用户".into(),
        title: "新增用户".into(),
        note: Some(note.into()),
        columns: COLUMNS.iter().map(column).collect(),
        rows: vec![],
        blank_rows: 60,
    };
    let posts = |kind| Role::ALL.iter().any(|role| role.unit_kinds().contains(&kind));
    let named = units.all().filter(|unit| posts(unit.kind));
    let list = Table {
        name: "单位".into(),
        title: "可以填写的单位".into(),
        note: None,
        columns: vec![Column::new("单位"), Column::new("类别")],
        rows: named.map(|u| vec![Cell::Text(units.full_name(u.id)), Cell::Text(u.kind.label().into())]).collect(),
        blank_rows: 0,
    };
    tables(&[people, list], &mark(services, actor)).map_err(|e| AppError::Fault(e.to_string()))
}

/// The receipt as a workbook: headings, and a row a person.
pub fn receipt(services: &Services, actor: &Actor, rows: Vec<Vec<String>>, until: &str) -> Result<Vec<u8>, AppError> {
    let table = Table {
        name: "初始密码".into(),
        title: "新增用户的初始密码".into(),
        note: Some(format!("{until} 前有效，首次登录须修改。请逐个告诉本人后删除这个文件。")),
        columns: ["姓名", "账号", "初始密码", "角色", "单位"].map(Column::new).into(),
        rows: rows.into_iter().map(|row| row.into_iter().map(Cell::Text).collect()).collect(),
        blank_rows: 0,
    };
    tables(&[table], &mark(services, actor)).map_err(|e| AppError::Fault(e.to_string()))
}
