//! A number that two children claim goes before a person: both sides beside each other, decided once, with a reason.
#![expect(clippy::unwrap_used, reason = "tests")]

use common::seeds::{Child, Place, Post};
use common::{HERE, Role};
use quanxue::domain::register::Secret;

use crate::cases::bench::Bench;

/// A row of a later household register that gives a child's number another name.
async fn claim(bench: &Bench, of: Child) -> String {
    let id = HERE.uuid("number_claim", of as usize);
    let secret = Secret { idno: Some(of.number()), ..Secret::default() };
    let key = bench.world.services.key(HERE.id()).await.unwrap();
    let sealed = key.seal("statement.sealed", id, &serde_json::to_vec(&secret).unwrap()).unwrap();
    bench
        .world
        .database
        .alter(format!(
            "insert into number_claim (county_id, id, child_id, source_id, kind, said_on, sheet, row_number, name, fields, sealed, made_at)
             values ({county}, '{id}', '{child}', '{source}', 'household', '2026-09-05', '户籍', 9, '蒲另名',
                '{{\"name\": \"蒲另名\", \"sex\": \"female\", \"birth\": \"2013-03-14\", \"ethnicity\": \"土家族\",
                   \"flags\": [\"religion\"]}}', '\\x{sealed}', '2026-09-06')",
            county = HERE.0,
            child = HERE.child(of),
            source = HERE.row("source", of),
            sealed = hex::encode(sealed),
        ))
        .await;
    format!("/children/{}/claims", HERE.child(of))
}

#[tokio::test]
async fn the_same_child_takes_the_row_as_said_of_it_once_and_with_a_reason() {
    let bench = Bench::new().await;
    let path = claim(&bench, Child::Own).await;
    let child = path.replace("/claims", "");
    let mut township = bench.world.sign_in_as(Role::TownshipOfficer).await;
    assert!(township.get(&child).await.links().iter().any(|(_, href)| *href == path), "the child's page leads there");
    let list = township.get("/claims").await;
    assert!(list.h1().contains("（1）") && list.text().contains("蒲另名"), "{}", list.text());
    let shown = township.get(&path).await;
    for words in [Child::Own.name(HERE), "蒲另名", "土家族", "第 9 行"] {
        assert!(shown.text().contains(words), "{words}: {}", shown.text());
    }
    assert!(!shown.text().contains("2026年9月5日"), "the title of a source tells its day already: {}", shown.text());
    assert!(!shown.body().contains(&Child::Own.number()), "numbers are masked");
    assert!(!shown.text().contains("信教"), "a restricted flag is not told beside the rest");
    let form = shown.form(&path);
    let bare = township.submit(&form, &[("settled", "same_person")]).await;
    assert_eq!(bare.status, 422, "{}", bare.text());
    assert!(bare.errors().concat().contains("理由"), "{:?}", bare.errors());
    assert_eq!(bare.form(&path).value("settled"), Some("same_person"), "what was chosen stays");
    let typed = [("settled", "same_person"), ("reason", "核对户口簿，已更名")];
    let done = township.submit(&form, &typed).await;
    assert_eq!(done.status, 303, "{}", done.text());
    assert_eq!(township.submit(&form, &typed).await.location(), done.location(), "twice is once");
    let list = township.get(&done.location().unwrap()).await;
    assert!(list.notice().contains("同一名儿童") && list.h1().contains("（0）"), "{}", list.text());
    let page = township.get(&child).await;
    assert_eq!(page.h1(), "蒲另名", "the later register counts");
    assert!(page.text().contains("土家族") && !page.text().contains("另一个姓名"), "{}", page.text());
    let mut late = bench.world.sign_in_as(Role::CountyOfficer).await;
    let other = [("settled", "other_person"), ("reason", "两人"), ("key", "0f0f0f0f-0000-4000-8000-000000000001")];
    let refused = late.submit(&form, &other).await;
    assert_eq!(refused.status, 409, "{}", refused.text());
    assert!(refused.text().contains("已经由他人核对过") && refused.text().contains("两人"), "{}", refused.text());
}

#[tokio::test]
async fn another_child_leaves_the_register_as_it_is_and_only_those_in_reach_decide() {
    let bench = Bench::new().await;
    let path = claim(&bench, Child::Own).await;
    let child = path.replace("/claims", "");
    let mut village = bench.world.sign_in_as(Role::Village).await;
    assert_eq!(village.get(&path).await.status, 403, "sees the child, decides nothing");
    assert!(!village.get(&child).await.links().iter().any(|(_, href)| *href == path));
    let mut elsewhere = bench.world.sign_in(HERE, Role::TownshipOfficer, Post::Sibling).await;
    assert_eq!(elsewhere.get(&path).await.status, 404);
    assert!(!elsewhere.get("/claims").await.text().contains("蒲另名"));
    let mut school = bench.world.sign_in_as(Role::Registrar).await;
    let form = school.get(&path).await.form(&path);
    let done = school.submit(&form, &[("settled", "other_person"), ("reason", "双胞胎，号码写错")]).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let page = school.get(&child).await;
    assert_eq!(page.h1(), Child::Own.name(HERE));
    assert!(!page.text().contains("土家族") && !page.text().contains("另一个姓名"), "{}", page.text());
    assert!(!school.get("/claims").await.text().contains("蒲另名"));
}

#[tokio::test]
async fn a_village_without_checks_is_told_that_none_were_sent_to_it() {
    let bench = Bench::new().await;
    let mut village = bench.world.sign_in_as(Role::Village).await;
    let checks = village.get("/checks").await;
    assert!(checks.text().contains("没有发到本村的待核查"), "{}", checks.text());
    assert!(!checks.text().contains("导入"), "{}", checks.text());
}

/// Gives the village forty-five children more who wait for a check.
async fn many_checks(bench: &Bench) {
    let (county, village, run) = (HERE.0, HERE.unit(Place::Village), HERE.uuid("match_run", 1));
    let id = "md5('waits' || n)::uuid";
    for sql in [
        format!(
            "insert into child (county_id, id, name, sex, birth, domicile_village, created_at)
             select {county}, {id}, '待核' || n, 'male', '2014-05-01', '{village}', '2026-09-01' from generate_series(1, 45) n"
        ),
        format!(
            "insert into reach (county_id, unit_id, child_id, kind)
             select {county}, '{village}', {id}, 'domicile' from generate_series(1, 45) n"
        ),
        format!(
            "insert into whereabouts_check (county_id, id, child_id, run_id, cause, clue, opened_on, due_on, sent_at)
             select {county}, {id}, {id}, '{run}', 'none', '{{}}', '2026-09-01', '2026-09-20', '2026-09-02' from generate_series(1, 45) n"
        ),
    ] {
        bench.world.database.alter(sql).await;
    }
}

#[tokio::test]
async fn a_village_goes_through_many_checks_twenty_at_a_time_the_unanswered_first() {
    let bench = Bench::new().await;
    many_checks(&bench).await;
    let mut village = bench.world.sign_in_as(Role::Village).await;
    let first = village.get("/checks").await;
    assert_eq!(first.all(".list tbody tr").len(), 20, "{}", first.text());
    assert!(first.h1().contains("（45）") && first.text().contains("第 1–20 条，共 45 条"), "{}", first.text());
    let last = village.get("/checks?page=3").await;
    assert_eq!(last.all(".list tbody tr").len(), 5);
    assert_eq!(village.get("/checks?page=99").await.all(".list tbody tr"), last.all(".list tbody tr"));
    let (name, path) =
        first.links().into_iter().find(|(_, href)| href.starts_with("/checks/") && href.len() > 40).unwrap();
    let form = village.get(&path).await.form(&format!("{path}/answers"));
    let typed = [("finding", "not_met"), ("found_on", "2026-09-07"), ("note", "门锁着")];
    let done = village.submit(&form, &typed).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let on = village.follow(done).await.link("下一个");
    assert_ne!(on, path);
    assert!(!village.get("/checks").await.text().contains(&name), "the answered go to the end");
    assert!(village.get("/checks?page=3").await.text().contains(&name));
    let mut county = bench.world.sign_in_as(Role::CountyOfficer).await;
    assert_eq!(county.get("/checks").await.all(".list tbody tr").len(), 45, "a desk has them all at once");
}

/// Where a township has nobody yet, its checks are on nobody's list: the county is told, and led to sending them.
#[tokio::test]
async fn the_county_is_told_of_checks_that_nobody_has_sent() {
    let bench = Bench::new().await;
    many_checks(&bench).await;
    let sent = |at: &str| format!("update whereabouts_check set sent_at = {at} where county_id = {}", HERE.0);
    bench.world.database.alter(sent("'2026-09-02'")).await;
    let mut county = bench.world.sign_in_as(Role::CountyOfficer).await;
    assert!(!county.get("/").await.text().contains("还没有派到村核查"));
    bench.world.database.alter(sent("null")).await;
    let today = county.get("/").await;
    let links = today.links();
    let (_, href) = links.iter().find(|(words, _)| words == "去派发").unwrap();
    let list = county.get(href).await;
    let told = list.h1().trim_start_matches("待核查（").trim_end_matches('）').to_owned();
    assert!(today.text().contains(&format!("有 {told} 名去向不明")), "{told}: {}", today.text());
    let mut township = bench.world.sign_in_as(Role::TownshipOfficer).await;
    assert!(!township.get("/").await.text().contains("还没有派到村核查"), "it has each as a task");
}
