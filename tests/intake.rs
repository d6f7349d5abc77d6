//! The rosters of 城口县 against `truth.json`, and rosters as messy as people make them.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeMap;

use common::chengkou::{Chengkou, book, truth, unit};
use quanxue::domain::{
    cells::{Cell, Format, Merge, Sheet, SheetRow, Workbook},
    grade::Grade,
    intake::{self, Document, FaultCode, Intake, NoteCode},
    place::Doubt,
    words::{KeyPopulation, Sex},
};

fn faults<R>(intake: &Intake<R>) -> BTreeMap<String, String> {
    intake.faults.iter().map(|f| (f.row.to_string(), f.code.code().to_owned())).collect()
}

fn expected(file: &str) -> BTreeMap<String, String> {
    serde_json::from_value(truth()[file]["faults"].clone()).unwrap()
}

#[test]
fn the_household_register_is_read_as_the_truth_has_it() {
    let county = Chengkou::shared();
    let read = intake::household(&book("household.xlsx"), county.context());
    assert_eq!(read.rows, truth()["household.xlsx"]["rows"]);
    assert_eq!(read.good.len(), truth()["household.xlsx"]["good"]);
    assert_eq!(faults(&read), expected("household.xlsx"));
    assert_eq!(read.faults.len(), 40, "one fault a row");
    assert_eq!(read.refused.len(), 40);

    let boy = &read.good[0].record;
    assert_eq!((boy.name.as_str(), boy.sex, boy.number.as_str()), ("黄军", Sex::Male, "500229201211070977"));
    assert_eq!(boy.head.as_deref(), Some("丁龙"));
    assert_eq!(boy.place.village, Some(unit("500229212202")));
    assert_eq!(boy.phones, ["13166131860"]);
    let ambiguous = read.good.iter().filter(|r| matches!(r.record.place.doubt, Some(Doubt::Ambiguous(_)))).count();
    let unknown = read.good.iter().filter(|r| r.record.place.village.is_none()).count();
    assert_eq!((ambiguous, unknown), (0, 0), "every address of this roster can be told");
    assert!(read.good.iter().all(|r| r.record.name.chars().all(|c| !c.is_whitespace())));
}

#[test]
fn the_roll_is_read_as_the_truth_has_it() {
    let county = Chengkou::shared();
    let read = intake::school(&book("school.xlsx"), county.context());
    assert_eq!(read.rows, truth()["school.xlsx"]["rows"]);
    assert_eq!(read.good.len(), truth()["school.xlsx"]["good"]);
    assert_eq!(faults(&read), expected("school.xlsx"));

    let boy = &read.good[0].record;
    assert_eq!((boy.grade.number(), boy.class.as_deref()), (8, Some("1班")));
    assert!(matches!(&boy.document, Document::Citizen(n) if n.as_str() == "500229201211070977"));
    assert_eq!(boy.roll_number.as_deref(), Some("G500229201211070977"));
    let junior_in_primary = read.notes.iter().filter(|n| n.code == NoteCode::GradeNotOfSchool).count();
    assert_eq!(junior_in_primary, 6, "grade 7 at 葛城街道中心小学 is shown and not refused");
    let without = || read.good.iter().filter(|r| r.record.place.village.is_none());
    let ambiguous = without().filter(|r| matches!(r.record.place.doubt, Some(Doubt::Ambiguous(_)))).count();
    assert_eq!((without().count(), ambiguous), (10, 2), "eight from elsewhere, and two of the two 红岩村");
}

#[test]
fn the_list_of_absent_pupils_is_read_sheet_by_sheet() {
    let county = Chengkou::shared();
    let read = intake::absent(&book("absent.xlsx"), county.context());
    assert_eq!(read.rows, truth()["absent.xlsx"]["rows"]);
    assert_eq!(read.sheets.len(), truth()["absent.xlsx"]["sheets"]);
    assert_eq!((read.good.len(), read.faults.len()), (16, 0));
    assert!(read.good.iter().all(|r| r.record.place.village.is_some()));
    let boy = read.good.iter().find(|r| r.record.name == "杜军").unwrap();
    assert_eq!(boy.sheet, "家园村213");
    assert_eq!(boy.record.grade.map(Grade::number), Some(6));
    assert_eq!(boy.record.class.as_deref(), Some("1班"));
    let poor = read.good.iter().filter(|r| r.record.poverty == Some(KeyPopulation::Monitored)).count();
    assert_eq!(poor, 3);
}

#[test]
fn no_message_shows_a_number_in_full() {
    let county = Chengkou::shared();
    let read = intake::household(&book("household.xlsx"), county.context());
    let long = |text: &str| text.split(|c: char| !c.is_ascii_digit()).any(|run| run.len() > 8);
    assert!(!read.faults.iter().any(|f| long(&f.message)));
    assert!(!read.notes.iter().any(|n| long(&n.message)));
}

fn sheet(name: &str, rows: &[&[&str]]) -> Sheet {
    let row = |(at, cells): (usize, &&[&str])| SheetRow {
        number: u32::try_from(at).unwrap() + 1,
        cells: cells.iter().map(|c| if c.is_empty() { Cell::Empty } else { Cell::from(*c) }).collect(),
    };
    Sheet { name: name.into(), rows: rows.iter().enumerate().map(row).collect(), merges: vec![] }
}

fn of(sheets: Vec<Sheet>) -> Workbook {
    Workbook { format: Format::Xlsx, sheets }
}

const GIRL: &str = "500229201903036681";
const BOY: &str = "500229201202072014";

#[test]
fn titles_totals_notes_and_repeated_headings_are_no_rows() {
    let county = Chengkou::shared();
    let heads: &[&str] = &["序号", "姓 名", "性别", "身份证号码（18位）", "户籍地址"];
    let read = intake::household(
        &of(vec![
            sheet("说明", &[&["请各村如实填写"], &["一、填表要求"]]),
            sheet(
                "一村",
                &[
                    &["城口县户籍适龄儿童花名册"],
                    &["填报单位：某所", "", "", "填报日期：2026年9月"],
                    heads,
                    &["1", "张三", "男", BOY, "红军村"],
                    &["2"],
                    &["本页小计", "1"],
                    heads,
                    &["3", "李四", "女", "", "红军村"],
                    &["合计", "2"],
                    &["填表人：王五", "", "审核人：赵六"],
                    &["注：以户口簿为准"],
                    &["", "以下空白"],
                ],
            ),
        ]),
        county.context(),
    );
    assert_eq!((read.rows, read.good.len()), (2, 1));
    assert_eq!(read.faults.iter().map(|f| (f.row, f.code)).collect::<Vec<_>>(), [(8, FaultCode::IdMissing)]);
    assert_eq!(read.notes.iter().filter(|n| n.code == NoteCode::SheetSkipped).count(), 1);
    assert_eq!(read.notes.iter().filter(|n| n.code == NoteCode::RowSkipped).count(), 5);
}

#[test]
fn a_sheet_without_the_columns_says_which() {
    let county = Chengkou::shared();
    let no_number = of(vec![sheet("S", &[&["名册"], &["序号", "姓名", "性别"], &["1", "张三", "男"]])]);
    let read = intake::household(&no_number, county.context());
    let fault = &read.faults[0];
    assert_eq!((fault.row, fault.code, fault.column.as_str()), (2, FaultCode::ColumnsMissing, ""));
    assert!(fault.message.contains("“公民身份号码”"), "{}", fault.message);
    assert_eq!(read.rows, 0);

    let nothing = of(vec![sheet("S", &[&["今天天气好"]])]);
    let read = intake::school(&nothing, county.context());
    assert_eq!(read.faults[0].code, FaultCode::ColumnsMissing);
    assert!(read.faults[0].message.contains("没有找到列名"), "{}", read.faults[0].message);
}

#[test]
fn a_column_under_an_unknown_heading_is_told_by_what_is_in_it() {
    let county = Chengkou::shared();
    let rows: &[&[&str]] = &[&["姓名", "号", "监护人证号", "性别"], &["张三", BOY, GIRL], &["李四", GIRL, BOY]];
    let read = intake::household(&of(vec![sheet("S", rows)]), county.context());
    assert_eq!((read.rows, read.good.len()), (2, 2));
    assert_eq!(read.good[0].record.number.as_str(), BOY);
    assert!(read.notes.iter().any(|n| n.code == NoteCode::ColumnByContent));
    assert!(read.notes.iter().any(|n| n.code == NoteCode::SexFromId));
}

#[test]
fn a_schools_own_list_takes_the_school_from_its_title() {
    let county = Chengkou::shared();
    let own = of(vec![sheet(
        "六年级",
        &[
            &["左岚乡中心小学2026年秋季学籍花名册"],
            &["姓名", "身份证件号", "班级"],
            &["张三", BOY, "六（2）班"],
            &["李四", GIRL, "二年级3班"],
        ],
    )]);
    let read = intake::school(&own, county.context());
    assert_eq!(read.faults, []);
    assert_eq!(read.good[0].record.grade.number(), 6);
    assert_eq!(read.good[0].record.class.as_deref(), Some("2班"));
    assert_eq!(read.good[1].record.grade.number(), 2);
}

#[test]
fn heads_merged_over_two_rows_are_read_together() {
    let county = Chengkou::shared();
    let mut national = sheet(
        "S",
        &[
            &["学校名称", "姓名", "身份证件号", "年级", "成员1", "", "备注"],
            &["", "", "", "", "姓名", "联系电话", ""],
            &["左岚乡中心小学", "李四", GIRL, "2", "张父", "13812345678", ""],
        ],
    );
    national.merges.push(Merge { top: 1, bottom: 1, left: 4, right: 5 });
    let read = intake::school(&of(vec![national]), county.context());
    assert_eq!(read.faults, []);
    assert_eq!(read.good[0].record.guardian.as_deref(), Some("张父"));
    assert_eq!(read.good[0].record.phones, ["13812345678"]);
}

#[test]
fn a_number_that_two_children_claim_is_noted_for_a_person_to_settle() {
    let county = Chengkou::shared();
    let twice = of(vec![sheet("S", &[&["姓名", "身份证号"], &["张三", BOY], &["张三", BOY], &["李四", BOY]])]);
    let read = intake::household(&twice, county.context());
    assert_eq!(read.good.len(), 3);
    let notes: Vec<_> = read.notes.iter().filter(|n| n.message.contains("第2行")).map(|n| (n.row, n.code)).collect();
    assert_eq!(notes, [(3, NoteCode::IdRepeated), (4, NoteCode::IdClaimedTwice)]);
}

#[test]
fn what_decides_who_is_missing_is_refused_when_it_cannot_be_read() {
    let county = Chengkou::shared();
    let heads: &[&str] = &["学校", "年级", "姓名", "性别", "出生日期", "身份证件类型", "身份证号", "学生状态"];
    let rows: &[&[&str]] = &[
        heads,
        &["左岚乡中心小学", "学前班", "张三", "男", "2012-02-07", "居民身份证", BOY, "在读"],
        &["左岚乡中心小学", "", "张三", "男", "2012-02-07", "居民身份证", BOY, "在读"],
        &["", "6", "张三", "男", "2012-02-07", "居民身份证", BOY, "在读"],
        &["左岚乡中心小学", "6", "张三", "男", "2012-13-07", "居民身份证", BOY, "在读"],
        &["左岚乡中心小学", "6", "张三", "未知性", "2012-02-07", "居民身份证", BOY, "在读"],
        &["左岚乡中心小学", "6", "张三", "男", "2027-02-07", "护照", "E12345678", "在读"],
        &["左岚乡中心小学", "6", "张三", "男", "2012-02-07", "居民身份证", BOY, "挂着"],
        &["左岚乡中心小学", "6", "张?", "男", "2012-02-07", "居民身份证", BOY, "在读"],
        &["左岚中心小学", "6", "张三", "男", "2012-02-07", "居民身份证", BOY, "在读"],
        &["左岚乡中心小学", "6", "Anna", "女", "2014-02-07", "护照", " e12345678 ", "休学"],
    ];
    let read = intake::school(&of(vec![sheet("S", rows)]), county.context());
    let codes: Vec<_> = read.faults.iter().map(|f| (f.row, f.code)).collect();
    let wanted = [
        (2, FaultCode::GradeUnknown),
        (3, FaultCode::GradeMissing),
        (4, FaultCode::SchoolMissing),
        (5, FaultCode::BirthUnreadable),
        (6, FaultCode::SexUnreadable),
        (7, FaultCode::BirthInFuture),
        (8, FaultCode::StatusUnknown),
        (9, FaultCode::NameUnreadable),
        (10, FaultCode::SchoolUnknown),
    ];
    assert_eq!(codes, wanted);
    assert!(read.faults[8].message.contains("相近的是“左岚乡中心小学”"));
    assert_eq!(read.good[0].record.document, Document::Other("护照".into(), "E12345678".into()));
}
