//! Rosters of invented children, for the samples.

use chrono::NaiveDate;
use quanxue::papers::data::{AbsenceRoster, AbsenceRow, CheckRoster, CheckRow, ResultCode};

use crate::papers::samples::{day, imprint, some, texts};

const NAMES: [&str; 7] = ["杨玥喆", "阿卜杜热合曼·阿卜杜克热木", "龙骉", "王𬱖", "李祎", "陈堃", "张龑"];

fn name(index: usize) -> Option<String> {
    some(NAMES[index % NAMES.len()])
}

fn id_number(index: usize) -> String {
    format!("5002292014060224{index:02}")
}

pub fn check_roster(children: usize) -> CheckRoster {
    let row = |index: usize| CheckRow {
        name: name(index),
        sex: some(if index.is_multiple_of(2) { "女" } else { "男" }),
        born: NaiveDate::from_ymd_opt(2014, 6, 2),
        id_number: Some(id_number(index)),
        household: name(index + 1),
        address: some("齐心村3组27号"),
        phone: some("13800000001"),
        last_school: some("左岚乡中心小学"),
        lead: some("学籍库中身份证号差一位"),
    };
    let codes = ["在本地就读", "外地就读（有证明）", "外地就读（无证明）", "身份信息有误", "失学在家", "去向不明"];
    let code = |(index, label): (usize, &str)| ResultCode { code: (index + 1).to_string(), label: label.to_owned() };
    CheckRoster {
        imprint: imprint(None, "ZL-HC-2026-01"),
        village: some("齐心村"),
        date: Some(day(9, 5)),
        rows: (0..children).map(row).collect(),
        blank_rows: 2,
        codes: codes.into_iter().enumerate().map(code).collect(),
        notes: texts(["“现在何处、就读学校”请写到县和学校。"]),
        ..CheckRoster::default()
    }
}

pub fn absence_roster(children: usize, blank_rows: u32) -> AbsenceRoster {
    let row = |index: usize| AbsenceRow {
        village: some("齐心村"),
        name: name(index),
        sex: some("女"),
        school: some("左岚乡中心小学"),
        class: some("六年级（2）班"),
        id_number: Some(id_number(index)),
        household: name(index + 1),
        phone: some("13800000001"),
        poverty: some("否"),
        note: None,
    };
    AbsenceRoster {
        township: some("左岚乡"),
        annex: some("附件2"),
        imprint: imprint(None, "ZL-FJ2-2026-01"),
        rows: (0..children).map(row).collect(),
        blank_rows,
        reporter: some("齐心村村民委员会"),
        reported_by: None,
        date: Some(day(9, 8)),
    }
}
