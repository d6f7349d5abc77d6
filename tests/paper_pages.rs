//! The pages of papers from outside: who sees which, what stands against a draft, how an organ numbers.
#![expect(clippy::unwrap_used, reason = "tests")]

use common::seeds::{Child, Post};
use common::{HERE, Role, World};
use quanxue::app::policy;
use quanxue::domain::actor::Actor;

async fn world() -> World {
    let world = World::new().await;
    let setup = Actor::system(HERE.id(), "setup");
    let from = "2026-09-01".parse().unwrap();
    policy::adopt(&world.services, &setup, "zuolan-2024", from, "采用").await.unwrap().unwrap();
    world
}

fn paper(child: Child) -> String {
    format!("/papers/{}", HERE.row("paper", child))
}

#[tokio::test]
async fn a_township_sees_its_papers_and_no_others() {
    let world = world().await;
    let mut officer = world.sign_in_as(Role::TownshipOfficer).await;
    let list = officer.get("/papers").await;
    assert_eq!(list.status, 200, "{}", list.text());
    assert!(list.text().contains("待签发") && list.text().contains(Child::Own.name(HERE)));
    assert!(!list.text().contains(Child::Elsewhere.name(HERE)));
    let page = officer.get(&paper(Child::Own)).await;
    assert_eq!(page.status, 200, "{}", page.text());
    assert!(page.h1().contains("限期复学通知书"));
    for path in ["", "/issue", "/services/new", "/preview.pdf"] {
        assert_eq!(officer.get(&format!("{}{path}", paper(Child::Elsewhere))).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn who_may_not_issue_is_told_so_and_nothing_is_issued() {
    let world = world().await;
    let mut village = world.sign_in(HERE, Role::Village, Post::Own).await;
    let issue = format!("{}/issue", paper(Child::Own));
    assert_eq!(village.get(&issue).await.status, 403);
    assert_eq!(village.post_form(&issue, &[("on", "2026-10-15")]).await.status, 403);
    let mut head = world.sign_in_as(Role::TownshipHead).await;
    let page = head.get(&issue).await;
    assert_eq!(page.status, 200, "{}", page.text());
    let sent = head.submit(&page.form(&issue), &[("document_number", "左岚府复通〔2026〕1号")]).await;
    assert_eq!(sent.status, 422, "{}", sent.text());
    assert!(sent.text().contains("联合劝返"), "{:?}", sent.errors());
    assert_eq!(sent.form(&issue).value("document_number"), Some("左岚府复通〔2026〕1号"), "nothing typed is lost");
}

#[tokio::test]
async fn a_notice_before_its_visits_is_refused_with_every_reason() {
    let world = world().await;
    let mut officer = world.sign_in_as(Role::TownshipOfficer).await;
    let new = format!("/cases/{}/papers/new", HERE.case(Child::Own));
    assert_eq!(officer.get(&new).await.status, 200);
    let page = officer.get(&format!("{new}?kind=deadline_notice")).await;
    assert_eq!(page.status, 200, "{}", page.text());
    assert!(page.errors().iter().any(|line| line.contains("联合劝返")), "{:?}", page.errors());
    let strange = format!("/cases/{}/papers/new", HERE.case(Child::Elsewhere));
    assert_eq!(officer.get(&strange).await.status, 404);
}

#[tokio::test]
async fn an_organ_sets_how_it_numbers() {
    let world = world().await;
    let mut head = world.sign_in_as(Role::TownshipHead).await;
    let form = head.get("/papers/series").await.form("/papers/series");
    let wrong = head.submit(&form, &[("kind", "deadline_notice"), ("pattern", "左岚府复通")]).await;
    assert_eq!((wrong.status, wrong.errors().len()), (422, 1), "{}", wrong.text());
    let typed = [("kind", "deadline_notice"), ("pattern", "左岚府复通〔{年}〕{号}号"), ("next", "5")];
    let set = head.submit(&wrong.form("/papers/series"), &typed).await;
    let page = head.follow(set).await;
    assert!(page.text().contains("左岚府复通〔{年}〕{号}号"), "{}", page.text());
    assert_eq!(world.sign_in_as(Role::Village).await.get("/papers/series").await.status, 403);
}
