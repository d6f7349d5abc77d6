//! Signing in and out, from outside.

use common::{Role, World};

#[tokio::test]
async fn everybody_signs_in_and_lands_on_a_page() {
    let world = World::new().await;
    for &role in Role::ALL {
        let mut client = world.sign_in_as(role).await;
        let page = client.get("/mine").await;
        assert_eq!(page.status, 200, "{role:?}: {}", page.text());
        assert_eq!(page.h1(), "我的");
    }
}
