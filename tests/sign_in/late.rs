//! Forms that come after sign-out: kept for their writer, a day, and sent once.

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use chrono::TimeDelta;
use common::seeds::Post;
use common::{Client, HERE, Page, Role, World};

use crate::sign_in::{RIGHT, try_in};

/// A form sent half an hour too late; what came of it.
async fn sent_late(world: &World, client: &mut Client, path: &str, fields: &[(&str, &str)]) -> Page {
    world.hand.advance(TimeDelta::minutes(31));
    client.post_form(path, fields).await
}

async fn kept(world: &World) -> i64 {
    sqlx::query_scalar("select count(*) from kept_form").fetch_one(&mut world.database.superuser().await).await.unwrap()
}

#[tokio::test]
async fn a_form_sent_after_sign_out_is_kept_shown_again_and_sent_once() {
    let world = World::new().await;
    let mut client = world.sign_in_as(Role::Village).await;
    let page = sent_late(&world, &mut client, "/mine/print-size", &[("large", "on"), ("note", "写了很久的话")]).await;
    assert_eq!(page.location().as_deref(), Some("/sign-in?why=kept"));
    let page = client.follow(page).await;
    assert!(page.text().contains("刚才填写的内容已经保存，重新登录后可以继续提交"), "{}", page.text());

    let page = try_in(&mut client, "village", RIGHT).await;
    let page = client.follow(page).await;
    assert!(page.text().contains("您有 1 份表单"), "{}", page.text());
    let page = client.get("/mine").await;
    let link = page.link("查看并提交");
    let page = client.get(&link).await;
    assert!(page.text().contains("写了很久的话"), "{}", page.text());
    let form = page.form_with("现在提交");
    assert_eq!(form.value("large"), Some("on"));
    let on = client.submit(&form, &[]).await;
    assert_eq!((on.status, on.location().as_deref()), (307, Some("/mine/print-size")));
    let done = client.post_form("/mine/print-size", &form.fields).await; // as a browser does at 307
    assert_eq!(client.follow(done).await.notice(), "显示大小已更改。");
    assert_eq!(kept(&world).await, 0);
    assert_eq!(client.submit(&form, &[]).await.status, 404, "sent a second time");
}

#[tokio::test]
async fn what_came_with_files_is_kept_without_them() {
    let world = World::new().await;
    let mut client = world.sign_in_as(Role::Village).await;
    world.hand.advance(TimeDelta::minutes(31));
    let photo = vec![0xff; 300_000];
    let files: [(&str, &str, &str, &[u8]); 1] = [("photo", "a.jpg", "image/jpeg", &photo)];
    let page = client.post_multipart("/mine/print-size", &[("said", "孩子说想回来")], &files).await;
    assert_eq!(page.location().as_deref(), Some("/sign-in?why=kept"));
    try_in(&mut client, "village", RIGHT).await;
    let page = client.get("/mine").await;
    let page = client.get(&page.link("查看并提交")).await;
    assert!(page.text().contains("孩子说想回来") && page.text().contains("提交后请重新上传"), "{}", page.text());
}

#[tokio::test]
async fn a_kept_form_is_its_writers_alone_and_for_a_day() {
    let world = World::new().await;
    let mut client = world.sign_in_as(Role::Village).await;
    sent_late(&world, &mut client, "/mine/print-size", &[("large", "on")]).await;
    let id: uuid::Uuid =
        sqlx::query_scalar("select id from kept_form").fetch_one(&mut world.database.superuser().await).await.unwrap();
    // The next person at the same computer.
    let mut next = client.clone();
    try_in(&mut next, "township_officer", RIGHT).await;
    assert!(!next.get("/mine").await.text().contains("没有提交成功的表单"));
    for other in [&mut next, &mut world.sign_in(HERE, Role::Village, Post::Sibling).await] {
        assert_eq!(other.get(&format!("/mine/kept/{id}")).await.status, 404);
        for act in ["send", "forget"] {
            assert_eq!(other.post_form(&format!("/mine/kept/{id}/{act}"), &[("large", "on")]).await.status, 404);
        }
    }
    try_in(&mut client, "village", RIGHT).await;
    assert_eq!(client.get(&format!("/mine/kept/{id}")).await.status, 200);
    world.hand.advance(TimeDelta::days(1));
    try_in(&mut client, "village", RIGHT).await;
    assert_eq!(client.get(&format!("/mine/kept/{id}")).await.status, 404);
}

#[tokio::test]
async fn a_kept_form_can_be_given_up() {
    let world = World::new().await;
    let mut client = world.sign_in_as(Role::Village).await;
    sent_late(&world, &mut client, "/mine/print-size", &[("large", "on")]).await;
    try_in(&mut client, "village", RIGHT).await;
    let page = client.get("/mine").await;
    let page = client.get(&page.link("查看并提交")).await;
    let page = client.submit(&page.form_with("不要了"), &[]).await;
    assert_eq!(client.follow(page).await.notice(), "已放弃那份表单。");
    assert_eq!(kept(&world).await, 0);
}

#[tokio::test]
async fn passwords_choices_and_strangers_forms_are_not_kept() {
    let world = World::new().await;
    let mut client = world.sign_in_as(Role::Village).await;
    for path in ["/password", "/appointments", "/sign-out", "/search", "//elsewhere.test/x"] {
        let page = sent_late(&world, &mut client, path, &[("old", RIGHT)]).await;
        assert_eq!(page.location().as_deref(), Some("/sign-in?why=late"), "{path}");
    }
    let page = world.client().post_form("/mine/print-size", &[("large", "on")]).await;
    assert_eq!(page.location().as_deref(), Some("/sign-in"), "nobody's form");
    let mut forged = world.client();
    forged.cookies.insert("sid".to_owned(), "x".repeat(43));
    forged.post_form("/mine/print-size", &[("large", "on")]).await;
    let long_ago = sent_late(&world, &mut client, "/mine/print-size", &[("large", "on")]).await;
    assert_eq!(long_ago.location().as_deref(), Some("/sign-in?why=kept"));
    assert_eq!(kept(&world).await, 1);
    world.hand.advance(TimeDelta::days(1));
    sent_late(&world, &mut client, "/mine/print-size", &[("large", "on")]).await;
    assert_eq!(kept(&world).await, 1, "a session dead for more than a day is nobody's");
}

#[tokio::test]
async fn what_is_kept_is_sealed() {
    let world = World::new().await;
    let mut client = world.sign_in_as(Role::Village).await;
    sent_late(&world, &mut client, "/mine/print-size", &[("large", "SECRETWORD")]).await;
    let body: Vec<u8> = sqlx::query_scalar("select body_sealed from kept_form")
        .fetch_one(&mut world.database.superuser().await)
        .await
        .unwrap();
    assert!(!String::from_utf8_lossy(&body).contains("SECRETWORD"));
}

#[tokio::test]
async fn another_sites_form_is_not_kept() {
    let world = World::new().await;
    let mut client = world.sign_in_as(Role::Village).await;
    world.hand.advance(TimeDelta::minutes(31));
    let cross =
        HeaderMap::from_iter([(HeaderName::from_static("sec-fetch-site"), HeaderValue::from_static("cross-site"))]);
    let page = client.post_with("/mine/print-size", &[("large".to_owned(), "on".to_owned())], cross).await;
    assert_eq!((page.status, kept(&world).await), (403, 0));
}
