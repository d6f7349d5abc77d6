//! How long a session lives, on how many devices, and under which appointment.

use chrono::TimeDelta;
use common::seeds::{Place, Post, login};
use common::{HERE, Role, World};

use crate::sign_in::{RIGHT, is_in, set_appointment, try_in};

#[tokio::test]
async fn half_an_hour_without_a_request_ends_it() {
    let world = World::new().await;
    let mut client = world.sign_in_as(Role::Village).await;
    for _ in 0..3 {
        world.hand.advance(TimeDelta::seconds(30 * 60 - 1));
        assert!(is_in(&mut client).await);
    }
    world.hand.advance(TimeDelta::minutes(30));
    let page = client.get("/mine").await;
    assert_eq!(page.location().as_deref(), Some("/sign-in?why=late"));
    let page = client.follow(page).await;
    assert!(page.text().contains("您已退出登录：离开时间较长，或者账号、密码有变动。请重新登录。"), "{}", page.text());
}

#[tokio::test]
async fn twelve_hours_end_it_however_busy_it_was() {
    let world = World::new().await;
    let mut client = world.sign_in_as(Role::Village).await;
    for _ in 0..(12 * 3 - 1) {
        world.hand.advance(TimeDelta::minutes(20));
        assert!(is_in(&mut client).await);
    }
    world.hand.advance(TimeDelta::minutes(20));
    assert!(!is_in(&mut client).await);
}

#[tokio::test]
async fn another_device_is_listed_and_can_be_put_out() {
    let world = World::new().await;
    let (mut desk, mut phone) = (world.sign_in_as(Role::Village).await, world.client());
    phone.user_agent = "Mozilla/5.0 (Linux; Android 9) <b>MicroMessenger</b>".to_owned();
    assert_eq!(try_in(&mut phone, "village", RIGHT).await.status, 303);
    let page = desk.get("/mine").await;
    assert!(page.text().contains("安卓手机 · 微信"), "what people call it: {}", page.text());
    assert!(!page.body().contains("Mozilla"), "nothing that the browser says of itself comes back");
    let ended = desk.submit(&page.form_with("让它退出"), &[]).await;
    assert_eq!(desk.follow(ended).await.notice(), "已让那台设备退出登录。");
    assert!(!is_in(&mut phone).await && is_in(&mut desk).await);
    assert_eq!(desk.get("/mine").await.all("form[action$='/end']").len(), 0);
}

#[tokio::test]
async fn nobody_puts_out_somebody_elses_device() {
    let world = World::new().await;
    let mut victim = world.sign_in_as(Role::Village).await;
    let mut other = world.sign_in(HERE, Role::Village, Post::Sibling).await;
    let id: uuid::Uuid = sqlx::query_scalar("select public_id from session where user_id = $1")
        .bind(HERE.user(Role::Village, Post::Own).0)
        .fetch_one(&mut world.database.superuser().await)
        .await
        .unwrap();
    other.post_form(&format!("/mine/sessions/{id}/end"), &[("", "")]).await;
    assert!(is_in(&mut victim).await);
}

#[tokio::test]
async fn signing_out_ends_it_and_signing_in_again_replaces_it() {
    let world = World::new().await;
    let mut client = world.sign_in_as(Role::Village).await;
    let mut copy = client.clone();
    let page = client.get("/mine").await;
    let out = client.submit(&page.form("/sign-out"), &[]).await;
    assert_eq!(out.location().as_deref(), Some("/sign-in?why=out"));
    assert!(client.cookies.is_empty(), "the cookie is still there");
    assert!(!is_in(&mut copy).await, "a copy of the cookie still works");

    let mut client = world.sign_in_as(Role::Village).await;
    let mut before = client.clone();
    let fields =
        [("county", HERE.0.to_string()), ("login", "township_head".to_owned()), ("password", RIGHT.to_owned())];
    assert_eq!(client.post_form("/sign-in", &fields).await.status, 303);
    assert_ne!(client.cookies, before.cookies);
    assert!(is_in(&mut client).await && !is_in(&mut before).await);
}

#[tokio::test]
async fn a_changed_password_puts_the_other_devices_out() {
    let world = World::new().await;
    let (mut desk, mut phone) = (world.sign_in_as(Role::Village).await, world.sign_in_as(Role::Village).await);
    let page = desk.get("/password").await;
    let new = "Xin-mima-2026x";
    desk.submit(&page.form("/password"), &[("old", RIGHT), ("new", new), ("again", new)]).await;
    assert!(is_in(&mut desk).await && !is_in(&mut phone).await);
}

#[tokio::test]
async fn a_token_is_kept_only_as_its_hash() {
    let world = World::new().await;
    let client = world.sign_in_as(Role::Village).await;
    let token = client.cookies.get("sid").unwrap();
    assert!(token.len() >= 43, "fewer than 256 bits");
    let held: Vec<u8> = sqlx::query_scalar("select token_hash from session")
        .fetch_one(&mut world.database.superuser().await)
        .await
        .unwrap();
    assert_eq!(held, quanxue::app::sign_in::token_hash(token));
}

#[tokio::test]
async fn an_appointment_that_ends_takes_its_powers_with_it_at_midnight() {
    let world = World::new().await;
    set_appointment(&world, "until_on = '2026-10-15'").await;
    world.hand.set("2026-10-15T23:50:00+08:00".parse().unwrap());
    let mut client = world.sign_in_as(Role::Village).await;
    assert!(is_in(&mut client).await);
    world.hand.set("2026-10-16T00:00:00+08:00".parse().unwrap());
    let page = client.visit("/mine").await;
    assert_eq!(page.path, "/appointments");
    assert!(page.text().contains("您目前没有在任的岗位"), "{}", page.text());
    let chosen = client
        .post_form("/appointments", &[("appointment", HERE.appointment(Role::Village, Post::Own).to_string())])
        .await;
    assert_eq!(chosen.status, 403, "{}", chosen.text());
    assert!(chosen.text().contains("这个岗位已经结束"));
}

/// Gives the village cadre a second post: registrar of the school.
async fn with_two_posts() -> World {
    let world = World::new().await;
    world
        .database
        .alter(format!(
            "insert into appointment (county_id, id, user_id, role, unit_id, from_on, created_at)
             values ({}, '{}', '{}', 'registrar', '{}', '2026-09-01', '2026-09-02T00:00:00Z')",
            HERE.0,
            HERE.uuid("appointment", 900),
            HERE.user(Role::Village, Post::Own),
            HERE.unit(Place::School)
        ))
        .await;
    world
}

#[tokio::test]
async fn of_several_appointments_one_is_chosen_and_permissions_are_not_added_up() {
    let world = with_two_posts().await;
    let mut client = world.sign_in_as(Role::Village).await;
    let page = client.visit("/").await;
    assert_eq!((page.path.as_str(), page.h1().as_str()), ("/appointments", "您以哪个身份办理？"));
    let chosen = client.submit(&page.form_with("齐心村"), &[]).await;
    assert_eq!(chosen.status, 303);
    let as_village = client.get("/mine").await;
    assert!(as_village.text().contains("村（社区）干部") && !as_village.text().contains("学籍管理员"));
    let nav = |page: &common::Page| page.all("nav.nav a");
    let mut plain = world.sign_in(HERE, Role::Village, Post::Sibling).await;
    assert_eq!(nav(&as_village), nav(&plain.get("/mine").await), "exactly what a village has");

    let page = client.get("/appointments").await;
    client.submit(&page.form_with("九年制学校"), &[]).await;
    let as_registrar = client.get("/mine").await;
    let mut plain = world.sign_in_as(Role::Registrar).await;
    assert_eq!(nav(&as_registrar), nav(&plain.get("/mine").await), "exactly what a registrar has");
    let roles: Vec<String> =
        sqlx::query_scalar("select detail->>'role' from event where kind = 'appointment_chosen' order by seq")
            .fetch_all(&mut world.database.superuser().await)
            .await
            .unwrap();
    assert_eq!(roles, ["village", "registrar"]);
}

#[tokio::test]
async fn nobody_acts_under_an_appointment_that_is_not_theirs() {
    let world = World::new().await;
    let mut client = world.sign_in_as(Role::Village).await;
    for (role, post) in [(Role::CountyApprover, Post::Own), (Role::Village, Post::Sibling)] {
        let id = HERE.appointment(role, post).to_string();
        let page = client.post_form("/appointments", &[("appointment", id)]).await;
        assert_eq!(page.status, 403, "{}", login(role, post));
    }
    assert!(client.get("/mine").await.text().contains("村（社区）干部"));
}
