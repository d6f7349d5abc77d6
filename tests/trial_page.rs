//! 政策试算 in the browser: a scenario is pasted, brought as a file or begun from an example; nothing is kept.

use common::{Client, Page, Role, World};
use quanxue::app::policy::trial::EXAMPLES;

async fn try_it(client: &mut Client, text: &str, under: &str) -> Page {
    client.post_multipart("/policy/trial", &[("text", text), ("under", under)], &[]).await
}

#[tokio::test]
async fn every_example_plays_as_it_expects() {
    let world = World::ruled().await;
    let mut officer = world.sign_in_as(Role::CountyOfficer).await;
    for (at, (name, text)) in EXAMPLES.iter().enumerate() {
        let page = officer.get(&format!("/policy/trial?example={}", at + 1)).await;
        assert!(page.all("textarea").concat().contains("zuolan-2024"), "{name}");
        for under in ["profile", "county"] {
            let page = try_it(&mut officer, text, under).await;
            assert_eq!(page.status, 200, "{name}: {}", page.text());
            assert!(page.all("#result").len() == 1 && !page.text().contains("不一致"), "{name}: {}", page.text());
        }
    }
}

#[tokio::test]
async fn a_scenario_is_told_day_by_day_in_words() {
    let world = World::ruled().await;
    let mut inspector = world.sign_in_as(Role::Inspector).await;
    let page = try_it(&mut inspector, EXAMPLES[1].1, "profile").await;
    for said in [
        "最迟10月14日，提请移交县级核处。",
        "移交县级核处 正在办 还差1项，等待1项",
        "2026-10-15 起逾期",
        "乡镇经办",
        "提请处置",
        "现在不能提请移交县级核处",
    ] {
        assert!(page.text().contains(said), "{said}: {}", page.text());
    }
    for code in ["township_officer", "overdue", "done", "county_decision "] {
        let told = page.all("section.card").concat();
        assert!(!told.contains(code), "{code} is no word of an official: {told}");
    }
}

#[tokio::test]
async fn what_is_not_as_expected_is_named_with_its_place() {
    let world = World::ruled().await;
    let mut officer = world.sign_in_as(Role::CountyOfficer).await;
    let text = EXAMPLES[0].1.replace("counted = 2", "counted = 3");
    let page = try_it(&mut officer, &text, "profile").await;
    assert!(page.text().contains("有 1 处与情景写的不一致"), "{}", page.text());
    assert_eq!(page.all("#result code"), ["look.第1项.counted"]);
}

#[tokio::test]
async fn a_fault_is_told_with_its_place_and_the_text_stays() {
    let world = World::ruled().await;
    let mut officer = world.sign_in_as(Role::CountyOfficer).await;
    let looks = format!("{}{}", EXAMPLES[0].1, "\n[[look]]\non = 2026-09-22\n".repeat(200));
    for (text, said) in [
        ("", "请粘贴情景"),
        ("title = ", "第1行"),
        (&EXAMPLES[0].1.replace("refused\"", "nonsense\""), "不认识“nonsense”"),
        (&EXAMPLES[0].1.replace("zuolan-2024", "nowhere-1999"), "找不到方案"),
        (&EXAMPLES[0].1.replace("on = 2026-09-22\ncounted", "on = 9999-09-22\ncounted"), "太远"),
        (&looks, "一次最多看 100 天"),
        (&"#".repeat(70_000), "64 KB"),
    ] {
        let page = try_it(&mut officer, text, "profile").await;
        assert_eq!(page.status, 422, "{said}");
        assert!(page.errors().concat().contains(said), "{said}: {:?}", page.errors());
        assert_eq!(page.all("textarea").concat().len(), text.split_whitespace().collect::<Vec<_>>().join(" ").len());
    }
}

#[tokio::test]
async fn a_file_is_taken_instead_of_what_is_pasted() {
    let world = World::ruled().await;
    let mut officer = world.sign_in_as(Role::CountyOfficer).await;
    let good = [("file", "情景.toml", "text/plain", EXAMPLES[2].1.as_bytes())];
    let page = officer.post_multipart("/policy/trial", &[("text", ""), ("under", "profile")], &good).await;
    assert!(page.text().contains("学校确认复学"), "{}", page.text());
    let large = vec![b'#'; 70_000];
    for (bytes, said) in [(&large[..], "文件太大"), (&[0xff, 0xfe, 0x00][..], "不是文本文件")] {
        let files = [("file", "情景.toml", "text/plain", bytes)];
        let page = officer.post_multipart("/policy/trial", &[("text", "原来写的"), ("under", "county")], &files).await;
        assert_eq!(page.status, 422);
        assert!(page.errors().concat().contains(said), "{:?}", page.errors());
        assert_eq!(page.all("textarea").concat(), "原来写的");
    }
}

#[tokio::test]
async fn a_county_without_a_policy_is_told_so() {
    let world = World::new().await;
    let mut officer = world.sign_in_as(Role::CountyOfficer).await;
    let page = try_it(&mut officer, EXAMPLES[0].1, "county").await;
    assert_eq!(page.status, 422, "{}", page.text());
    assert!(page.text().contains("还没有采用实施方案"));
    assert_eq!(try_it(&mut officer, EXAMPLES[0].1, "profile").await.status, 200);
    let mut township = world.sign_in_as(Role::TownshipHead).await;
    assert_eq!(try_it(&mut township, EXAMPLES[0].1, "profile").await.status, 403);
}
