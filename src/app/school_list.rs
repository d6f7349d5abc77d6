//! The list of a county's schools and offices, as a person writes it (CSV) or a program does (JSON).

use serde::Deserialize;

use crate::domain::role::UnitKind;
use crate::domain::spelling;
use crate::domain::words::SchoolStage;

/// A school, or an office of the education line, that a county has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSchool {
    /// 左岚乡中心小学
    pub name: String,
    /// School, centre school, education office, inspection area or zone committee.
    pub kind: UnitKind,
    /// What it teaches; offices teach nothing.
    pub stage: Option<SchoolStage>,
    /// The township on whose ground it stands: code or name; the county itself where it is none's.
    pub township: Option<String>,
    /// The centre school, office or area above it, by name.
    pub above: Option<String>,
}

/// A list that cannot be read, in a sentence that says where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct BadList(pub String);

#[derive(Deserialize)]
struct Row {
    #[serde(alias = "名称", alias = "学校名称")]
    name: String,
    #[serde(default, alias = "类别")]
    kind: String,
    #[serde(default, alias = "学段")]
    stage: String,
    #[serde(default, alias = "乡镇", alias = "所在乡镇")]
    township: String,
    #[serde(default, alias = "上级")]
    above: String,
}

/// Reads a list: JSON (an array, or `county.schools` or `schools` of an object) or CSV under the heading
/// 名称,学段,乡镇[,类别,上级].
pub fn read(text: &str) -> Result<Vec<NewSchool>, BadList> {
    let text = text.trim_start_matches('\u{feff}');
    let rows = if text.trim_start().starts_with(['[', '{']) { json(text)? } else { csv(text)? };
    rows.into_iter()
        .enumerate()
        .map(|(at, row)| school(&row).map_err(|why| BadList(format!("第 {} 条：{why}", at + 1))))
        .collect()
}

fn json(text: &str) -> Result<Vec<Row>, BadList> {
    let bad = |error: serde_json::Error| BadList(format!("学校名单不是能读的 JSON（第 {} 行）。", error.line()));
    let mut value: serde_json::Value = serde_json::from_str(text).map_err(bad)?;
    for step in ["county", "schools"] {
        if let Some(inner) = value.get_mut(step) {
            value = inner.take();
        }
    }
    serde_json::from_value(value).map_err(|_| BadList("学校名单里每一条都要有 name、stage、township。".to_owned()))
}

fn csv(text: &str) -> Result<Vec<Row>, BadList> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let rows = reader.deserialize().collect::<Result<Vec<Row>, _>>();
    rows.map_err(|_| BadList("学校名单读不出来：第一行应是“名称,学段,乡镇”，可再加“类别”“上级”。".to_owned()))
}

fn school(row: &Row) -> Result<NewSchool, String> {
    let name = spelling::tight(&row.name);
    if name.is_empty() {
        return Err("没有写名称".to_owned());
    }
    let kind = kind(&row.kind).ok_or_else(|| format!("类别“{}”不认识", row.kind))?;
    let teaches = matches!(kind, UnitKind::School | UnitKind::CentreSchool);
    let stage = stage(&row.stage);
    if stage.is_none() && (kind == UnitKind::School || teaches && !row.stage.is_empty()) {
        return Err(format!("“{name}”的学段“{}”不认识，应是小学、初中或九年一贯制", row.stage));
    }
    let given = |text: &str| Some(spelling::tight(text)).filter(|t| !t.is_empty());
    Ok(NewSchool {
        name,
        kind,
        stage: stage.filter(|_| teaches),
        township: given(&row.township),
        above: given(&row.above),
    })
}

fn kind(text: &str) -> Option<UnitKind> {
    const OPEN: [UnitKind; 5] = [
        UnitKind::School,
        UnitKind::CentreSchool,
        UnitKind::EducationOffice,
        UnitKind::InspectionArea,
        UnitKind::ZoneCommittee,
    ];
    let text = spelling::tight(text);
    if text.is_empty() {
        return Some(UnitKind::School);
    }
    OPEN.into_iter().find(|kind| kind.code() == text || kind.label() == text)
}

fn stage(text: &str) -> Option<SchoolStage> {
    let text = spelling::tight(text);
    SchoolStage::ALL.iter().copied().find(|stage| stage.code() == text || stage.label() == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn csv_and_json_say_the_same() {
        let csv = read("名称,学段,乡镇\n左岚乡中心小学,小学,左岚乡\n").unwrap();
        let json = read(r#"[{"name":"左岚乡中心小学","stage":"primary","township":"左岚乡"}]"#).unwrap();
        assert_eq!(csv, json);
        assert_eq!((csv[0].kind, csv[0].stage), (UnitKind::School, Some(SchoolStage::Primary)));
    }

    #[test]
    fn the_countys_schools_are_found_in_a_larger_document() {
        let schools = read(include_str!("../../tests/rosters/chengkou/truth.json")).unwrap();
        assert_eq!(schools.len(), 34);
        assert_eq!(schools[33].stage, Some(SchoolStage::Junior));
    }

    #[test]
    fn offices_teach_nothing_and_may_stand_above() {
        let list = "名称,学段,乡镇,类别,上级\n东片教管中心,,,教管中心,\n修齐镇中心学校,九年一贯制,修齐镇,中心学校,东片教管中心\n";
        let found = read(list).unwrap();
        assert_eq!((found[0].kind, found[0].stage), (UnitKind::EducationOffice, None));
        assert_eq!(found[1].above.as_deref(), Some("东片教管中心"));
    }

    #[test]
    fn a_list_that_cannot_be_read_says_where() {
        for (text, said) in [
            ("名称,学段,乡镇\n左岚乡中心小学,大学,左岚乡\n", "第 1 条"),
            ("名称,学段,乡镇\n,小学,左岚乡\n", "没有写名称"),
            ("学段\n小学\n", "第一行应是"),
            ("[{", "第 1 行"),
            ("名称,学段,类别\n一中,初中,大学\n", "类别“大学”"),
        ] {
            assert!(read(text).unwrap_err().to_string().contains(said), "{text}");
        }
    }
}
