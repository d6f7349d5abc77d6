//! Evidence of a case from outside: filed with its day and its hash, labelled, withdrawn and never gone; and forms with
//! files as browsers, bad networks and bad hands send them.
#![expect(clippy::unwrap_used, reason = "tests look behind the doors")]

mod forms;

use crate::files::made::{PDF, photograph};
use common::seeds::{Child, Post, THERE};
use common::{Client, HERE, Page, Role, World};
use quanxue::app::policy;
use quanxue::domain::actor::Actor;

type File<'a> = (&'a str, &'a str, &'a str, &'a [u8]);

/// The seeded county with a policy in force.
async fn world() -> World {
    let world = World::new().await;
    let setup = Actor::system(HERE.id(), "setup");
    let on = "2026-09-01".parse().unwrap();
    policy::adopt(&world.services, &setup, "zuolan-2024", on, "采用").await.unwrap().unwrap();
    world
}

fn path() -> String {
    format!("/cases/{}/evidence", HERE.case(Child::Own))
}

const GOOD: [(&str, &str); 4] =
    [("kind", "commitment"), ("about", ""), ("title", "家长签字"), ("fact_on", "2026-10-14")];

/// The fields of a form that is in order, with some of them otherwise.
fn with(other: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    let of = |name: &str| other.iter().find(|field| field.0 == name).map(|(_, value)| *value);
    GOOD.iter().map(|(name, value)| (*name, of(name).unwrap_or(value))).collect()
}

async fn send(client: &mut Client, fields: &[(&str, &str)], files: &[File<'_>]) -> Page {
    client.post_multipart(&path(), fields, files).await
}

/// Evidence ids of the own case that these tests filed, the latest last.
async fn filed(world: &World) -> Vec<uuid::Uuid> {
    let mut conn = world.database.superuser().await;
    sqlx::query_scalar("select id from evidence where kind <> 'visit_photo' and case_id = $1 order by added_at, id")
        .bind(HERE.case(Child::Own).0)
        .fetch_all(&mut conn)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_photograph_and_a_scan_are_filed_with_their_day_and_the_chain_knows_their_hash() {
    let world = world().await;
    let mut officer = world.sign_in_as(Role::TownshipOfficer).await;
    let photo = photograph(64, 48);
    let files =
        [("files", "承诺书.jpg", "image/jpeg", photo.as_slice()), ("files", "承诺书.pdf", "application/pdf", PDF)];
    let sent = send(&mut officer, &GOOD, &files).await;
    assert_eq!((sent.status, sent.location()), (303, Some(format!("{}?done=added", path()))), "{}", sent.text());
    let page = officer.follow(sent).await;
    assert_eq!(page.notice(), "已上传，并记入本案。");
    let text = page.text();
    for word in ["复学承诺书", "家长签字", "2026年10月14日 的事实", "2026年10月15日 09:00 上传", "照片没有记录拍摄时间"]
    {
        assert!(text.contains(word), "{word} is not in {text}");
    }
    assert_eq!(page.all(".proof").len(), 3, "with the visit's photograph that was there");
    let mut conn = world.database.superuser().await;
    let hash: String =
        sqlx::query_scalar("select detail->'files'->0->>'sha256' from event where kind = 'evidence_added'")
            .fetch_one(&mut conn)
            .await
            .unwrap();
    assert_eq!(hash, hex::encode(<sha2::Sha256 as sha2::Digest>::digest(&photo)));
}

#[tokio::test]
async fn sent_twice_it_is_filed_once_and_the_same_key_with_another_file_is_a_conflict() {
    let world = world().await;
    let mut officer = world.sign_in_as(Role::TownshipOfficer).await;
    let key = "1f0e7a52-0f43-4a2c-9d0b-3f4a51c0ffee";
    let fields = [GOOD.as_slice(), &[("key", key)]].concat();
    let (one, other) = (photograph(64, 48), photograph(48, 64));
    for _ in 0..2 {
        let sent = send(&mut officer, &fields, &[("files", "a.jpg", "image/jpeg", one.as_slice())]).await;
        assert_eq!(sent.status, 303, "{}", sent.text());
    }
    assert_eq!(filed(&world).await.len(), 1);
    let differs = send(&mut officer, &fields, &[("files", "a.jpg", "image/jpeg", other.as_slice())]).await;
    assert_eq!(differs.status, 409);
    assert!(differs.text().contains("家长签字"), "what was typed is shown: {}", differs.text());
    assert_eq!(filed(&world).await.len(), 1);
}

#[tokio::test]
async fn the_same_picture_in_two_cases_is_labelled_and_taken() {
    let world = world().await;
    let mut officer = world.sign_in_as(Role::TownshipOfficer).await;
    let photo = photograph(64, 48);
    for child in [Child::Own, Child::Sibling] {
        let path = format!("/cases/{}/evidence", HERE.case(child));
        let files = [("files", "a.jpg", "image/jpeg", photo.as_slice())];
        assert_eq!(officer.post_multipart(&path, &GOOD, &files).await.status, 303);
    }
    assert!(officer.get(&path()).await.text().contains("同一张照片还上传过一次"));
    // The village that sees only one of the two learns nothing of the other.
    let mut village = world.sign_in_as(Role::Village).await;
    assert!(!village.get(&path()).await.text().contains("同一张照片还上传过一次"));
}

#[tokio::test]
async fn a_file_is_withdrawn_by_who_filed_it_or_the_township_and_stays_on_file() {
    let world = world().await;
    let mut teacher = world.sign_in_as(Role::ClassTeacher).await;
    let photo = photograph(64, 48);
    let files = [("files", "a.jpg", "image/jpeg", photo.as_slice())];
    assert_eq!(send(&mut teacher, &GOOD, &files).await.status, 303);
    assert_eq!(send(&mut teacher, &with(&[("title", "第二份")]), &files).await.status, 303);
    let [first, second] = filed(&world).await[..] else { panic!("two were filed") };
    let withdraw = |id: uuid::Uuid| format!("/evidence/{id}/withdraw");
    let mut village = world.sign_in_as(Role::Village).await;
    let refused = village.post_form(&withdraw(first), &[("reason", "传错了人")]).await;
    assert!(refused.status == 400 && refused.text().contains("请由上传人或乡镇、县级撤回"), "{}", refused.text());
    let refused = teacher.post_form(&withdraw(first), &[("reason", "  ")]).await;
    assert!(refused.status == 400 && refused.text().contains("请填写“撤回原因”"), "{}", refused.text());
    assert_eq!(teacher.post_form(&withdraw(first), &[("reason", "传错了人")]).await.status, 303);
    assert_eq!(teacher.post_form(&withdraw(first), &[("reason", "传错了人")]).await.status, 409, "once");
    let mut officer = world.sign_in_as(Role::TownshipOfficer).await;
    let done = officer.post_form(&withdraw(second), &[("reason", "照片模糊")]).await;
    let page = officer.follow(done).await;
    assert!(page.text().contains("已撤回 传错了人") && page.text().contains("已撤回 照片模糊"), "{}", page.text());
    assert_eq!(filed(&world).await.len(), 2);
    let mut conn = world.database.superuser().await;
    let events: i64 = sqlx::query_scalar("select count(*) from event where kind = 'evidence_withdrawn'")
        .fetch_one(&mut conn)
        .await
        .unwrap();
    assert_eq!(events, 2);
}

#[tokio::test]
async fn the_walls_stand_around_evidence_too() {
    let world = world().await;
    let photo = photograph(64, 48);
    let files = [("files", "a.jpg", "image/jpeg", photo.as_slice())];
    assert_eq!(send(&mut world.sign_in_as(Role::TownshipOfficer).await, &GOOD, &files).await.status, 303);
    let withdraw = format!("/evidence/{}/withdraw", filed(&world).await[0]);
    for (county, role, post, seen, written) in [
        (HERE, Role::Village, Post::Sibling, 404, 404),
        (HERE, Role::TownshipOfficer, Post::Sibling, 404, 404),
        (HERE, Role::SystemKeeper, Post::Own, 404, 404),
        (THERE, Role::CountyApprover, Post::Own, 404, 404),
        (HERE, Role::Inspector, Post::Own, 200, 403),
    ] {
        let mut client = world.sign_in(county, role, post).await;
        assert_eq!(client.get(&path()).await.status, seen, "{role:?} {post:?}");
        assert_eq!(send(&mut client, &GOOD, &files).await.status, written, "{role:?} {post:?}");
        assert_eq!(client.post_form(&withdraw, &[("reason", "x")]).await.status, written, "{role:?} {post:?}");
    }
    assert_eq!(filed(&world).await.len(), 1);
}

/// Whoever settles a check decides on what they have seen: the village's proof is opened from the check.
#[tokio::test]
async fn the_proof_of_a_checks_answer_is_opened_by_whoever_settles_it() {
    let world = world().await;
    let id = HERE.row("whereabouts_check", Child::Own);
    world
        .database
        .alter(format!("update whereabouts_check set closed_at = null, closing_answer = null where id = '{id}'"))
        .await;
    let check = format!("/checks/{id}");
    let photo = photograph(64, 48);
    let fields = [("finding", "elsewhere"), ("found_on", "2026-10-14"), ("elsewhere", "四川省万源市第一小学")];
    let proof = [("proof", "就读证明.jpg", "image/jpeg", photo.as_slice())];
    let mut village = world.sign_in_as(Role::Village).await;
    let sent = village.post_multipart(&format!("{check}/answers"), &fields, &proof).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    let mut township = world.sign_in_as(Role::TownshipOfficer).await;
    let page = township.get(&check).await;
    let links = page.links();
    let (_, href) = links.iter().find(|(words, _)| words == "看第 1 份").unwrap();
    let opened = township.get(href).await;
    assert!(opened.status == 200 && opened.body().len() > 100, "{href}: {}", opened.status);
}
