//! The same pages from the other places of a county: each place sees its own.

use common::seeds::{Child, Post, place, seen_by};
use common::{HERE, Role, THERE, World};

use crate::routes::examples::{Of, seen, unseen};
use crate::routes::table::TABLE;

#[tokio::test]
async fn the_siblings_and_the_others_see_theirs_on_every_page() {
    let world = World::ruled().await;
    let accounts = Role::ALL.iter().flat_map(|&role| [(role, Post::Sibling), (role, Post::Other)]);
    for (role, post) in accounts.filter(|(role, post)| place(*role, *post).is_some()) {
        let mut client = world.sign_in(HERE, role, post).await;
        for line in TABLE.iter().filter(|line| line.get.0.allows(role)) {
            let hidden = Child::ALL.into_iter().filter(|child| !seen_by(role, post).contains(child));
            let hidden: Vec<&str> = hidden.map(|child| child.name(HERE)).collect();
            let reads = seen(line.path, line.of, (HERE, role, post));
            for path in if line.of == Of::Nothing { reads } else { reads.into_iter().take(1).collect() } {
                let page = client.get(&path).await;
                assert!(line.get.1.contains(&page.status), "{role:?} {post:?} GET {path}: {}", page.status);
                let body = page.body();
                assert!(!hidden.iter().any(|name| body.contains(name)), "{role:?} {post:?} at {path}");
            }
            if let Some(path) = unseen(line.path, line.of, (HERE, role, post)).first() {
                assert_eq!(client.get(path).await.status, 404, "{role:?} {post:?} GET {path}");
            }
        }
    }
}

#[tokio::test]
async fn a_stranger_county_sees_its_own_and_nothing_of_ours() {
    let world = World::ruled().await;
    for &role in Role::ALL {
        let mut client = world.sign_in(THERE, role, Post::Own).await;
        for line in TABLE.iter().filter(|line| line.of != Of::File && line.path != "/sign-in") {
            let mut read = Vec::new();
            for path in seen(line.path, line.of, (THERE, role, Post::Own)).into_iter().take(1) {
                read.push(client.get(&path).await);
            }
            for path in seen(line.path, line.of, (HERE, role, Post::Own)).into_iter().take(1) {
                let page = client.get(&path).await;
                let nothing = matches!(line.of, Of::Nothing | Of::Asset | Of::List);
                assert!(nothing || [403, 404].contains(&page.status), "{role:?} reads ours at {path}: {}", page.status);
                read.push(page);
            }
            for page in read {
                let body = page.body();
                let ours = Child::ALL.into_iter().map(|child| child.name(HERE)).chain([
                    "左岚远镇",
                    "左岚乡同心村",
                    "左岚包保人",
                    "00500229-",
                ]);
                let found: Vec<&str> = ours.filter(|name| body.contains(name)).collect();
                assert!(found.is_empty(), "{role:?} reads {found:?} at {}", page.path);
            }
        }
    }
}

#[tokio::test]
async fn an_issued_paper_is_printed_and_never_opened_as_a_file() {
    let world = World::ruled().await;
    let file = HERE.row("file", Child::Own);
    let paper = format!(
        "update paper set file_id = '{file}' where county_id = {} and id = '{}'",
        HERE.0,
        HERE.row("paper", Child::Own)
    );
    let mut officer = world.sign_in_as(Role::CountyOfficer).await;
    assert_eq!(officer.get(&format!("/files/{file}")).await.status, 200);
    world.database.alter(paper).await;
    for path in [format!("/files/{file}"), format!("/files/{file}/original")] {
        assert_eq!(officer.get(&path).await.status, 404, "{path}");
    }
}
