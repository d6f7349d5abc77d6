//! A county changes its policy in the browser: a draft, its impact, a second person, and two policies side by side.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::sync::Arc;
use std::time::Duration;

use common::seeds::{Child, Post};
use common::{Client, HERE, Page, Role, THERE, World};
use quanxue::app::policy::adopt_resolved;
use quanxue::db::{policies, policy_drafts};
use quanxue::domain::actor::Actor;
use quanxue::domain::policy::{Library, shipped};
use quanxue::jobs::{Runner, house};
use tokio::sync::Notify;

/// Waits until the impact of the draft is counted.
async fn work(world: &World) {
    let stop = Arc::new(Notify::new());
    let hear = Arc::clone(&stop);
    let runner = Runner::new(world.services.clone(), house()).looking_every(Duration::from_millis(10));
    tokio::spawn(runner.run(async move { hear.notified().await }));
    for _ in 0..500 {
        let mut read = world.db().read(&world.actor(HERE, Role::CountyOfficer, Post::Own)).await.unwrap();
        if policy_drafts::latest(&mut read, 1).await.unwrap()[0].impact.is_some() {
            stop.notify_waiters();
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the impact was never counted");
}

async fn draft(client: &mut Client, typed: &[(&str, &str)]) -> Page {
    let form = client.get("/policy/drafts/new").await.form("/policy/drafts");
    let usual = [("from_on", "2026-11-01"), ("reason", "县委农村工作领导小组2026年第3次会议")];
    let over: Vec<_> = usual.into_iter().filter(|(name, _)| typed.iter().all(|(other, _)| other != name)).collect();
    client.submit(&form, &[typed, &over].concat()).await
}

async fn drafted(client: &mut Client, typed: &[(&str, &str)]) -> String {
    let sent = draft(client, typed).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    sent.location().unwrap().split('?').next().unwrap().to_owned()
}

async fn versions(world: &World) -> Vec<(i32, String)> {
    let mut read = world.db().read(&world.actor(HERE, Role::CountyOfficer, Post::Own)).await.unwrap();
    let adopted = policies::adopted(&mut read).await.unwrap();
    adopted.into_iter().map(|row| (row.version, row.from_on.to_string())).collect()
}

#[tokio::test]
async fn a_value_is_changed_by_one_person_and_approved_by_another() {
    let world = World::ruled().await;
    let mut officer = world.sign_in_as(Role::CountyOfficer).await;
    let mut approver = world.sign_in_as(Role::CountyApprover).await;
    let before = versions(&world).await.len();
    let place = drafted(&mut officer, &[("gate.notice", "4"), ("visit.every", "3")]).await;
    let page = approver.get(&place).await;
    assert!(page.text().contains("正在测算影响"), "{}", page.text());
    let early = approver.post_form(&format!("{place}/decide"), &[("decision", "approve")]).await;
    assert_eq!(early.status, 422, "not before the impact was counted");
    work(&world).await;

    let page = approver.get(&place).await;
    for said in ["须有 4 次以上有效的联合劝返", "须有 3 次以上有效的联合劝返", "上一次之后3个工作日内再去", "逐一测算"]
    {
        assert!(page.text().contains(said), "{said}: {}", page.text());
    }
    assert!(page.text().contains("县定参数"), "what the county set itself says so");
    assert!(!page.text().contains("学生本人在场的才计次"), "only what differs");
    let form = page.form(&format!("{place}/decide"));
    let done = approver.submit(&form, &[("decision", "approve")]).await;
    let page = approver.follow(done).await;
    assert!(page.notice().contains("已采用"), "{}", page.text());
    let after = versions(&world).await;
    assert_eq!((after.len(), after.last().unwrap().1.as_str()), (before + 1, "2026-11-01"));

    let history = officer.get("/policy").await;
    assert!(history.text().contains("县委农村工作领导小组2026年第3次会议"), "{}", history.text());
    let again = approver.submit(&form, &[("decision", "approve")]).await;
    assert_eq!(again.status, 303, "the same form twice does it once");
    assert_eq!(versions(&world).await.len(), before + 1);
}

#[tokio::test]
async fn nobody_approves_what_they_drafted() {
    let world = World::ruled().await;
    let mut approver = world.sign_in_as(Role::CountyApprover).await;
    let place = drafted(&mut approver, &[("gate.notice", "4")]).await;
    work(&world).await;
    let page = approver.get(&place).await;
    assert!(page.forms().iter().all(|form| !form.action.ends_with("/decide")), "no such form");
    let before = versions(&world).await;
    let sent = approver.post_form(&format!("{place}/decide"), &[("decision", "approve")]).await;
    assert_eq!(sent.status, 422, "{}", sent.text());
    assert!(sent.errors()[0].contains("另一位审批人员"), "{:?}", sent.errors());
    assert_eq!(versions(&world).await, before);
    let mut officer = world.sign_in_as(Role::CountyOfficer).await;
    assert_eq!(officer.post_form(&format!("{place}/decide"), &[("decision", "approve")]).await.status, 403);
}

#[tokio::test]
async fn a_draft_is_sent_back_with_what_to_change_and_drafted_again_from_there() {
    let world = World::ruled().await;
    let mut officer = world.sign_in_as(Role::CountyOfficer).await;
    let mut approver = world.sign_in_as(Role::CountyApprover).await;
    let place = drafted(&mut officer, &[("gate.notice", "5")]).await;
    assert!(draft(&mut officer, &[("gate.notice", "6")]).await.text().contains("已有一份草案"), "one at a time");
    work(&world).await;
    let none = approver.post_form(&format!("{place}/decide"), &[("decision", "send_back")]).await;
    assert_eq!((none.status, none.errors()), (422, vec!["退回的，请写明要改什么。".to_owned()]));
    let typed = [("decision", "send_back"), ("note", "次数仍按三次")];
    assert_eq!(approver.post_form(&format!("{place}/decide"), &typed).await.status, 303);
    let late = approver.post_form(&format!("{place}/decide"), &[("decision", "approve")]).await;
    assert_eq!(late.status, 409, "decided once");
    let page = officer.get(&place).await;
    assert!(page.text().contains("次数仍按三次"), "{}", page.text());
    let form = officer.get(&page.link("照此重新起草")).await.form("/policy/drafts");
    assert_eq!((form.value("gate.notice"), form.value("from_on")), (Some("5"), Some("2026-11-01")));
}

#[tokio::test]
async fn who_drafted_it_takes_it_back() {
    let world = World::ruled().await;
    let mut officer = world.sign_in_as(Role::CountyOfficer).await;
    let mut approver = world.sign_in_as(Role::CountyApprover).await;
    let place = drafted(&mut officer, &[("gate.notice", "4")]).await;
    let none: &[(&str, &str)] = &[];
    assert_eq!(approver.post_form(&format!("{place}/withdraw"), none).await.status, 404, "only who drafted it");
    assert_eq!(officer.post_form(&format!("{place}/withdraw"), none).await.status, 303);
    assert_eq!(approver.post_form(&format!("{place}/decide"), &[("decision", "approve")]).await.status, 409);
}

#[tokio::test]
async fn every_fault_stands_at_its_field_and_nothing_typed_is_lost() {
    let world = World::ruled().await;
    let mut officer = world.sign_in_as(Role::CountyOfficer).await;
    for (field, typed, said) in [
        ("gate.notice", "0", "劝返次数不能为零"),
        ("gate.notice", "三", "请填写整数"),
        ("visit.every", "0", "期限不能为零"),
        ("visit.min_units", "0", "参加单位数不能为零"),
        ("after_care.days", "60、30", "从小到大"),
        ("ladder.deadline_notice.signed_by", "subdistrict", "要有地方依据"),
        ("penalty.enabled", "yes", "没有依据的，不能实施处罚"),
        ("from_on", "2020-01-01", "只能从今天或以后的一天起施行"),
        ("from_on", "", "请填写施行日期"),
        ("reason", "", "请写明为什么"),
    ] {
        let page = draft(&mut officer, &[(field, typed), ("check.within", "9")]).await;
        assert_eq!(page.status, 422, "{field} = {typed}");
        let errors = page.errors().join("；");
        assert!(errors.contains(said), "{field} = {typed}: {errors}");
        let at = page.attributes(".errors a", "href");
        let expected = if field == "penalty.enabled" { "#penalty.basis.law".to_owned() } else { format!("#{field}") };
        assert!(at.contains(&expected), "{field}: {at:?}");
        let form = page.form("/policy/drafts");
        assert_eq!(form.value("check.within"), Some("9"));
    }
}

#[tokio::test]
async fn a_county_without_a_policy_chooses_one_on_the_page() {
    let world = World::new().await;
    let mut officer = world.sign_in_as(Role::CountyOfficer).await;
    let mut approver = world.sign_in_as(Role::CountyApprover).await;
    assert!(officer.get("/policy").await.text().contains("选用方案"));
    let place = drafted(&mut officer, &[("from_on", "2026-02-23")]).await;
    work(&world).await;
    let form = approver.get(&place).await.form(&format!("{place}/decide"));
    assert_eq!(approver.submit(&form, &[("decision", "approve")]).await.status, 303);
    assert_eq!(versions(&world).await, [(1, "2026-02-23".to_owned())]);
    assert!(officer.get("/policy").await.text().contains("怎样算一次劝返"));
}

#[tokio::test]
async fn another_county_never_sees_a_draft() {
    let world = World::ruled().await;
    let mut officer = world.sign_in_as(Role::CountyOfficer).await;
    let place = drafted(&mut officer, &[("gate.notice", "4")]).await;
    let mut stranger = world.sign_in(THERE, Role::CountyApprover, Post::Own).await;
    assert_eq!(stranger.get(&place).await.status, 404);
    assert_eq!(stranger.get(&format!("{place}/cases?way=next")).await.status, 404);
    assert_eq!(stranger.post_form(&format!("{place}/decide"), &[("decision", "approve")]).await.status, 404);
    let mut township = world.sign_in_as(Role::TownshipHead).await;
    assert_eq!(township.get(&place).await.status, 403);
}

/// Rules so lenient that the one visit of the seeds counts.
const LENIENT: &str = "
    [visit]
    pupil_present = false
    min_units = 1
    media = []
    sheet_confirms = true
";

#[tokio::test]
async fn each_number_of_the_impact_opens_its_names_within_reach() {
    let world = World::new().await;
    let lenient = Library::parse(&shipped()).0.resolve_with("zuolan-2024", "own", LENIENT).unwrap();
    let from = "2024-09-01".parse().unwrap();
    let system = Actor::system(HERE.id(), "test");
    adopt_resolved(&world.services, &system, lenient, from, "").await.unwrap().unwrap();
    let mut officer = world.sign_in_as(Role::CountyOfficer).await;
    let place = drafted(&mut officer, &[("gate.notice", "1")]).await;
    work(&world).await;
    let page = officer.get(&place).await;
    let links: Vec<_> = page.links().into_iter().filter(|(_, href)| href.contains("/cases?way=")).collect();
    assert!(links.iter().any(|(words, _)| words.contains("下一步不同")), "{}", page.text());
    for (words, href) in links {
        let names = officer.get(&href).await;
        let said: String = words.chars().filter(char::is_ascii_digit).collect();
        assert_eq!(names.all("tbody tr").len().to_string(), said, "{words}: {}", names.text());
        let mut keeper = world.sign_in_as(Role::SystemKeeper).await;
        let none = keeper.get(&href).await;
        assert_eq!(none.all("tbody tr").len(), 0, "a keeper sees no child");
        assert!(Child::ALL.into_iter().all(|child| !none.text().contains(child.name(HERE))));
    }
}

#[tokio::test]
async fn two_policies_stand_side_by_side() {
    let world = World::ruled().await;
    let mut officer = world.sign_in_as(Role::TownshipOfficer).await;
    let page = officer.get("/policy/compare?a=v1&b=v1").await;
    assert!(page.text().contains("说的完全一样"), "{}", page.text());
    assert_eq!(officer.get("/policy/compare?a=v99").await.status, 404);
    assert_eq!(officer.get("/policy/compare?b=national-2024").await.status, 404, "the base is never offered");
    assert_eq!(officer.get("/policy/compare").await.status, 200);
}
