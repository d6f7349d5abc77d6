//! Likely causes, and what must not be taken for one.

use proptest::prelude::*;

use super::*;
use crate::domain::policy::{Library, shipped};
use crate::domain::words::CheckCause;

const DAY: &str = "2026-09-14";

fn age() -> AgeRule {
    let (library, _) = Library::parse(&shipped());
    library.resolve("zuolan-2024").unwrap().age
}

fn day() -> NaiveDate {
    DAY.parse().unwrap()
}

/// A number made by the rule: 500229, a birth date, an order.
fn number(born: &str, order: u32) -> IdNumber {
    let body = format!("500229{born}{order:03}");
    let last = "0123456789X".chars().find(|c| IdNumber::exact(&format!("{body}{c}")).is_ok()).unwrap();
    IdNumber::exact(&format!("{body}{last}")).unwrap()
}

fn person(key: u32, name: &str, number: IdNumber) -> Person<u32> {
    Person { key, name: name.into(), born: number.born(), number: Some(number) }
}

fn side(persons: Vec<Person<u32>>) -> Side<u32> {
    Side { persons, left: vec![], refused: vec![] }
}

fn refused(key: u32, name: &str, number: &str, born: Option<&str>) -> Refused<u32> {
    let born = born.map(|b| b.parse().unwrap());
    let (name, number) = (Some(name.to_owned()), Some(number.to_owned()));
    Refused { key, code: FaultCode::IdLength, name, born, number, roll_number: None }
}

fn only_cause(register: &Side<u32>, rolls: &Side<u32>) -> Cause<u32> {
    let mut found = compare(register, rolls, &age(), day());
    assert_eq!((found.of_school_age, found.missing.len()), (1, 1));
    found.missing.remove(0).cause
}

#[test]
fn one_digit_off_under_the_same_name_is_likely() {
    let register = side(vec![person(1, "张三", number("20150312", 111))]);
    let cause = only_cause(&register, &side(vec![person(7, "张三", number("20150312", 171))]));
    assert_eq!((cause.kind(), cause.key()), (CheckCause::DigitOff, Some(&7)));
    let words = cause.reason("学籍");
    assert!(words.contains("号码只有第16位不同"), "{words}");
    assert!(!words.contains("20150312"), "{words}");
}

#[test]
fn two_digits_swapped_are_likely() {
    let register = side(vec![person(1, "张三", number("20150312", 123))]);
    let cause = only_cause(&register, &side(vec![person(7, "张三", number("20150312", 132))]));
    assert_eq!(cause.kind(), CheckCause::DigitsSwapped);
    assert!(cause.reason("学籍").contains("第16位与第17位颠倒"));
}

#[test]
fn a_name_of_the_same_sound_is_likely_with_another_birth_date_only() {
    let register = side(vec![person(1, "周子墨", number("20150312", 123))]);
    let other_day = side(vec![person(7, "周子默", number("20150313", 123))]);
    assert_eq!(only_cause(&register, &other_day).kind(), CheckCause::DigitOff);
    let twin = side(vec![person(7, "周子默", number("20150312", 133))]);
    assert_eq!(only_cause(&register, &twin), Cause::None);
}

#[test]
fn twins_are_never_taken_for_one() {
    let register = side(vec![person(1, "张大双", number("20150312", 123))]);
    for twin in ["张小双", "李四"] {
        let rolls = side(vec![person(7, twin, number("20150312", 133))]);
        assert_eq!(only_cause(&register, &rolls), Cause::None, "{twin}");
    }
}

#[test]
fn one_who_is_accounted_for_is_no_ones_likeness() {
    let (here, there) = (number("20150312", 123), number("20150312", 155));
    let register = side(vec![person(1, "张三", here), person(2, "张三", there.clone())]);
    let found = compare(&register, &side(vec![person(7, "张三", there)]), &age(), day());
    assert_eq!(found.missing[0].cause, Cause::None);
}

#[test]
fn a_refused_row_explains() {
    let mine = number("20150312", 123);
    let text = mine.as_str();
    let register = side(vec![person(1, "张三", mine.clone())]);
    let mut rolls = side(vec![]);
    for (row, sure) in [
        (refused(7, "李四", text, None), true),
        (refused(7, "张三", &text[..17], None), true),
        (refused(7, "张三", "", Some("2015-03-12")), true),
        (refused(7, "张三", "", Some("2015-03-13")), false),
        (refused(7, "李四", &text[..17], Some("2015-03-12")), false),
    ] {
        let shown = format!("{row:?}");
        rolls.refused = vec![row];
        let kind = only_cause(&register, &rolls).kind();
        assert_eq!(kind, if sure { CheckCause::RefusedRow } else { CheckCause::None }, "{shown}");
    }
}

#[test]
fn a_roll_that_ended_is_no_roll_but_a_cause() {
    let mine = number("20150312", 123);
    let register = side(vec![person(1, "张三", mine.clone())]);
    let mut rolls = side(vec![]);
    rolls.left = vec![Left { person: person(7, "张三", mine), status: RollStatus::TransferredOut }];
    let cause = only_cause(&register, &rolls);
    assert_eq!(cause.kind(), CheckCause::LeftRoll);
    assert!(cause.reason("学籍").contains("转出"));
}

#[test]
fn those_not_of_school_age_are_outside_and_count_for_nothing() {
    let register = side(vec![person(1, "张三", number("20100312", 123)), person(2, "李四", number("20210312", 123))]);
    let rolls = side(vec![person(7, "王五", number("20100101", 11))]);
    let found = compare(&register, &rolls, &age(), day());
    assert_eq!((found.of_school_age, found.missing.len(), found.outside.len()), (0, 0, 2));
    assert_eq!(
        found.outside.iter().map(|u| u.cause.kind()).collect::<Vec<_>>(),
        [CheckCause::OverAge, CheckCause::NotYetOfAge]
    );
    assert_eq!(found.unregistered[0].cause, Cause::OverAge);
}

proptest! {
    #[test]
    fn the_lists_add_up(register in prop::collection::vec((0u64..4000, 0u32..3), 0..40), rolls in prop::collection::vec((0u64..4000, 0u32..3), 0..40)) {
        let made = |list: Vec<(u64, u32)>| {
            let born = |d| (NaiveDate::from_ymd_opt(2010, 1, 1).unwrap() + chrono::Days::new(d)).format("%Y%m%d").to_string();
            side(list.into_iter().zip(0..).map(|((d, order), key)| person(key, "张三", number(&born(d), order))).collect())
        };
        let (register, rolls) = (made(register), made(rolls));
        let found = compare(&register, &rolls, &age(), day());
        let (a, b) = (numbers(&register.persons), numbers(&rolls.persons));
        prop_assert_eq!(found.missing.len() + found.outside.len(), a.difference(&b).count());
        prop_assert_eq!(found.unregistered.len(), b.difference(&a).count());
        prop_assert!(found.missing.len() <= found.of_school_age);
        prop_assert!(found.missing.windows(2).all(|w| w[0].number < w[1].number));
    }
}
