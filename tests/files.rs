//! Photographs and scans from outside: stored sealed, shown anew, behind the walls of their child, every opening recorded.
#![expect(clippy::unwrap_used, reason = "tests look behind the doors")]

pub(crate) mod made;

use std::collections::HashSet;
use std::path::Path;

use bytes::Bytes;
use common::seeds::{Child, Post, THERE, place};
use common::{HERE, Role, World};
use made::{PDF, photograph};
use quanxue::app::files::{store_document, store_photo, store_workbook};
use quanxue::domain::event::{Event, EventKind};
use quanxue::domain::ids::FileId;
use quanxue::files::PhotoRefusal;

const OFFICER: (Role, Post) = (Role::TownshipOfficer, Post::Own);

/// A photograph of the own child, stored by the township's officer.
async fn stored_photo(world: &World, bytes: Vec<u8>) -> FileId {
    let mut write = world.db().write(&world.actor(HERE, OFFICER.0, OFFICER.1)).await.unwrap();
    let child = HERE.child(Child::Own);
    let id =
        store_photo(&world.services, &mut write, child, Bytes::from(bytes), "入户照片.jpg").await.unwrap().unwrap();
    write.commit(Event::new(EventKind::EvidenceAdded).child(child)).await.unwrap();
    id
}

async fn stored_pdf(world: &World) -> FileId {
    let mut write = world.db().write(&world.actor(HERE, OFFICER.0, OFFICER.1)).await.unwrap();
    let child = HERE.child(Child::Own);
    let bytes = Bytes::from_static(PDF);
    let id = store_document(&world.services, &mut write, child, bytes, "诊断证明.pdf").await.unwrap().unwrap();
    write.commit(Event::new(EventKind::EvidenceAdded).child(child)).await.unwrap();
    id
}

/// Names and bytes of everything below a folder.
fn below(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(below(&path));
        } else {
            found.push((path.display().to_string(), std::fs::read(&path).unwrap()));
        }
    }
    found
}

#[tokio::test]
async fn a_photograph_lies_sealed_and_comes_back_as_it_was() {
    let world = World::new().await;
    let original = photograph(200, 150);
    let id = stored_photo(&world, original.clone()).await;
    let mut officer = world.sign_in_as(Role::TownshipOfficer).await;
    let shown = officer.get(&format!("/files/{id}")).await;
    let thumb = officer.get(&format!("/files/{id}/thumb")).await;
    let sent = officer.get(&format!("/files/{id}/original")).await;
    assert_eq!((shown.status, thumb.status, sent.status), (200, 200, 200));
    assert_eq!(sent.bytes, original);
    let lying = below(world.files_folder());
    assert_eq!(lying.len(), 3);
    for (name, sealed) in &lying {
        assert!(name.contains(&id.0.simple().to_string()) && !name.contains("照片"), "{name}");
        let windows: HashSet<&[u8]> = sealed.windows(12).collect();
        for plain in [&original, &shown.bytes, &thumb.bytes] {
            assert!(plain.chunks_exact(12).all(|piece| !windows.contains(piece)), "{name}");
        }
    }
}

#[tokio::test]
async fn what_is_shown_is_ours_and_what_was_sent_is_only_handed_out() {
    let world = World::new().await;
    let id = stored_photo(&world, photograph(2_720, 136)).await;
    let mut officer = world.sign_in_as(Role::TownshipOfficer).await;
    for (path, sides) in [(format!("/files/{id}"), (2_560, 128)), (format!("/files/{id}/thumb"), (320, 16))] {
        let page = officer.get(&path).await;
        assert_eq!(page.header("content-type"), Some("image/jpeg"));
        assert_eq!(page.header("content-disposition"), Some("inline"));
        let picture = image::load_from_memory(&page.bytes).unwrap();
        assert_eq!((picture.width(), picture.height()), sides);
        assert!(!page.bytes.windows(7).any(|piece| piece == b"comment"));
    }
    let scan = stored_pdf(&world).await;
    let name = "%E5%85%A5%E6%88%B7%E7%85%A7%E7%89%87.jpg";
    for (path, media, named) in [
        (format!("/files/{id}/original"), "image/jpeg", name),
        (format!("/files/{scan}"), "application/pdf", "%E8%AF%8A%E6%96%AD%E8%AF%81%E6%98%8E.pdf"),
        (format!("/files/{scan}/original"), "application/pdf", "%E8%AF%8A%E6%96%AD%E8%AF%81%E6%98%8E.pdf"),
    ] {
        let page = officer.get(&path).await;
        assert_eq!(page.header("content-type"), Some(media), "{path}");
        assert_eq!(page.header("content-disposition"), Some(format!("attachment; filename*=UTF-8''{named}").as_str()));
        assert_eq!(page.header("content-security-policy"), Some("default-src 'none'; sandbox"));
        assert_eq!(page.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(page.header("cache-control"), Some("no-store"));
    }
    assert_eq!(officer.get(&format!("/files/{scan}/thumb")).await.status, 404);
}

#[tokio::test]
async fn whoever_sees_the_child_sees_its_photographs_and_nobody_else() {
    let world = World::new().await;
    let photo = stored_photo(&world, photograph(64, 48)).await;
    for county in [HERE, THERE] {
        for &role in Role::ALL {
            for post in [Post::Own, Post::Sibling, Post::Other] {
                if place(role, post).is_none() {
                    continue;
                }
                let sees = county == HERE && post == Post::Own && !role.is_keeper();
                let judges = role.is_county_wide() || matches!(role, Role::TownshipOfficer | Role::TownshipHead);
                let mut client = world.sign_in(county, role, post).await;
                let mut got = Vec::new();
                for part in ["", "/thumb", "/original"] {
                    got.push(client.get(&format!("/files/{photo}{part}")).await.status);
                }
                let original = if judges { 200 } else { 403 };
                let want = if sees { vec![200, 200, original] } else { vec![404; 3] };
                assert_eq!(got, want, "{role:?} {post:?} of {}", county.0);
            }
        }
    }
    let mut nobody = world.client();
    assert_eq!(nobody.get(&format!("/files/{photo}")).await.status, 303);
    let mut officer = world.sign_in_as(Role::CountyOfficer).await;
    assert_eq!(officer.get("/files/00000000-0000-4000-8000-000000000000").await.status, 404);
    assert_eq!(officer.get("/files/..%2F..%2Fkey").await.status, 404);
}

#[tokio::test]
async fn a_workbook_is_its_units_and_no_childs() {
    let world = World::new().await;
    let mut write = world.db().write(&world.actor(HERE, Role::Registrar, Post::Own)).await.unwrap();
    let bytes = Bytes::from_static(b"PK\x03\x04 a roster");
    let id = store_workbook(&world.services, &mut write, bytes, "花名册.xlsx").await.unwrap().unwrap();
    write.commit(Event::new(EventKind::ImportUploaded)).await.unwrap();
    for (county, role, post, status) in [
        (HERE, Role::Registrar, Post::Own, 200),
        (HERE, Role::Principal, Post::Own, 200),
        (HERE, Role::CountyOfficer, Post::Own, 200),
        (HERE, Role::Registrar, Post::Sibling, 404),
        (HERE, Role::TownshipOfficer, Post::Own, 404),
        (HERE, Role::SystemKeeper, Post::Own, 404),
        (THERE, Role::Registrar, Post::Own, 404),
    ] {
        let page = world.sign_in(county, role, post).await.get(&format!("/files/{id}/original")).await;
        assert_eq!(page.status, status, "{role:?} {post:?}");
    }
}

#[tokio::test]
async fn a_medical_paper_is_not_the_villages_to_read() {
    let world = World::new().await;
    let scan = stored_pdf(&world).await;
    let mut village = world.sign_in_as(Role::Village).await;
    assert_eq!(village.get(&format!("/files/{scan}")).await.status, 200);
    let insert = format!(
        "insert into evidence (county_id, id, child_id, case_id, kind, file_id, fact_on, added_by, added_at)
         values ({}, '{scan}', '{}', '{}', 'hospital_proof', '{scan}', '2026-10-01', '{}', '2026-10-15T01:00:00Z')",
        HERE.0,
        HERE.child(Child::Own),
        HERE.case(Child::Own),
        HERE.user(OFFICER.0, OFFICER.1),
    );
    world.database.alter(insert).await;
    assert_eq!(village.get(&format!("/files/{scan}")).await.status, 404);
    assert_eq!(world.sign_in_as(Role::Registrar).await.get(&format!("/files/{scan}")).await.status, 200);
}

#[tokio::test]
async fn every_opening_is_recorded_with_the_child_before_it_is_sent() {
    let world = World::new().await;
    let photo = stored_photo(&world, photograph(64, 48)).await;
    let mut village = world.sign_in_as(Role::Village).await;
    village.get(&format!("/files/{photo}")).await;
    village.get(&format!("/files/{photo}/thumb")).await;
    village.get(&format!("/files/{photo}/original")).await; // refused, so nothing was seen
    world.sign_in_as(Role::TownshipHead).await.get(&format!("/files/{photo}/original")).await;
    world.sign_in(HERE, Role::Village, Post::Sibling).await.get(&format!("/files/{photo}")).await;
    let mut conn = world.database.superuser().await;
    let looks: Vec<(String, Option<String>, Option<uuid::Uuid>)> =
        sqlx::query_as("select role, detail->>'form', child_id from look where kind = 'photo' order by id")
            .fetch_all(&mut conn)
            .await
            .unwrap();
    let child = Some(HERE.child(Child::Own).0);
    let want = [("village", "display"), ("township_head", "original")];
    assert_eq!(looks, want.map(|(role, form)| (role.to_owned(), Some(form.to_owned()), child)));
}

#[tokio::test]
async fn a_refused_photograph_leaves_nothing_behind() {
    let world = World::new().await;
    let mut write = world.db().write(&world.actor(HERE, OFFICER.0, OFFICER.1)).await.unwrap();
    let html = Bytes::from_static(b"<html><script>alert(1)</script></html>");
    let refused = store_photo(&world.services, &mut write, HERE.child(Child::Own), html, "x.jpg").await.unwrap();
    assert_eq!(refused.unwrap_err(), PhotoRefusal::NotAPhoto("网页"));
    // A child of the other township is not this officer's to add to.
    let foreign = Bytes::from(photograph(64, 48));
    let walled = store_photo(&world.services, &mut write, HERE.child(Child::Elsewhere), foreign, "x.jpg").await;
    assert!(walled.is_err());
    assert!(below(world.files_folder()).is_empty());
}

#[tokio::test]
async fn what_was_altered_on_the_disk_is_never_shown() {
    let world = World::new().await;
    let photo = stored_photo(&world, photograph(64, 48)).await;
    let (name, mut sealed) =
        below(world.files_folder()).into_iter().find(|(name, _)| name.ends_with(".display")).unwrap();
    *sealed.last_mut().unwrap() ^= 1;
    std::fs::write(name, sealed).unwrap();
    let mut officer = world.sign_in_as(Role::TownshipOfficer).await;
    let page = officer.get(&format!("/files/{photo}")).await;
    assert!(page.status == 500 && page.text().contains("编号"), "{}", page.text());
}
