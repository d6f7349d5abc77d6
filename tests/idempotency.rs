//! Sending twice does it once: on a slow line, with two thumbs, from two windows, or with something else in it.
#![expect(clippy::unwrap_used, reason = "tests")]

use common::seeds::{self, Child, Place, Post};
use common::{Client, Form, HERE, Page, Role, World};

/// A form that changes something: who sends it from which page, with what typed into it, and what it leaves behind.
struct Example {
    role: Role,
    page: String,
    button: &'static str,
    typed: &'static [(&'static str, &'static str)],
    /// Another value for one of the fields.
    other: (&'static str, &'static str),
    /// Counts what is there once it was done.
    count: String,
}

fn examples() -> Vec<Example> {
    let case = HERE.case(Child::Own);
    let user = HERE.user(Role::Principal, Post::Sibling);
    let village = HERE.unit(Place::Village);
    vec![
        Example {
            role: Role::CountyOfficer,
            page: format!("/cases/{case}/plan"),
            button: "保存方案",
            typed: &[("cause", "tired_of_school"), ("aid", "每周家访一次"), ("helper", "班主任")],
            other: ("aid", "改为每天家访"),
            count: format!("select count(*) from plan where case_id = '{case}'"),
        },
        Example {
            role: Role::SystemKeeper,
            page: "/users/new".to_owned(),
            button: "新增",
            typed: &[("name", "邬新来"), ("role", "county_officer"), ("login", "wuxinlai")],
            other: ("name", "邬后来"),
            count: "select count(*) from account where login like 'wuxinlai%'".to_owned(),
        },
        Example {
            role: Role::SystemKeeper,
            page: format!("/users/{user}"),
            button: "加任",
            typed: &[("role", "county_officer"), ("from", "2026-10-15")],
            other: ("title", "另一个职务"),
            count: format!("select count(*) from appointment where user_id = '{user}'"),
        },
        Example {
            role: Role::TownshipOfficer,
            page: format!("/charges/{village}/village"),
            button: "指定",
            typed: &[("name", "邬包保"), ("from", "2026-10-15")],
            other: ("name", "邬责任"),
            count: format!("select count(*) from charge where unit_id = '{village}' and name like '邬%'"),
        },
    ]
}

async fn count(world: &World, sql: &str) -> i64 {
    #[expect(clippy::disallowed_methods, reason = "put together from ids")]
    let sql = sqlx::AssertSqlSafe(sql.to_owned());
    sqlx::query_scalar(sql).fetch_one(&mut world.database.superuser().await).await.unwrap()
}

async fn acts(world: &World) -> i64 {
    count(world, "select count(*) from event").await
}

async fn shown(world: &World, example: &Example) -> (Client, Form) {
    let mut client = world.sign_in_as(example.role).await;
    let page = client.get(&example.page).await;
    assert_eq!(page.status, 200, "{}: {}", example.page, page.text());
    (client, page.form_with(example.button))
}

fn is_done(page: &Page) -> bool {
    // A first password is shown in place, once; everything else leads on.
    page.status == 303 || page.text().contains("只显示这一次")
}

#[tokio::test]
async fn the_same_form_five_times_at_once_is_done_once() {
    for example in examples() {
        let world = World::ruled().await;
        let (client, form) = shown(&world, &example).await;
        let (before, said) = (count(&world, &example.count).await, acts(&world).await);
        let sends = (0..5).map(|_| {
            let (mut client, form, typed) = (client.clone(), form.clone(), example.typed);
            tokio::spawn(async move { client.submit(&form, typed).await })
        });
        for send in sends.collect::<Vec<_>>() {
            let page = send.await.unwrap();
            assert!(is_done(&page), "{}: {} {}", example.page, page.status, page.text());
        }
        assert_eq!(count(&world, &example.count).await, before + 1, "{}", example.page);
        assert_eq!(acts(&world).await, said + 1, "{}: said more than once", example.page);
    }
}

#[tokio::test]
async fn the_same_form_with_something_else_in_it_is_shown_back_and_not_done() {
    for example in examples() {
        let world = World::ruled().await;
        let (mut client, form) = shown(&world, &example).await;
        assert!(is_done(&client.submit(&form, example.typed).await), "{}", example.page);
        let (before, said) = (count(&world, &example.count).await, acts(&world).await);
        let (name, value) = example.other;
        let changed: Vec<_> =
            example.typed.iter().copied().filter(|(n, _)| *n != name).chain([(name, value)]).collect();
        let page = client.submit(&form, &changed).await;
        assert_eq!((page.status, page.h1().as_str()), (409, "没有保存：情况已经变化"), "{}", example.page);
        assert!(page.text().contains(value), "{}: what was typed is lost: {}", example.page, page.text());
        assert!(page.links().iter().any(|(words, _)| words == "查看现在的情况"), "{}", example.page);
        assert_eq!((count(&world, &example.count).await, acts(&world).await), (before, said), "{}", example.page);
    }
}

#[tokio::test]
async fn a_form_that_was_not_taken_keeps_its_key_for_the_next_try() {
    for example in examples() {
        let world = World::ruled().await;
        let (mut client, form) = shown(&world, &example).await;
        let blank: Vec<_> = example.typed.iter().map(|(name, _)| (*name, "")).collect();
        let refused = client.submit(&form, &blank).await;
        assert_eq!(refused.status, 422, "{}: {}", example.page, refused.text());
        assert!(!refused.errors().is_empty(), "{}", example.page);
        let again = client.submit(&form, example.typed).await;
        assert!(is_done(&again), "{}: {} {}", example.page, again.status, again.text());
    }
}

#[tokio::test]
async fn a_key_is_one_persons_in_one_county() {
    let world = World::ruled().await;
    let example = &examples()[0];
    let (mut officer, form) = shown(&world, example).await;
    assert!(is_done(&officer.submit(&form, example.typed).await));
    let mut other = world.sign_in_as(Role::TownshipOfficer).await;
    let mine = other.get(&example.page).await.form_with(example.button);
    let key = form.value("key").unwrap();
    let typed: Vec<_> = example.typed.iter().copied().chain([("key", key)]).collect();
    let page = other.submit(&mine, &typed).await;
    assert_eq!(page.status, 303, "{}", page.text());
    assert_eq!(count(&world, &example.count).await, 3, "the one that was sown, and one of each");
}

/// An answer that is lost on its way is given again, hours later, in another session.
#[tokio::test]
async fn a_lost_answer_is_given_again() {
    let world = World::ruled().await;
    let example = &examples()[0];
    let (mut client, form) = shown(&world, example).await;
    let first = client.submit(&form, example.typed).await;
    world.hand.advance(chrono::TimeDelta::hours(6));
    let mut client = world.client();
    let fields = [("county", "500229"), ("login", "county_officer"), ("password", seeds::PASSWORD)];
    client.post_form("/sign-in", &fields).await;
    let second = client.submit(&form, example.typed).await;
    assert_eq!((second.status, second.location()), (303, first.location()));
}
