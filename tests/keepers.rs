//! The pages of the keepers of accounts and of the audit: what they see, what they do, and that they see no child.

use chrono::TimeDelta;
use common::seeds::{Child, PASSWORD, Post, account_name};
use common::{Client, HERE, Page, Role, THERE, World};
use quanxue::app::audit;
use quanxue::db::trail;
use quanxue::web::ROUTES;

const NONE: &[(&str, &str)] = &[];

async fn sign_in(client: &mut Client, login: &str, password: &str) -> Page {
    let county = HERE.0.to_string();
    client.post_form("/sign-in", &[("county", county.as_str()), ("login", login), ("password", password)]).await
}

#[tokio::test]
async fn a_lock_is_seen_and_taken_away_and_the_person_signs_in_again() {
    let world = World::new().await;
    for _ in 0..10 {
        sign_in(&mut world.client(), "village", "wrong").await;
    }
    let locked = sign_in(&mut world.client(), "village", PASSWORD).await;
    assert!(locked.text().contains("账号暂时锁定"), "{}", locked.text());

    let mut keeper = world.sign_in_as(Role::SecurityKeeper).await;
    let page = keeper.get("/accounts").await;
    assert_eq!(page.all("tbody th")[0], account_name(HERE, Role::Village, Post::Own));
    assert!(page.text().contains("锁定至"), "{}", page.text());
    let done = keeper.submit(&page.form_with("解锁"), &[]).await;
    assert_eq!(keeper.follow(done).await.notice(), "已解锁，可以重新登录。");
    assert_eq!(sign_in(&mut world.client(), "village", PASSWORD).await.status, 303);
}

#[tokio::test]
async fn sessions_are_ended_and_accounts_disabled_by_the_keeper_of_accounts() {
    let world = World::new().await;
    let mut officer = world.sign_in_as(Role::TownshipOfficer).await;
    let mut keeper = world.sign_in_as(Role::SecurityKeeper).await;
    let user = HERE.user(Role::TownshipOfficer, Post::Own);
    let page = keeper.get("/accounts?show=online").await;
    let done = keeper.submit(&page.form(&format!("/accounts/{user}/sessions")), &[]).await;
    assert!(keeper.follow(done).await.notice().contains("所有设备上退出"));
    assert_eq!(officer.get("/").await.location().as_deref(), Some("/sign-in?why=late"));

    assert_eq!(keeper.post_form(&format!("/accounts/{user}/disable"), NONE).await.status, 303);
    assert_eq!(sign_in(&mut world.client(), "township_officer", PASSWORD).await.status, 422);
    let page = keeper.get("/accounts?show=disabled").await;
    keeper.submit(&page.form_with("恢复"), &[]).await;
    assert_eq!(sign_in(&mut world.client(), "township_officer", PASSWORD).await.status, 303);
}

#[tokio::test]
async fn the_keeper_of_accounts_disables_neither_themselves_nor_the_last_keeper_of_users() {
    let world = World::new().await;
    let mut keeper = world.sign_in_as(Role::SecurityKeeper).await;
    for (role, why) in [(Role::SecurityKeeper, "不能停用自己"), (Role::SystemKeeper, "最后一位系统管理员")]
    {
        let user = HERE.user(role, Post::Own);
        let done = keeper.post_form(&format!("/accounts/{user}/disable"), NONE).await;
        let page = keeper.follow(done).await;
        assert!(page.text().contains(why), "{}", page.text());
    }
    let stranger = THERE.user(Role::Village, Post::Own);
    for act in ["unlock", "sessions", "disable", "enable"] {
        let page = keeper.post_form(&format!("/accounts/{stranger}/{act}"), NONE).await;
        assert_eq!(page.status, 404, "{act}");
    }
}

#[tokio::test]
async fn attempts_to_sign_in_are_counted_by_day_and_failures_told_with_where_they_came_from() {
    let world = World::new().await;
    sign_in(&mut world.client(), "nobody_here", "wrong").await;
    world.hand.advance(TimeDelta::days(1));
    let mut keeper = world.sign_in_as(Role::SecurityKeeper).await;
    let text = keeper.get("/accounts").await.text();
    assert!(text.contains("nobody_here") && text.contains("没有这个账号") && text.contains("10.5.2.29"), "{text}");
    assert!(text.contains("10月15日 0 1") && text.contains("10月16日 1 0"), "{text}");
}

#[tokio::test]
async fn the_keepers_see_no_child() {
    let world = World::new().await;
    // Something about every child happens first: looks, and a number shown.
    let mut county = world.sign_in_as(Role::CountyOfficer).await;
    for child in Child::ALL {
        county.get(&format!("/children/{}", HERE.child(child))).await;
    }
    for role in [Role::SystemKeeper, Role::SecurityKeeper, Role::AuditKeeper] {
        let mut keeper = world.sign_in_as(role).await;
        let mut seen = 0;
        for path in ROUTES.iter().filter(|path| !path.contains('{') && !path.contains("template")) {
            let page = keeper.get(path).await;
            seen += usize::from(page.status == 200);
            for child in Child::ALL {
                assert!(!page.body().contains(child.name(HERE)), "{role:?} sees {} on {path}", child.name(HERE));
                assert!(!page.body().contains(&HERE.child(child).to_string()), "{role:?} sees an id on {path}");
            }
        }
        assert!(seen > 4, "{role:?} has pages of their own");
        for what in ["", "?what=looks"] {
            let page = keeper.get(&format!("/audit{what}")).await;
            assert_eq!(page.status, if role == Role::AuditKeeper { 200 } else { 403 });
            assert!(Child::ALL.iter().all(|child| !page.body().contains(&HERE.child(*child).to_string())));
        }
        let page = keeper.get(&format!("/children/{}", HERE.child(Child::Own))).await;
        assert_eq!(page.status, 403, "{role:?}");
    }
}

#[tokio::test]
async fn the_keeper_of_the_audit_sees_who_looked_at_which_token_and_the_approver_at_which_child() {
    let world = World::new().await;
    let mut officer = world.sign_in_as(Role::TownshipOfficer).await;
    let child = HERE.child(Child::Own);
    officer.get(&format!("/children/{child}")).await;
    officer.get(&format!("/children/{child}")).await;

    let mut keeper = world.sign_in_as(Role::AuditKeeper).await;
    let page = keeper.get("/audit?what=looks&kind=child").await;
    let whom = page.all("tbody td:nth-child(5)");
    assert!(whom.len() >= 2 && whom[0].starts_with("儿童 ") && whom[0] == whom[1], "{whom:?}");
    assert!(page.text().contains(&account_name(HERE, Role::TownshipOfficer, Post::Own)));

    let mut approver = world.sign_in_as(Role::CountyApprover).await;
    let page = approver.get("/audit?what=looks&kind=child").await;
    assert_eq!(page.all("tbody td:nth-child(5)")[0], Child::Own.name(HERE));
    assert_eq!(page.link(Child::Own.name(HERE)), format!("/children/{child}"));
    let look = approver.get("/audit?what=looks&kind=audit").await;
    assert!(!look.all("tbody tr").is_empty(), "reading the audit is a look too");
}

#[tokio::test]
async fn the_audit_is_narrowed_by_person_kind_and_day() {
    let world = World::new().await;
    let mut keeper = world.sign_in_as(Role::AuditKeeper).await;
    world.sign_in_as(Role::Principal).await;
    let name = account_name(HERE, Role::Principal, Post::Own);
    let found = keeper.post_form("/audit/person", &[("text", name.as_str())]).await;
    assert_eq!(found.location(), Some(format!("/audit?user={}", HERE.user(Role::Principal, Post::Own))));
    let page = keeper.follow(found).await;
    assert!(page.all("tbody td:nth-child(3)").iter().all(|who| who.starts_with(&name)), "{}", page.text());
    assert!(keeper.post_form("/audit/person", &[("text", "没有这个人")]).await.notice().contains("没有找到"));

    let narrowed = keeper.get("/audit?kind=signed_in&day=2026-10-15").await;
    let found = keeper.submit(&narrowed.form("/audit/person"), &[("text", name.as_str())]).await;
    let page = keeper.follow(found).await;
    assert_eq!(page.all("tbody tr").len(), 1, "kind and day stay when a person is chosen: {}", page.text());
    let all = page.links().into_iter().find(|(words, _)| words.contains("去掉")).map(|(_, href)| href);
    assert_eq!(all.as_deref(), Some("/audit?kind=signed_in&day=2026-10-15"), "and when the person is let go");

    assert_eq!(keeper.get("/audit?kind=signed_in&day=2026-10-15").await.all("tbody tr").len(), 2);
    assert!(keeper.get("/audit?kind=signed_in&day=2026-10-14").await.text().contains("没有符合条件的记录"));
    assert!(keeper.get("/audit?kind=user_made").await.text().contains("没有符合条件的记录"));
}

#[tokio::test]
async fn everybody_reads_their_own_acts_and_nobody_elses() {
    let world = World::new().await;
    let mut village = world.sign_in_as(Role::Village).await;
    world.sign_in_as(Role::TownshipHead).await;
    let page = village.get("/audit/mine").await;
    assert_eq!((page.status, page.h1().as_str()), (200, "我的办理记录"));
    let own = account_name(HERE, Role::Village, Post::Own);
    assert!(!page.all("tbody tr").is_empty());
    assert!(page.all("tbody td:nth-child(3)").iter().all(|who| who.starts_with(&own)), "{}", page.text());
    let other = HERE.user(Role::TownshipHead, Post::Own);
    let page = village.get(&format!("/audit/mine?user={other}")).await;
    assert!(page.all("tbody td:nth-child(3)").iter().all(|who| who.starts_with(&own)), "{}", page.text());
    assert_eq!(village.get("/audit").await.status, 403);
}

#[tokio::test]
async fn an_inspector_reads_what_happened_since_the_engagement_began() {
    let world = World::new().await;
    world.sign_in_as(Role::Principal).await;
    world
        .database
        .alter(format!(
            "update appointment set from_on = '2026-10-16', until_on = '2026-12-31' where id = '{}'",
            HERE.appointment(Role::Inspector, Post::Own)
        ))
        .await;
    world.hand.advance(TimeDelta::days(1));
    let mut inspector = world.sign_in_as(Role::Inspector).await;
    let page = inspector.get("/audit?kind=signed_in").await;
    assert_eq!(page.all("tbody tr").len(), 1, "their own, and nothing of the day before: {}", page.text());
}

#[tokio::test]
async fn a_chain_that_was_tampered_with_is_a_red_page() {
    let world = World::new().await;
    let mut keeper = world.sign_in_as(Role::AuditKeeper).await;
    let form = keeper.get("/audit").await.form("/audit/verify");
    let page = keeper.submit(&form, &[]).await;
    assert!(page.text().contains("记录完整"), "{}", page.text());
    assert!(page.all(".note--bad").is_empty());

    world.database.alter("update event set detail = '{}' where seq = 1").await;
    let page = keeper.submit(&form, &[]).await;
    assert!(page.all(".note--bad").concat().contains("第 1 条记录与前后不符"), "{}", page.text());
}

#[tokio::test]
async fn looks_are_sealed_into_the_chain_and_a_changed_look_is_found() {
    let world = World::new().await;
    let mut officer = world.sign_in_as(Role::TownshipOfficer).await;
    officer.get(&format!("/children/{}", HERE.child(Child::Own))).await;
    assert!(audit::seal(&world.services, HERE.id()).await.unwrap() >= 1);
    assert_eq!(audit::seal(&world.services, HERE.id()).await.unwrap(), 0, "each once");
    assert_eq!(audit::verify(&world.services, HERE.id()).await.unwrap().broken, None);
    world.database.alter("update look set kind = 'list'").await;
    let report = audit::verify(&world.services, HERE.id()).await.unwrap();
    assert!(report.broken.unwrap().contains("封存的查看记录被改动"));
}

#[tokio::test]
async fn who_looked_at_a_child_is_told_to_whoever_sees_the_child() {
    let world = World::new().await;
    let child = HERE.child(Child::Own);
    let mut officer = world.sign_in_as(Role::TownshipOfficer).await;
    officer.get(&format!("/children/{child}")).await;
    let mut read = world.db().read(&world.actor(HERE, Role::Principal, Post::Own)).await.unwrap();
    let looked = trail::looks_at_child(&mut read, child, 10).await.unwrap();
    let names: Vec<&str> = looked.iter().map(|l| l.name.as_str()).collect();
    assert_eq!(names[0], account_name(HERE, Role::TownshipOfficer, Post::Own));
    assert_eq!((looked[0].what(), looked[0].unit.as_deref()), ("查看儿童档案", Some("左岚乡")));
    let mut read = world.db().read(&world.actor(HERE, Role::Village, Post::Other)).await.unwrap();
    assert!(trail::looks_at_child(&mut read, child, 10).await.unwrap().is_empty());
}
