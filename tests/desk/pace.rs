//! How often a person may search and reveal (security.md C5).

use common::seeds::Child;
use common::{HERE, Role, World};

/// The limits are written out: a test that asked the program for them would not notice their going.
#[tokio::test]
async fn sec_c5_the_thirty_first_search_of_a_minute_is_told_to_wait_and_the_next_minute_is_free() {
    let world = World::new().await;
    world.hand.set("2026-10-15T09:00:30+08:00".parse().unwrap());
    let mut county = world.sign_in_as(Role::CountyOfficer).await;
    let asked = county.post_form("/search", &[("q", "蒲春生")]).await;
    let address = asked.location().unwrap();
    for nth in 1..=30 {
        let page = county.get(&address).await;
        assert_eq!(page.status, 200, "search {nth}: {}", page.text());
    }
    let late = county.get(&address).await;
    assert_eq!(late.status, 429, "{}", late.text());
    assert!(late.text().contains("请稍等一分钟") && !late.text().contains("蒲春生"), "{}", late.text());
    assert!(late.header("retry-after").is_some());
    world.hand.set("2026-10-15T09:01:20+08:00".parse().unwrap());
    assert_eq!(county.get(&address).await.status, 429, "the minute is the last one, not that of the clock");
    let mut township = world.sign_in_as(Role::TownshipOfficer).await;
    let other = township.post_form("/search", &[("q", "蒲春生")]).await;
    assert_eq!(township.follow(other).await.status, 200, "each person has their own count");
    world.hand.set("2026-10-15T09:01:30+08:00".parse().unwrap());
    assert_eq!(county.get(&address).await.status, 200, "a minute later");
}

#[tokio::test]
async fn sec_c5_the_sixty_first_reveal_of_an_hour_shows_nothing() {
    let world = World::new().await;
    world.hand.set("2026-10-15T09:50:00+08:00".parse().unwrap());
    let mut county = world.sign_in_as(Role::CountyOfficer).await;
    let path = format!("/children/{}/reveal", HERE.child(Child::Own));
    for nth in 1..=60 {
        let page = county.post_form(&path, &[("reason", "核对户口簿")]).await;
        assert_eq!(page.status, 200, "reveal {nth}: {}", page.text());
    }
    let late = county.post_form(&path, &[("reason", "核对户口簿")]).await;
    assert_eq!(late.status, 429, "{}", late.text());
    world.hand.set("2026-10-15T10:10:00+08:00".parse().unwrap());
    let late = county.post_form(&path, &[("reason", "核对户口簿")]).await;
    assert_eq!(late.status, 429, "the hour is the last sixty minutes: {}", late.text());
    world.hand.set("2026-10-15T10:50:00+08:00".parse().unwrap());
    let mut county = world.sign_in_as(Role::CountyOfficer).await;
    assert_eq!(county.post_form(&path, &[("reason", "核对户口簿")]).await.status, 200, "an hour later, signed in anew");
}
