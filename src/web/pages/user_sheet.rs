//! 从表格新增用户: template, upload, faults by row, the making of all, the receipt.

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::Response;
use serde::{Deserialize, Serialize};

use crate::app::sending::NotDone;
use crate::app::user_sheet::{self, again as read_again};
use crate::app::users;
use crate::domain::access::Action;
use crate::domain::faults::Faults;
use crate::domain::moment::full_day_time;
use crate::domain::units::Units;
use crate::domain::user_form::TypedUser;
use crate::domain::user_sheet::{MOST, UserRow};
use crate::web::download::workbook;
use crate::web::extract::{Errors, Form};
use crate::web::failure::Failure;
use crate::web::guard::Session;
use crate::web::sent::already;
use crate::web::shell::{Shell, again, page};
use crate::web::state::State;
use crate::web::upload::{Upload, Workbook};

#[derive(Template)]
#[template(path = "pages/users/sheet.html")]
struct SheetPage {
    shell: Shell,
    errors: Errors,
    most: usize,
}

/// The template to take and the place to bring it back.
pub(crate) async fn form(session: Session) -> Result<Response, Failure> {
    session.require(Action::ManageUsers)?;
    page(&SheetPage { shell: session.shell, errors: Errors::default(), most: MOST })
}

/// The empty sheet.
pub(crate) async fn template(AxumState(state): AxumState<State>, session: Session) -> Result<Response, Failure> {
    session.require(Action::ManageUsers)?;
    Ok(workbook("新增用户模板.xlsx", user_sheet::template(&state.services, &session.actor).await?))
}

/// A row as the preview shows it.
#[derive(Debug)]
struct Row {
    number: u32,
    typed: TypedUser,
    fault: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/users/preview.html")]
struct PreviewPage {
    shell: Shell,
    rows: Vec<Row>,
    faults: usize,
    /// The rows as JSON, for the form that makes them.
    json: String,
    refused: Option<String>,
}

impl PreviewPage {
    fn new(shell: Shell, rows: Vec<UserRow>, refused: Option<String>) -> Self {
        let typed: Vec<(u32, &TypedUser)> = rows.iter().map(|row| (row.number, &row.typed)).collect();
        let json = serde_json::to_string(&typed).unwrap_or_default();
        let rows: Vec<Row> = rows
            .into_iter()
            .map(|row| Row {
                number: row.number,
                fault: row.read.err().map(|f: Faults| f.sentence()),
                typed: row.typed,
            })
            .collect();
        Self { shell, faults: rows.iter().filter(|row| row.fault.is_some()).count(), rows, json, refused }
    }
}

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Nothing {}

/// Reads the sheet and shows every row, and what is wrong with it. Nothing is made yet.
pub(crate) async fn bring(
    AxumState(state): AxumState<State>,
    session: Session,
    form: Upload<Nothing, Workbook>,
) -> Result<Response, Failure> {
    session.require(Action::ManageUsers)?;
    let refused = |why: String| {
        let mut errors = Errors::default();
        errors.add("file", why);
        again(&SheetPage { shell: session.shell.clone(), errors, most: MOST })
    };
    let Some(file) = form.files?.into_iter().find(|file| !file.bytes.is_empty()) else {
        return refused("请选择填好的表格文件（.xlsx、.xls 或 .csv）".to_owned());
    };
    match user_sheet::read(&state.services, &session.actor, &file.bytes).await? {
        Ok(rows) => page(&PreviewPage::new(session.shell, rows, None)),
        Err(why) => refused(why),
    }
}

/// What the preview sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Make {
    rows: String,
}

#[derive(Template)]
#[template(path = "pages/users/receipt.html")]
struct ReceiptPage {
    shell: Shell,
    made: Vec<Made>,
    until: String,
    json: String,
}

/// A user as the receipt shows them.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Made {
    name: String,
    login: String,
    password: String,
    role: String,
    unit: String,
}

/// Makes all of them or nobody; this very answer is the receipt with the first passwords, shown once.
pub(crate) async fn make(
    AxumState(state): AxumState<State>,
    session: Session,
    form: Form<Make>,
) -> Result<Response, Failure> {
    session.require(Action::ManageUsers)?;
    let typed = serde_json::from_str(&form.value.rows).map_err(|_| Failure::bad("表格内容不完整，请重新上传。"))?;
    let before = form.sending().before(&state.services, &session.actor).await?;
    if let Some(before) = before {
        return already(before, vec![], "/users");
    }
    let rows = match read_again(&state.services, &session.actor, typed).await? {
        Ok(rows) => rows,
        Err(no) => return Err(Failure::bad(format!("{no}。"))),
    };
    let drafts: Vec<_> = rows.iter().filter_map(|row| row.read.clone().ok()).collect();
    if drafts.len() < rows.len() {
        return again(&PreviewPage::new(session.shell, rows, None));
    }
    let posts: Vec<_> = drafts.iter().map(|draft| (draft.post.role, draft.post.unit)).collect();
    match users::add_users(&state.services, &session.actor, &form.sending(), drafts).await? {
        Ok(first) => {
            let units = state.services.units(session.actor.county).await?;
            page(&receipt_page(session.shell, first, &posts, &units))
        }
        Err(NotDone::Before(before)) => already(before, vec![], "/users"),
        Err(NotDone::Faults(faults)) => again(&PreviewPage::new(session.shell, rows, Some(faults.sentence()))),
    }
}

fn receipt_page(
    shell: Shell,
    first: Vec<users::FirstPassword>,
    posts: &[(crate::domain::role::Role, crate::domain::ids::UnitId)],
    units: &Units,
) -> ReceiptPage {
    let until = first.first().map(|one| full_day_time(one.until)).unwrap_or_default();
    let made = first.into_iter().zip(posts).map(|(one, (role, unit))| Made {
        name: one.name,
        login: one.login,
        password: one.password,
        role: role.label().to_owned(),
        unit: units.full_name(*unit),
    });
    let made: Vec<Made> = made.collect();
    ReceiptPage { shell, json: serde_json::to_string(&made).unwrap_or_default(), made, until }
}

/// What the receipt sends to be had as a workbook: nothing of it was kept here.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Receipt {
    rows: String,
    until: String,
}

/// The receipt as a workbook.
pub(crate) async fn receipt(
    AxumState(state): AxumState<State>,
    session: Session,
    form: Form<Receipt>,
) -> Result<Response, Failure> {
    session.require(Action::ManageUsers)?;
    let made: Vec<Made> =
        serde_json::from_str(&form.value.rows).map_err(|_| Failure::bad("回执内容不完整，请从回执页下载。"))?;
    let until: String = form.value.until.chars().take(30).collect();
    let rows = made.into_iter().take(MOST).map(|m| vec![m.name, m.login, m.password, m.role, m.unit]).collect();
    Ok(workbook("初始密码回执.xlsx", user_sheet::receipt(&state.services, &session.actor, rows, &until)?))
}
