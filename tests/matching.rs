//! The register of 城口县 against its rolls, against `truth.json`.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeMap;

use common::chengkou::{Chengkou, book, day, truth};
use quanxue::domain::{
    intake,
    matching::{Comparison, RowKey, Side, Unmatched, compare},
    policy::{Library, shipped},
    words::CheckCause,
};

fn comparison() -> Comparison<RowKey, RowKey> {
    let county = Chengkou::shared();
    let register = Side::from(&intake::household(&book("household.xlsx"), county.context()));
    let rolls = Side::from(&intake::school(&book("school.xlsx"), county.context()));
    let (library, _) = Library::parse(&shipped());
    compare(&register, &rolls, &library.resolve("zuolan-2024").unwrap().age, day())
}

fn numbers<A, B>(list: &[Unmatched<A, B>]) -> Vec<&str> {
    list.iter().map(|u| u.number.as_ref().unwrap().as_str()).collect()
}

fn expected(list: &str) -> Vec<String> {
    serde_json::from_value(truth()["match"][list].clone()).unwrap()
}

#[test]
fn the_match_equals_the_truth() {
    let found = comparison();
    assert_eq!(found.of_school_age, truth()["match"]["registered_of_school_age"]);
    assert_eq!(numbers(&found.missing), expected("registered_not_enrolled"));
    assert_eq!(numbers(&found.unregistered), expected("enrolled_not_registered"));
}

#[test]
fn likely_causes_stand_beside_the_missing() {
    let found = comparison();
    let kinds = |list: Vec<CheckCause>| {
        let mut counts = BTreeMap::new();
        for kind in list {
            *counts.entry(kind).or_insert(0) += 1;
        }
        counts
    };
    let missing = kinds(found.missing.iter().map(|u| u.cause.kind()).collect());
    assert_eq!(missing, BTreeMap::from([(CheckCause::RefusedRow, 5), (CheckCause::None, 23)]));
    let rows: Vec<u32> = found.missing.iter().filter_map(|u| u.cause.key()).map(|k| k.row).collect();
    assert_eq!(rows, [745, 688, 815, 344, 112]);
    let extra = kinds(found.unregistered.iter().map(|u| u.cause.kind()).collect());
    assert_eq!(extra, BTreeMap::from([(CheckCause::RefusedRow, 30), (CheckCause::None, 8)]));
    for unmatched in &found.missing {
        let words = unmatched.cause.reason("学籍");
        assert!(!words.contains(&unmatched.number.as_ref().unwrap().as_str()[6..14]), "{words}");
    }
}
