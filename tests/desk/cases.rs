//! Cases from checks, many at once, and by hand from a child's page.

use common::HERE;
use common::Role;
use quanxue::domain::ids::{CheckId, ChildId, StatementId};

use crate::cases::bench::Bench;

/// A check of a child, with an answer unless `finding` is empty.
async fn check(bench: &Bench, child: ChildId, finding: &str) -> CheckId {
    let id = CheckId::new();
    let c = HERE.0;
    let opened = format!(
        "insert into whereabouts_check (county_id, id, child_id, cause, opened_on, due_on) values ({c}, '{id}', '{child}', 'none',
            '2026-09-05', '2026-09-20')"
    );
    bench.world.database.alter(opened).await;
    if !finding.is_empty() {
        let answer = StatementId::new();
        let answered = format!(
            "insert into check_answer (county_id, id, check_id, child_id, finding, found_on, via, answered_at)
             values ({c}, '{answer}', '{id}', '{child}', '{finding}', '2026-09-07', 'page', '2026-09-07T08:00:00Z')"
        );
        bench.world.database.alter(answered).await;
    }
    id
}

async fn count(bench: &Bench, sql: &str) -> i64 {
    let mut conn = bench.world.database.superuser().await;
    #[expect(clippy::disallowed_methods, reason = "put together from ids")]
    let sql = sqlx::AssertSqlSafe(sql.to_owned());
    sqlx::query_scalar(sql).fetch_one(&mut conn).await.unwrap()
}

#[tokio::test]
async fn only_those_found_out_of_school_become_cases_in_bulk_once_and_the_others_say_why() {
    let bench = Bench::new().await;
    let out = [check(&bench, bench.child(1).await, "out_of_school").await];
    let there = check(&bench, bench.child(2).await, "elsewhere").await;
    let old = bench.child(3).await;
    bench.born(old, "2009-01-01").await;
    let old = check(&bench, old, "out_of_school").await;
    let more = check(&bench, bench.child(4).await, "out_of_school").await;
    let ticked = [out[0], there, old, more].map(|id| ("check", id.to_string()));

    let mut township = bench.world.sign_in_as(Role::TownshipOfficer).await;
    let list = township.get("/checks").await;
    assert!(list.body().contains(&format!("value=\"{more}\"")), "{}", list.text());
    assert!(!list.body().contains(&format!("value=\"{there}\"")), "found elsewhere cannot be ticked");
    let before = count(&bench, "select count(*) from child_case where county_id = 500229").await;
    let named = township.post_form("/checks/cases", &ticked).await;
    assert_eq!(named.status, 200, "{}", named.text());
    assert!(named.h1().contains("2 人"), "{}", named.h1());
    for words in ["田小禾1", "田小禾4", "在外地就读", "适龄"] {
        assert!(named.text().contains(words), "{words}: {}", named.text());
    }
    assert_eq!(count(&bench, "select count(*) from child_case where county_id = 500229").await, before, "only asked");

    let form = named.form("/checks/cases/open");
    let done = township.submit(&form, &[]).await;
    assert_eq!(done.status, 200, "{}", done.text());
    let cases: Vec<_> = done.links().into_iter().filter(|(_, href)| href.starts_with("/cases/")).collect();
    assert_eq!(cases.len(), 2, "{}", done.text());
    let again = township.submit(&form, &[]).await;
    assert_eq!(again.location().as_deref(), Some("/checks?done=cases"), "twice is once");
    assert_eq!(count(&bench, "select count(*) from child_case where county_id = 500229").await, before + 2);
    let open =
        "select count(*) from whereabouts_check where county_id = 500229 and closed_at is null and cause = 'none'";
    assert_eq!(
        count(&bench, &format!("{open} and id in ('{}', '{more}')", out[0])).await,
        0,
        "their checks are settled"
    );

    let case = township.get(&cases[0].1).await;
    assert_eq!(case.status, 200, "{}", case.text());
    for role in [Role::Village, Role::Registrar] {
        let mut line = bench.world.sign_in_as(role).await;
        assert_eq!(line.get(&cases[0].1).await.status, 200, "both lines see it: {role:?}");
    }
    let late = township.post_form("/checks/cases", &ticked).await;
    assert!(late.h1().contains("0 人") && late.text().contains("已经认定过"), "{}", late.text());
    let mut village = bench.world.sign_in_as(Role::Village).await;
    assert_eq!(village.post_form("/checks/cases/open", &ticked).await.status, 403);
}

#[tokio::test]
async fn a_case_by_hand_says_who_found_the_child_how_and_when_and_is_refused_where_one_is_open() {
    let bench = Bench::new().await;
    let child = bench.child(1).await;
    let path = format!("/children/{child}/cases/new");
    let mut township = bench.world.sign_in_as(Role::TownshipOfficer).await;
    let page = township.get(&format!("/children/{child}")).await;
    assert!(page.links().iter().any(|(_, href)| *href == path), "{}", page.text());
    let form = township.get(&path).await.form(&path);
    let typed = [("origin", "found"), ("on", "2026-09-07"), ("found_how", "赶集时遇到，说不读了")];
    let short = township.submit(&form, &typed).await;
    assert_eq!(short.status, 422, "{}", short.text());
    assert!(short.body().contains("赶集时遇到"), "nothing typed is lost");
    assert_eq!(short.errors().len(), 1, "{:?}", short.errors());
    let future = township
        .submit(&form, &[("origin", "found"), ("on", "2026-12-01"), ("found_by", "村医"), ("found_how", "遇到")]);
    assert_eq!(future.await.status, 422);
    let whole = [typed[0], typed[1], typed[2], ("found_by", "齐心村村委会")];
    let done = township.submit(&form, &whole).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let case = township.get(&done.location().unwrap()).await;
    for words in ["齐心村村委会", "赶集时遇到"] {
        assert!(case.text().contains(words), "{words}: {}", case.text());
    }
    let form = township.get(&path).await.form(&path);
    let twice = township.submit(&form, &whole).await;
    assert_eq!(twice.status, 422, "{}", twice.text());
    let link = done.location().unwrap().replace("?done=opened", "");
    assert!(twice.links().iter().any(|(_, href)| *href == link), "{}", twice.text());

    let old = bench.child(2).await;
    bench.born(old, "2009-01-01").await;
    let path = format!("/children/{old}/cases/new");
    let form = township.get(&path).await.form(&path);
    let refused = township.submit(&form, &whole).await;
    assert_eq!(refused.status, 422);
    assert!(refused.errors().concat().contains("适龄"), "{:?}", refused.errors());
    let mut village = bench.world.sign_in_as(Role::Village).await;
    assert_eq!(village.get(&path).await.status, 403);
}

#[tokio::test]
async fn an_answer_sent_twice_is_one_and_another_under_the_same_key_is_refused_with_what_was_typed() {
    let bench = Bench::new().await;
    let child = bench.child(1).await;
    let page = format!("/checks/{}", check(&bench, child, "").await);
    let to = format!("{page}/answers");
    let mut village = bench.world.sign_in_as(Role::Village).await;
    let key = village.get(&page).await.form(&to).value("key").unwrap().to_owned();
    let said = |note| [("key", key.as_str()), ("finding", "not_met"), ("found_on", "2026-09-08"), ("note", note)];
    for _ in 0..2 {
        assert_eq!(village.post_multipart(&to, &said("问了邻居，都说去了外地"), &[]).await.status, 303);
    }
    let other = village.post_multipart(&to, &said("问了村民小组长"), &[]).await;
    assert_eq!(other.status, 409, "{}", other.text());
    assert!(other.text().contains("问了村民小组长"), "what was typed is there: {}", other.text());
    let answers = format!("select count(*) from check_answer where child_id = '{child}'");
    assert_eq!(count(&bench, &answers).await, 1);
}
