//! What goes out comes back: returned rows, lists and the township's roster, read again as a recipient would.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeSet;

use common::chengkou::{Chengkou, book, truth};
use quanxue::{
    domain::{
        cells::{Cell, Workbook},
        intake,
    },
    sheets::{
        ABSENT_COLUMNS, AbsentLine, Column, Mark, Table, VillageSheet, absent_roster, faults_workbook, parse,
        report_json, tables,
    },
};

fn mark() -> Mark {
    Mark { who: "甲（某某局）".into(), when: "2026-09-14T08:05:00".parse().unwrap(), why: None }
}

fn texts(book: &Workbook, sheet: usize, row: u32) -> Vec<String> {
    let rows = &book.sheets[sheet].rows;
    rows.iter().find(|r| r.number == row).map(|r| r.cells.iter().map(Cell::shown).collect()).unwrap_or_default()
}

#[test]
fn faulty_rows_go_back_in_the_senders_own_sheet_with_the_reason_beside() {
    let county = Chengkou::shared();
    let sent = book("household.xlsx");
    let read = intake::household(&sent, county.context());
    let bytes = faults_workbook(&sent, &read.sheets, &read.faults, &mark()).unwrap();
    let back = parse(&bytes).unwrap();

    assert_eq!(back.sheets.len(), 1);
    assert_eq!(back.sheets[0].name, "户籍适龄儿童");
    assert_eq!(back.sheets[0].merges, sent.sheets[0].merges);
    assert_eq!(texts(&back, 0, 1)[0], "城口县户籍适龄儿童少年花名册");
    assert_eq!(texts(&back, 0, 3)[..11], texts(&sent, 0, 3)[..]);
    assert_eq!(texts(&back, 0, 3)[11], "退回原因");
    assert_eq!(back.sheets[0].rows.len(), 3 + 40 + 1);
    assert!(texts(&back, 0, 44)[0].starts_with("导出："));
    let first = texts(&back, 0, 4);
    assert_eq!(first[..10], texts(&sent, 0, 19)[..]);
    assert_eq!(first[11], "原第19行：身份证号码只有17位，应为18位，少了1位：请照户口簿补齐");
    let number = texts(&back, 0, 6);
    assert_eq!((number[5].as_str(), &back.sheets[0].rows[5].cells[5]), ("5.00229E+17", &Cell::from("5.00229E+17")));
}

#[test]
fn a_returned_sheet_can_be_sent_again() {
    let county = Chengkou::shared();
    let sent = book("household.xlsx");
    let read = intake::household(&sent, county.context());
    let back = parse(&faults_workbook(&sent, &read.sheets, &read.faults, &mark()).unwrap()).unwrap();
    let again = intake::household(&back, county.context());
    assert_eq!((again.rows, again.good.len()), (40, 0));
    let codes = |list: &[intake::Fault]| list.iter().map(|f| f.code).collect::<Vec<_>>();
    assert_eq!(codes(&again.faults), codes(&read.faults));
}

#[test]
fn the_faulty_cell_is_marked_red() {
    let county = Chengkou::shared();
    let sent = book("school.xlsx");
    let read = intake::school(&sent, county.context());
    let bytes = faults_workbook(&sent, &read.sheets, &read.faults, &mark()).unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut part = |name: &str| std::io::read_to_string(archive.by_name(name).unwrap()).unwrap();
    assert!(part("xl/styles.xml").contains("FFFFC7CE"));
    let sheet = part("xl/worksheets/sheet1.xml");
    assert!(!sheet.contains("<f>"), "no formulas");
    let style = |cell: &str| {
        let at = sheet.find(&format!("<c r=\"{cell}\"")).unwrap();
        sheet[at..].split("s=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
    };
    // Row 112 of the file is the first faulty one; H is its number, G the kind of paper beside it.
    assert_ne!(style("H2"), style("G2"));
    // 不存在的学校 stands in column A.
    assert_eq!(style("A3"), style("H2"));
}

#[test]
fn a_sheet_without_the_columns_goes_back_with_the_reason_at_its_headings() {
    let county = Chengkou::shared();
    let sent = parse("名册\n序号,姓名,性别\n1,张三,男\n".as_bytes()).unwrap();
    let read = intake::household(&sent, county.context());
    let back = parse(&faults_workbook(&sent, &read.sheets, &read.faults, &mark()).unwrap()).unwrap();
    assert!(texts(&back, 0, 2)[3].contains("没有“公民身份号码”列"));
}

#[test]
fn a_list_keeps_its_numbers_and_says_who_took_it_out() {
    let rows = vec![
        vec![
            Cell::Number(1.0),
            Cell::from("=HYPERLINK(\"x\")"),
            Cell::from("500229201211070977"),
            Cell::Date("2012-11-07".parse().unwrap()),
        ],
        vec![Cell::Number(2.0), Cell::from("张三"), Cell::from("50022920180911142X"), Cell::Empty],
    ];
    let list = Table {
        name: "核查/名单".into(),
        title: "左岚乡待核查名单".into(),
        note: Some("按户籍地".into()),
        columns: vec![
            Column::new("序号"),
            Column::new("姓名"),
            Column::new("身份证号码"),
            Column::new("出生日期"),
            Column::of_choices("核查结果", ["在外地就读", "死亡"]),
        ],
        rows,
        blank_rows: 1,
    };
    let book = parse(&tables(&[list.clone(), list], &mark()).unwrap()).unwrap();
    assert_eq!(book.sheets.iter().map(|s| s.name.as_str()).collect::<Vec<_>>(), ["核查_名单", "核查_名单(2)"]);
    assert_eq!(texts(&book, 0, 1)[0], "左岚乡待核查名单");
    let row = &book.sheets[0].rows[3];
    assert_eq!(row.cells[..3], [Cell::Number(1.0), Cell::from("'=HYPERLINK(\"x\")"), Cell::from("500229201211070977")]);
    assert_eq!(row.cell(3), &Cell::Date("2012-11-07".parse().unwrap()));
    assert_eq!(texts(&book, 0, 7)[0], "导出：甲（某某局） 2026年9月14日 08:05");
}

#[test]
fn the_townships_roster_has_a_sheet_a_village_and_eleven_columns_and_comes_back() {
    let county = Chengkou::shared();
    let line = AbsentLine {
        name: "杜军".into(),
        sex: "男".into(),
        grade_class: "6年级1班".into(),
        number: "500229201412254414".into(),
        head: "高某".into(),
        phone: "13651802995".into(),
        poverty: "监测户".into(),
        ..AbsentLine::default()
    };
    let villages = [
        VillageSheet {
            village: "家园村".into(),
            lines: vec![line.clone(), AbsentLine { name: "无号".into(), ..line.clone() }],
        },
        VillageSheet { village: "石景社区".into(), lines: vec![] },
    ];
    let book = parse(&absent_roster("修齐镇", &villages, &mark()).unwrap()).unwrap();
    assert_eq!(book.sheets.len(), 2);
    for sheet in 0..2 {
        assert_eq!(texts(&book, sheet, 1)[0], "修齐镇动态摸排未到校学生名单");
        assert_eq!(texts(&book, sheet, 2), ABSENT_COLUMNS);
        assert!(texts(&book, sheet, 15)[0].starts_with("导出："), "twelve rows, then who took it out");
    }
    let again = intake::absent(&book, county.context());
    assert_eq!((again.rows, again.good.len(), again.faults.len()), (2, 2, 0));
    let record = &again.good[0].record;
    assert_eq!(record.place.township, county.context().places.township("修齐镇"));
    assert!(record.place.village.is_some());
    assert_eq!(record.phones, ["13651802995"]);
}

#[test]
fn the_report_has_the_form_that_the_command_line_prints() {
    let county = Chengkou::shared();
    let read = intake::household(&book("household.xlsx"), county.context());
    let report = report_json(read.rows, read.good.len(), &read.faults);
    assert_eq!(report["rows"], truth()["household.xlsx"]["rows"]);
    assert_eq!(report["good"], truth()["household.xlsx"]["good"]);
    let fault = &report["faults"][0];
    let keys: BTreeSet<&str> = fault.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, BTreeSet::from(["sheet", "row", "column", "code", "message"]));
    assert_eq!(
        (&fault["row"], &fault["column"], &fault["code"]),
        (&19.into(), &"公民身份号码".into(), &"id_length".into())
    );
}
