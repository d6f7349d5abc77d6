//! The pages of cases from outside: the day's work, the list, a case, a visit in three taps, refusals and conflicts.
#![expect(clippy::unwrap_used, reason = "tests")]

use common::seeds::Child;
use common::{HERE, Role, World};
use quanxue::app::{policy, projector};
use quanxue::domain::actor::Actor;
use quanxue::domain::event::{Event, EventKind};

async fn world() -> World {
    let world = World::new().await;
    let setup = Actor::system(HERE.id(), "setup");
    policy::adopt(&world.services, &setup, "zuolan-2024", "2026-09-01".parse().unwrap(), "采用")
        .await
        .unwrap()
        .unwrap();
    let mut write = world.db().write(&setup).await.unwrap();
    let cases: Vec<_> = Child::ALL.iter().map(|child| HERE.case(*child)).collect();
    projector::project_cases(&world.services, &mut write, &cases).await.unwrap();
    write.commit(Event::new(EventKind::PolicyAdopted)).await.unwrap();
    world
}

#[tokio::test]
async fn a_task_leads_to_a_case_and_a_visit_is_logged_without_script() {
    let world = world().await;
    let mut village = world.sign_in_as(Role::Village).await;
    let case = HERE.case(Child::Own);
    let today = village.get("/").await;
    assert_eq!(today.status, 200, "{}", today.text());
    assert!(today.h1().starts_with("今日待办"));
    let list = village.get("/cases").await;
    assert!(list.links().iter().any(|(_, href)| *href == format!("/cases/{case}")), "{}", list.text());
    let page = village.get(&format!("/cases/{case}")).await;
    assert_eq!(page.status, 200, "{}", page.text());
    assert!(page.text().contains("下一步"));
    assert!(
        !page.all("#next .lack li").iter().any(|lack| lack.contains("联合劝返未满")),
        "a step does not wait for itself"
    );

    let empty = village.get(&format!("/cases/{case}/visits/new")).await;
    assert!(empty.body().contains("id=\"who\" open"), "who went along is asked for at once: {}", empty.text());
    assert!(empty.text().contains("还没有别的单位同去的人，这样记下的不计入"), "{}", empty.text());
    let form = empty.form(&format!("/cases/{case}/visits"));
    assert!(form.multipart);
    let none = village.submit(&form, &[("outcome", ""), ("said", "下周再来")]).await;
    assert_eq!(none.status, 422, "{}", none.text());
    assert!(none.body().contains("下周再来"), "nothing typed is lost");
    let sent = village.submit(&form, &[("outcome", "refused")]).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    let again = village.submit(&form, &[("outcome", "refused")]).await;
    assert_eq!(again.location(), sent.location(), "twice is once");
    let visit = village.get(&sent.location().unwrap()).await;
    assert_eq!(visit.status, 200, "{}", visit.text());
    assert!(visit.text().contains("拒绝返校") && visit.text().contains("不计入"), "{}", visit.text());
    let changed = village.submit(&form, &[("outcome", "agreed")]).await;
    assert_eq!(changed.status, 409, "{}", changed.text());
}

#[tokio::test]
async fn behind_the_walls_a_case_is_not_there_and_what_is_unmet_is_listed_with_links() {
    let world = world().await;
    let mut village = world.sign_in_as(Role::Village).await;
    for rest in ["", "/visits/new", "/plan", "/propose"] {
        let page = village.get(&format!("/cases/{}{rest}", HERE.case(Child::Elsewhere))).await;
        assert_eq!(page.status, 404, "{rest}: {}", page.text());
    }
    let case = HERE.case(Child::Own);
    assert_eq!(village.get(&format!("/cases/{case}/propose")).await.status, 403);
    let mut township = world.sign_in_as(Role::TownshipOfficer).await;
    let path = format!("/cases/{case}/propose");
    let form = township.get(&path).await.form(&path);
    let refused = township.submit(&form, &[("note", "提请县级核处")]).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert!(refused.body().contains("提请县级核处"), "nothing typed is lost");
    assert!(refused.links().iter().any(|(_, href)| *href == format!("/cases/{case}/visits/new")), "{}", refused.text());
}

#[tokio::test]
async fn a_plan_is_written_once_and_a_page_grown_old_is_a_conflict() {
    let world = world().await;
    let mut township = world.sign_in_as(Role::TownshipOfficer).await;
    let path = format!("/cases/{}/plan", HERE.case(Child::Own));
    let old = township.get(&path).await.form(&path);
    let other = township.get(&path).await.form(&path);
    let done = township.submit(&old, &[("cause", "tired_of_school"), ("aid", "每周辅导一次")]).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let case = township.get(&done.location().unwrap()).await;
    assert!(case.text().contains("每周辅导一次") && !case.notice().is_empty(), "{}", case.text());
    let late = township.submit(&other, &[("cause", "working"), ("aid", "另一个")]).await;
    assert_eq!(late.status, 409, "{}", late.text());
    assert!(late.text().contains("另一个"), "what was typed is shown");
}

#[tokio::test]
async fn sec_09_a_restricted_cause_stays_with_township_and_county_on_the_page_and_in_the_form() {
    let world = world().await;
    let mut township = world.sign_in_as(Role::TownshipOfficer).await;
    let case = format!("/cases/{}", HERE.case(Child::Own));
    let path = format!("{case}/plan");
    let form = township.get(&path).await.form(&path);
    let done = township.submit(&form, &[("cause", "early_marriage"), ("aid", "由妇联上门")]).await;
    assert_eq!(done.status, 303, "{}", done.text());
    assert!(township.get(&case).await.text().contains("早婚早育"));
    assert!(township.get(&path).await.body().contains("由妇联上门"), "the next plan begins with the last one");
    let mut principal = world.sign_in_as(Role::Principal).await;
    let page = principal.get(&case).await;
    assert!(page.text().contains("由妇联上门") && !page.text().contains("早婚"), "{}", page.text());
    let blank = principal.get(&path).await;
    assert_eq!(blank.status, 200, "{}", blank.text());
    assert!(!blank.body().contains("value=\"early_marriage\" selected"), "the form does not tell either");
    let mut village = world.sign_in_as(Role::Village).await;
    let links = village.get(&case).await;
    assert!(links.links().iter().all(|(_, href)| *href != path), "no link to a form that is not theirs");
}

#[tokio::test]
async fn a_visit_of_tomorrow_and_a_photograph_that_is_none_are_said_and_nothing_typed_is_lost() {
    let world = world().await;
    let mut village = world.sign_in_as(Role::Village).await;
    let path = format!("/cases/{}/visits", HERE.case(Child::Own));
    let typed = [("outcome", "refused"), ("said", "等爸爸回来再说"), ("place", "村口小卖部")];
    let html: &[u8] = b"<html><body>404</body></html>";
    for (when, photo, sentence) in [
        ("2026-10-16 09:00", None, "不能晚于"),
        ("昨天晚上", None, "读不出来"),
        ("", Some(html), "这个文件不是照片，而是网页"),
    ] {
        let form = village.get(&format!("{path}/new")).await.form(&path);
        let filled = form.filled(&[&typed[..], &[("when", when)]].concat());
        let fields: Vec<_> = filled.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let files: Vec<_> = photo.iter().map(|bytes| ("photo", "入户.jpg", "image/jpeg", *bytes)).collect();
        let page = village.post_multipart(&path, &fields, &files).await;
        assert_eq!(page.status, 422, "{when}: {}", page.text());
        assert!(page.title().starts_with("错误：") && page.errors().join("").contains(sentence), "{:?}", page.errors());
        assert!(page.body().contains("等爸爸回来再说") && page.body().contains("村口小卖部"), "nothing typed is lost");
    }
}
