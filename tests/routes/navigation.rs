//! Nobody is led to a page that is not there or not for them.

use common::{Role, World};

#[tokio::test]
async fn every_role_lands_on_a_page_and_is_led_only_to_pages_it_may_read() {
    let world = World::ruled().await;
    let mut faults = Vec::new();
    for &role in Role::ALL {
        let mut client = world.sign_in_as(role).await;
        let home = client.visit("/").await;
        assert_eq!(home.status, 200, "{role:?} at {}", home.path);
        let entries = home.attributes("nav a", "href");
        assert!(!entries.is_empty(), "{role:?}");
        for path in entries {
            let page = client.visit(&path).await;
            let current = page.attributes("nav a[aria-current=page]", "href");
            if page.status != 200 || !current.contains(&path) {
                faults.push(format!("{role:?} is led to {path}: {}, which says it is {current:?}", page.status));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}
