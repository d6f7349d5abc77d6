//! What is wrong with a form is said at its place, and nothing typed is lost.

use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use common::seeds::{Child, Post};
use common::{HERE, Page, Role, World};

use super::{GOOD, filed, path, send, with, world};
use crate::files::made::{PDF, photograph};

#[tokio::test]
async fn every_fault_is_said_at_its_field_and_what_was_typed_stays() {
    let world = world().await;
    let mut officer = world.sign_in_as(Role::TownshipOfficer).await;
    let photo = photograph(64, 48);
    let good = [("files", "a.jpg", "image/jpeg", photo.as_slice())];
    let visit = format!("visit:{}", HERE.row("visit", Child::Elsewhere));
    let visit: &'static str = visit.leak();
    for (fields, sentence) in [
        (with(&[("kind", "")]), "请选择“材料种类”"),
        (with(&[("fact_on", "2026-10-16")]), "“事实发生日期”不能晚于今天（2026年10月15日），只能记已经发生的事"),
        (with(&[("fact_on", "昨天")]), "“事实发生日期”读不出来，请写成 2026年10月19日 或 2026-10-19"),
        (with(&[("kind", "visit_photo")]), "上传“走访照片”时，“证明的事项”请选择它是哪一次走访的"),
        (with(&[("kind", "service_proof")]), "上传“送达回证”时，“证明的事项”请选择它是哪一份文书或哪一次送达的"),
        (with(&[("about", "visit:x")]), "“证明的事项”的选项无法识别，请重新选择"),
        (with(&[("kind", "visit_photo"), ("about", visit)]), "所选的走访、文书或送达不属于这一案，请重新选择"),
    ] {
        let page = send(&mut officer, &fields, &good).await;
        assert_eq!((page.status, page.errors()), (422, vec![sentence.to_owned()]), "{fields:?}");
        assert!(page.title().starts_with("错误："));
        assert!(page.body().contains("value=\"家长签字\""), "the title that was typed is gone");
    }
    let page = send(&mut officer, &GOOD, &[("files", "", "application/octet-stream", b"")]).await;
    assert_eq!(page.errors(), ["请选择要上传的照片或 PDF 扫描件"]);
    assert!(filed(&world).await.is_empty());
}

#[tokio::test]
async fn every_hostile_file_has_its_sentence_beside_its_name() {
    let world = world().await;
    let mut officer = world.sign_in_as(Role::TownshipOfficer).await;
    let photo = photograph(64, 48);
    let mut sixty = photo.clone();
    let frame = sixty.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    sixty[frame + 5..frame + 9].copy_from_slice(&[0x17, 0x70, 0x27, 0x10]); // 6000 high, 10000 wide
    let large = vec![b' '; 21 * 1024 * 1024];
    for (name, bytes, sentence) in [
        ("照片.jpg", b"<html><script>alert(1)</script></html>".as_slice(), "“照片.jpg”：这个文件不是照片，而是网页。"),
        ("图.jpg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "“图.jpg”：这个文件不是照片，而是SVG 矢量图。"),
        ("半张.jpg", &photo[..photo.len() / 2], "“半张.jpg”：照片没有传完整"),
        ("巨幅.jpg", &sixty, "“巨幅.jpg”：照片有 6000 万像素，超过 4000 万像素"),
        ("脚本.pdf", b"%PDF-1.4 /S /JavaScript %%EOF", "“脚本.pdf”：这个 PDF 带有脚本"),
        ("空.jpg", b"", "“空.jpg”：这个文件是空的"),
        ("太大.jpg", &large, "“太大.jpg”有 21 MB，超过每个 20 MB 的上限。"),
    ] {
        let page = send(&mut officer, &GOOD, &[("files", name, "image/jpeg", bytes)]).await;
        assert_eq!(page.status, 422, "{name}: {}", page.text());
        assert!(page.errors().len() == 1 && page.errors()[0].starts_with(sentence), "{name}: {:?}", page.errors());
        assert!(page.body().contains("value=\"家长签字\""), "what was typed is gone");
    }
    let seven = [("files", "a.jpg", "image/jpeg", photo.as_slice()); 7];
    let page = send(&mut officer, &GOOD, &seven).await;
    assert_eq!(page.errors(), ["一次最多上传 6 个文件，这次有 7 个。请分几次上传。"]);
    // One of two is bad: neither is filed, or the person would not know which to send again.
    let files = [("files", "好.pdf", "application/pdf", PDF), ("files", "坏.jpg", "image/jpeg", b"GIF89a".as_slice())];
    let page = send(&mut officer, &GOOD, &files).await;
    assert_eq!(page.errors(), ["“坏.jpg”：动态图片不能作为照片，请上传 JPG 照片。"]);
    assert!(filed(&world).await.is_empty());
}

/// A request with a body of one's own making.
async fn raw(world: &World, body: Vec<u8>) -> Page {
    let mut officer = world.sign_in_as(Role::TownshipOfficer).await;
    officer.send(Method::POST, &path(), headers(), body).await
}

fn headers() -> HeaderMap {
    HeaderMap::from_iter([
        (HeaderName::from_static("sec-fetch-site"), HeaderValue::from_static("same-origin")),
        (header::CONTENT_TYPE, HeaderValue::from_static("multipart/form-data; boundary=B")),
    ])
}

const TITLE: &str = "--B\r\ncontent-disposition: form-data; name=\"title\"\r\n\r\n家长签字\r\n";

#[tokio::test]
async fn a_body_that_breaks_off_is_a_page_and_no_crash() {
    let world = world().await;
    let file = "--B\r\ncontent-disposition: form-data; name=\"files\"; filename=\"照片.jpg\"\r\n\r\n\u{0}\u{0}";
    for body in [
        String::new(),
        "--B".to_owned(),
        TITLE.to_owned(),
        format!("{TITLE}{file}"),
        "--B\r\nno header at all".to_owned(),
        "not multipart".to_owned(),
    ] {
        let page = raw(&world, body.clone().into_bytes()).await;
        assert_eq!((page.status, page.h1().as_str()), (400, "请求有误"), "{body:?}");
        assert!(page.text().contains("再提交"), "{}", page.text());
    }
    let zero = format!("{TITLE}--B\r\ncontent-disposition: form-data; name=\"kind\"\r\n\r\na\u{0}b\r\n--B--\r\n");
    assert_eq!(raw(&world, zero.into_bytes()).await.status, 400);
    let foreign =
        [TITLE.as_bytes(), b"--B\r\ncontent-disposition: form-data; name=\"kind\"\r\n\r\n\xFF\xFE\r\n--B--\r\n"];
    assert_eq!(raw(&world, foreign.concat()).await.status, 400);
    let parts = format!("{}--B--\r\n", TITLE.repeat(1_001));
    assert_eq!(raw(&world, parts.into_bytes()).await.status, 400);
    let texts = format!(
        "{TITLE}--B\r\ncontent-disposition: form-data; name=\"x\"\r\n\r\n{}\r\n--B--\r\n",
        "长".repeat(400_000)
    );
    assert_eq!(raw(&world, texts.into_bytes()).await.status, 413);
}

#[tokio::test]
async fn a_form_with_files_sent_after_sign_out_is_kept_without_them() {
    let world = world().await;
    let mut officer = world.sign_in_as(Role::TownshipOfficer).await;
    let late = officer.cookies.clone();
    officer.post_form("/sign-out", &[("", "")]).await;
    officer.cookies = late;
    let photo = photograph(64, 48);
    let sent = send(&mut officer, &GOOD, &[("files", "a.jpg", "image/jpeg", photo.as_slice())]).await;
    assert_eq!((sent.status, sent.location().as_deref()), (303, Some("/sign-in?why=kept")));
    let mut officer = world.sign_in(HERE, Role::TownshipOfficer, Post::Own).await;
    let mine = officer.get("/mine").await;
    let kept = officer.get(&mine.link("查看并提交")).await;
    assert!(kept.text().contains("家长签字") && kept.text().contains("提交后请重新上传"), "{}", kept.text());
    let form = kept.form_with("现在提交");
    let sent_on = officer.submit(&form, &[]).await;
    assert_eq!((sent_on.status, sent_on.location()), (307, Some(path())), "with the same fields, there");
    let again = officer.post_form(&path(), &form.filled(&[])).await;
    assert_eq!((again.status, again.errors()), (422, vec!["请选择要上传的照片或 PDF 扫描件".to_owned()]));
    assert!(again.body().contains("value=\"家长签字\""));
}
