//! Whatever is in the cells of a roster: no panic, and every row is good or has its fault.

use std::collections::BTreeSet;

use common::chengkou::Chengkou;
use proptest::prelude::*;
use quanxue::{
    domain::{
        cells::{Cell, Format, Merge, Sheet, SheetRow, Workbook},
        intake::{self, FaultCode, Intake},
    },
    sheets::{Mark, faults_workbook},
};

fn any_cell() -> impl Strategy<Value = Cell> {
    let words = [
        "姓名",
        "身份证号码",
        "性别",
        "学校",
        "年级",
        "班级",
        "合计",
        "张三",
        "男",
        "5.0E17",
        "2012.13.1",
        "500229201903036681",
        "红岩村3组",
    ];
    prop_oneof![
        Just(Cell::Empty),
        ".{0,12}".prop_map(Cell::Text),
        any::<f64>().prop_map(Cell::Number),
        (0i32..800_000).prop_map(|d| Cell::Date(chrono::NaiveDate::from_num_days_from_ce_opt(d).unwrap_or_default())),
        any::<bool>().prop_map(Cell::Bool),
        prop::sample::select(words.to_vec()).prop_map(Cell::from),
    ]
}

fn any_sheet() -> impl Strategy<Value = Sheet> {
    let heads: Vec<Cell> = ["学校", "年级", "班级", "姓名", "性别", "出生日期", "身份证号码", "现住址", "联系电话"]
        .map(Cell::from)
        .to_vec();
    let merge = (1u32..4, 0u32..3, 0usize..9, 0usize..4).prop_map(|(top, tall, left, wide)| Merge {
        top,
        bottom: top + tall,
        left,
        right: left + wide,
    });
    let rows = prop::collection::vec(prop::collection::vec(any_cell(), 0..10), 0..12);
    (rows, prop::collection::vec(merge, 0..3), any::<bool>()).prop_map(move |(mut rows, merges, headed)| {
        if headed {
            rows.insert(0, heads.clone());
        }
        let rows = (1..).zip(rows).map(|(number, cells)| SheetRow { number, cells }).collect();
        Sheet { name: "S".into(), rows, merges }
    })
}

fn adds_up<R>(read: &Intake<R>) -> bool {
    let faulty: BTreeSet<(&str, u32)> =
        read.faults.iter().filter(|f| f.code != FaultCode::ColumnsMissing).map(|f| (f.sheet.as_str(), f.row)).collect();
    read.rows == read.good.len() + read.refused.len()
        && faulty.len() == read.refused.len()
        && read.faults.iter().all(|f| !f.message.is_empty())
        && read.good.iter().all(|g| !faulty.contains(&(g.sheet.as_str(), g.row)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn whatever_is_in_the_cells_every_row_is_good_or_has_its_fault(sheet in any_sheet()) {
        let county = Chengkou::shared();
        let book = Workbook { format: Format::Xlsx, sheets: vec![sheet] };
        prop_assert!(adds_up(&intake::household(&book, county.context())));
        prop_assert!(adds_up(&intake::school(&book, county.context())));
        prop_assert!(adds_up(&intake::absent(&book, county.context())));
        let read = intake::household(&book, county.context());
        let mark = Mark { who: "甲".into(), when: "2026-09-14T08:00:00".parse().unwrap(), why: None };
        prop_assert!(faults_workbook(&book, &read.sheets, &read.faults, &mark).is_ok());
    }
}
