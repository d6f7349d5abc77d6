//! What each row of a check sheet would answer, or why it answers nothing; the checks are loaded, nothing is written.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::inputs::AnswerInput;
use crate::app::AppError;
use crate::db::Door;
use crate::db::checks::{self as stored, CheckLine};
use crate::domain::check_sheet::{Col, FilledRow, RowCode, day, finding};
use crate::domain::ids::{CheckId, CountyId};
use crate::domain::moment::{day_of, month_day};
use crate::domain::spelling::tight;
use crate::domain::words::CheckFinding;

/// A row and what is made of it.
#[derive(Debug, Clone)]
pub struct Judged {
    /// As it was filled in.
    pub row: FilledRow,
    /// What is made of it.
    pub verdict: Verdict,
}

/// What is made of a row.
#[derive(Debug, Clone)]
pub enum Verdict {
    /// It answers this check.
    Answers(Box<CheckLine>, AnswerInput),
    /// Nothing was filled in.
    Blank,
    /// The check was answered or settled before.
    Already(String),
    /// It is for somebody else to answer.
    NotYours(String),
    /// Something in it is wrong: which column, and what to do.
    Faulty(Vec<(Col, String)>),
}

/// Judges the rows of a sheet as an actor sees the checks today.
pub(super) async fn judge(db: &mut impl Door, rows: Vec<FilledRow>) -> Result<Vec<Judged>, AppError> {
    let (county, today) = (db.county(), day_of(db.now()));
    let codes = rows.iter().filter_map(|row| RowCode::read(row.text(Col::Code))).filter(|code| code.county == county);
    let tails: Vec<String> = codes.map(|code| code.tail).collect();
    let lines = stored::by_tails(db, &tails).await?;
    let mut by_code: HashMap<RowCode, &CheckLine> = HashMap::new();
    for line in &lines {
        by_code.insert(RowCode::of(county, line.id), line);
    }
    let mut seen: HashMap<CheckId, u32> = HashMap::new();
    let mut judged = Vec::with_capacity(rows.len());
    for row in rows {
        let mut verdict = match named(&row, county, &by_code) {
            Ok(line) => answered(&row, line, today, &mut seen),
            Err(verdict) => verdict,
        };
        if let Verdict::Answers(line, input) = &verdict
            && line.finding.is_some()
            && said_before(db, line, input).await?
        {
            verdict = Verdict::Already("已回复过，内容相同".to_owned());
        }
        judged.push(Judged { row, verdict });
    }
    Ok(judged)
}

fn faulty(col: Col, why: impl Into<String>) -> Verdict {
    Verdict::Faulty(vec![(col, why.into())])
}

/// The check that a row names by its code.
fn named<'a>(
    row: &FilledRow,
    county: CountyId,
    by_code: &HashMap<RowCode, &'a CheckLine>,
) -> Result<&'a CheckLine, Verdict> {
    let text = row.text(Col::Code);
    let Some(code) = RowCode::read(text) else {
        return Err(match (row.is_unanswered(), text.is_empty()) {
            (true, _) => Verdict::Blank,
            (false, true) => faulty(Col::Code, "没有行码：只能填表上原有的人；表外的人请在名册里查找，或告诉乡镇"),
            (false, false) => {
                faulty(Col::Code, format!("行码“{text}”不完整：请从原表复制这一行的行码，或重新下载核查表"))
            }
        });
    };
    by_code.get(&code).copied().ok_or_else(|| {
        if row.is_unanswered() {
            return Verdict::Blank;
        }
        let why = if code.county == county {
            "不是本单位的待核查儿童：请交给所属的乡镇、村上传，或重新下载核查表"
        } else {
            "别的区县的核查表：请交给那个区县上传"
        };
        Verdict::NotYours(why.to_owned())
    })
}

/// What a row answers to its check.
fn answered(row: &FilledRow, line: &CheckLine, today: NaiveDate, seen: &mut HashMap<CheckId, u32>) -> Verdict {
    if row.is_unanswered() {
        return Verdict::Blank;
    }
    if let Some(first) = seen.insert(line.id, row.row) {
        return faulty(Col::Code, format!("与第 {first} 行是同一个人：请只留一行"));
    }
    if tight(row.text(Col::Name)) != tight(&line.name) {
        return faulty(Col::Name, "姓名与行码对不上：行可能挪动过，请照原表核对这一行的行码和姓名");
    }
    if let Some(at) = line.closed_at {
        return Verdict::Already(format!("已于{}认定去向，不用再回复", month_day(day_of(at))));
    }
    if let Some(before) = line.finding.filter(|before| *before != CheckFinding::NotMet) {
        return Verdict::Already(format!("已回复过“{before}”；要更正，请打开这一条再回复一次"));
    }
    input(row, line, today)
}

fn input(row: &FilledRow, line: &CheckLine, today: NaiveDate) -> Verdict {
    let typed = row.text(Col::Finding);
    let Some(found) = finding(typed) else {
        let why = match typed {
            "" => "没有填核查结果：请从列表里选一项".to_owned(),
            other => format!("核查结果“{other}”不在列表里：请从列表里选一项"),
        };
        return faulty(Col::Finding, why);
    };
    let on = row.text(Col::FoundOn);
    if !on.is_empty() && day(on).is_none() {
        return faulty(Col::FoundOn, format!("核查日期“{on}”看不懂：请写成 2026-10-14 这样，年月日都要有"));
    }
    let (elsewhere, note) = (row.text(Col::Elsewhere), row.text(Col::Note));
    match AnswerInput::parse(found.code(), on, elsewhere, note, line.opened_on, today) {
        Ok(input) => Verdict::Answers(Box::new(line.clone()), input),
        Err(faults) => Verdict::Faulty(faults.into_iter().map(|(field, why)| (column(field), why)).collect()),
    }
}

fn column(field: &str) -> Col {
    match field {
        "found_on" => Col::FoundOn,
        "elsewhere" => Col::Elsewhere,
        "note" => Col::Note,
        _ => Col::Finding,
    }
}

/// Whether the latest answer says just this; nobody met is answered again each time somebody went.
async fn said_before(db: &mut impl Door, line: &CheckLine, input: &AnswerInput) -> Result<bool, AppError> {
    let latest = stored::answers(db, line.id).await?.into_iter().next();
    Ok(latest.is_some_and(|a| {
        (a.finding, a.found_on, &a.elsewhere, &a.note) == (input.finding, input.found_on, &input.elsewhere, &input.note)
    }))
}
