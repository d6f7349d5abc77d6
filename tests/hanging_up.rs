//! Browsers that hang up: what they asked for is seen through, and nobody after them waits for it.

use std::time::{Duration, Instant};

use common::{Role, World};

#[tokio::test]
async fn whoever_hangs_up_takes_no_connection_along() {
    let world = World::new().await;
    let mut keeper = world.sign_in_as(Role::SystemKeeper).await;
    // Every place at which a page could be cut off, as far as steps of a few microseconds find it.
    for micros in (0..6000).step_by(60) {
        keeper.hang_up("/users", Duration::from_micros(micros)).await;
    }
    let began = Instant::now();
    for _ in 0..10 {
        assert_eq!(keeper.get("/users").await.status, 200);
    }
    assert!(began.elapsed() < Duration::from_secs(4), "someone waits for a connection: {:?}", began.elapsed());
}

#[tokio::test]
async fn a_form_whose_sender_hung_up_is_done_once() {
    let world = World::new().await;
    let mut keeper = world.sign_in_as(Role::SystemKeeper).await;
    let form = keeper.get("/users/new").await.form("/users/new");
    let typed = [("name", "邬新来"), ("role", "county_officer"), ("login", "wuxinlai")];
    for micros in (0..4000).step_by(200) {
        keeper.submit_and_hang_up(&form, &typed, Duration::from_micros(micros)).await;
    }
    let found = keeper.post_form("/users/find", &[("q", "wuxinlai")]).await;
    assert_eq!(found.text().matches("邬新来").count(), 1, "{}", found.text());
}
