//! Articles of law: cited under the version in force, quoted only where the file has the words.

use quanxue::domain::policy::{PROVISIONS, check, shipped};
use quanxue::domain::provision::{Cited, Provisions};

use crate::policy::ground::{day, zuolan};

fn shipped_provisions() -> Provisions {
    let text = shipped().into_iter().find(|(file, _)| file == PROVISIONS).unwrap().1;
    Provisions::parse(&text).unwrap()
}

#[test]
fn the_notice_cites_the_duty_and_the_order() {
    let provisions = shipped_provisions();
    let laws = zuolan().step(quanxue::domain::policy::Rung::DeadlineNotice).unwrap().laws.clone();
    let cited: Vec<Cited> = laws.iter().map(|law| provisions.cite(law, day("2026-09-28")).unwrap()).collect();
    let articles: Vec<&str> = cited.iter().map(|one| one.article.as_str()).collect();
    assert_eq!(articles, ["第五条第二款", "第十一条第一款", "第五十八条"]);
    assert!(cited.iter().all(|one| one.law == "中华人民共和国义务教育法"));
    let duty = cited[0].text.as_deref().unwrap();
    assert!(duty.starts_with("适龄儿童、少年的父母或者其他法定监护人应当依法保证"));
    assert!(cited[2].text.as_deref().unwrap().ends_with("给予批评教育，责令限期改正。"));
}

#[test]
fn a_law_is_cited_as_in_force_on_the_day() {
    let laws = |from: &str, version: &str| {
        format!("[[law]]\nid = \"l\"\nname = \"某法\"\nversion = \"{version}\"\nin_force_from = \"{from}\"\n")
    };
    let article = |from: &str, words: &str| {
        format!("[[provision]]\nid = \"l-1\"\nlaw = \"l\"\nin_force_from = \"{from}\"\narticle = \"第一条\"\n{words}")
    };
    let text = [
        laws("2020-01-01", "旧"),
        laws("2026-01-01", "新"),
        article("2020-01-01", "paragraphs = [\"旧文。\", \"旧二。\"]\n"),
        article("2026-01-01", ""),
    ];
    let provisions = Provisions::parse(&text.concat()).unwrap();
    assert_eq!(provisions.cite("l-1", day("2019-12-31")), None, "not yet in force");
    let old = provisions.cite("l-1", day("2025-12-31")).unwrap();
    assert_eq!((old.version.as_str(), old.text.as_deref()), ("旧", Some("旧文。旧二。")));
    assert_eq!(provisions.cite("l-1#2", day("2025-12-31")).unwrap().text.as_deref(), Some("旧二。"));
    assert_eq!(provisions.cite("l-1#3", day("2025-12-31")), None, "no such paragraph");
    let new = provisions.cite("l-1#2", day("2026-01-01")).unwrap();
    assert_eq!((new.article.as_str(), new.text), ("第一条第二款", None), "words that are not certain are not quoted");
}

#[test]
fn a_file_of_provisions_that_does_not_hold_together_is_told() {
    let told = |text: &str| check(&[(PROVISIONS.to_owned(), text.to_owned())])[0].to_string();
    assert!(told("law = 3").starts_with("provisions.toml：条文文件读不出来"));
    let orphan =
        "law = []\n[[provision]]\nid = \"x-1\"\nlaw = \"x\"\nin_force_from = \"2020-01-01\"\narticle = \"第一条\"\n";
    assert!(told(orphan).contains("条文“x-1”所属的法律“x”没有这个版本"));
}

#[test]
fn a_profile_that_cites_an_unknown_article_is_told() {
    let mut files = shipped();
    let profile = files.iter_mut().find(|(file, _)| file == "zuolan-2024.toml").unwrap();
    profile.1 = profile.1.replace("compulsory-education-58", "compulsory-education-99");
    let told: Vec<String> = check(&files).iter().map(ToString::to_string).collect();
    assert_eq!(told, ["zuolan-2024.toml，ladder.deadline_notice.laws：条文文件里没有“compulsory-education-99”"]);
}
