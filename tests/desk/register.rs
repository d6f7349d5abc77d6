//! Children registered and corrected by hand: preview first, nothing lost, a number that is here already refused.

use common::seeds::{Child, Place};
use common::{HERE, Role};

use crate::cases::bench::Bench;

/// A number of eighteen places: born on 2 June 2014, a girl when `n` is even.
fn number(n: u32) -> String {
    let body = format!("50022920140602{n:03}");
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body.chars().zip(weights).map(|(c, w)| c.to_digit(10).unwrap() * w).sum();
    format!("{body}{}", ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"][(sum % 11) as usize])
}

/// An address in the seeded village, or beside it.
async fn address(bench: &Bench, township: Place, village: Place) -> String {
    let units = bench.world.services.units(HERE.id()).await.unwrap();
    format!("{}{}2组", units.name(HERE.unit(township)), units.name(HERE.unit(village)))
}

#[tokio::test]
async fn a_child_found_on_the_spot_is_previewed_then_registered_once_and_nothing_typed_is_lost() {
    let bench = Bench::new().await;
    let mut township = bench.world.sign_in_as(Role::TownshipOfficer).await;
    let home = address(&bench, Place::Township, Place::Village).await;
    let form = township.get("/children/new").await.form("/children/new");
    let good = number(242);
    let wrong = format!("{}{}", &good[..17], if good.ends_with('0') { "1" } else { "0" });
    let typed = [("name", "田新苗"), ("idno", wrong.as_str()), ("residence", &home), ("reason", "赶集时发现")];
    let bad = township.submit(&form, &typed).await;
    assert_eq!(bad.status, 422, "{}", bad.text());
    assert!(bad.errors().concat().contains("校验"), "{:?}", bad.errors());
    for kept in ["田新苗", &wrong, &home, "赶集时发现"] {
        assert!(bad.body().contains(kept), "{kept} is lost");
    }
    let elsewhere = address(&bench, Place::OtherTownship, Place::OtherVillage).await;
    let typed = [typed[0], ("idno", good.as_str()), typed[2], typed[3]];
    let outside = township.submit(&form, &[typed[0], typed[1], ("residence", &elsewhere), typed[3]]).await;
    assert!(outside.errors().concat().contains("不在本乡镇"), "{:?}", outside.errors());
    let shown = township.submit(&form, &typed).await;
    assert_eq!(shown.status, 200, "{}", shown.text());
    assert!(
        shown.text().contains("2014年6月2日") && !shown.text().contains(&good),
        "from the number; masked on the page"
    );
    let save = shown.form("/children/new");
    let back = township.submit(&save, &[("step", "edit")]).await;
    assert!(back.body().contains("田新苗") && back.body().contains(&good), "back to the form, all there");
    let done = township.submit(&save, &[("step", "save")]).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let again = township.submit(&save, &[("step", "save")]).await;
    assert_eq!(again.location(), done.location(), "twice is once");
    let child = township.get(&done.location().unwrap()).await;
    assert_eq!(child.status, 200, "{}", child.text());
    for words in ["田新苗", "人工登记", "已登记"] {
        assert!(child.text().contains(words), "{words}: {}", child.text());
    }
    let mut village = bench.world.sign_in_as(Role::Village).await;
    let path = done.location().unwrap().replace("?done=registered", "");
    assert_eq!(village.get(&path).await.status, 200, "the village of residence sees the child");
    assert_eq!(village.get("/children/new").await.status, 403);
}

#[tokio::test]
async fn a_number_that_is_here_already_is_refused_in_the_same_words_with_a_link_only_in_reach() {
    let bench = Bench::new().await;
    let mut township = bench.world.sign_in_as(Role::TownshipOfficer).await;
    let home = address(&bench, Place::Township, Place::Village).await;
    let form = township.get("/children/new").await.form("/children/new");
    let mut said = Vec::new();
    for (child, links) in [(Child::Own, 1), (Child::Elsewhere, 0)] {
        let number = child.number();
        let typed = [("name", "田新苗"), ("idno", number.as_str()), ("residence", &home), ("reason", "入户发现")];
        for step in ["preview", "save"] {
            let page = township.submit(&form, &[typed[0], typed[1], typed[2], typed[3], ("step", step)]).await;
            assert_eq!(page.status, 422, "{}", page.text());
            assert!(page.text().contains("本县已有"), "{}", page.text());
            let path = format!("/children/{}", HERE.child(child));
            assert_eq!(page.links().iter().filter(|(_, href)| *href == path).count(), links, "{step} {child:?}");
            assert!(!page.body().contains(child.name(HERE)), "the other's name is not told");
            said.push(page.errors());
        }
    }
    assert!(said.windows(2).all(|two| two[0] == two[1]), "the same words in reach and beyond: {said:?}");
}

#[tokio::test]
async fn a_correction_is_a_dated_statement_of_what_differs_and_the_latest_of_a_day_counts() {
    let bench = Bench::new().await;
    let mut township = bench.world.sign_in_as(Role::TownshipOfficer).await;
    let home = address(&bench, Place::Township, Place::Village).await;
    let number = number(242);
    let typed = [
        ("name", "田新苗"),
        ("idno", number.as_str()),
        ("residence", &home),
        ("reason", "入户"),
        ("guardian", "田大山"),
    ];
    let preview = township.get("/children/new").await.form("/children/new");
    let preview = township.submit(&preview, &typed).await.form("/children/new");
    let done = township.submit(&preview, &[("step", "save")]).await;
    let child = done.location().unwrap().replace("?done=registered", "");
    let path = format!("{child}/correct");

    let form = township.get(&path).await.form(&path);
    assert_eq!(form.value("name"), Some("田新苗"));
    assert_eq!(form.value("idno"), Some(""), "the number is not shown");
    let nothing = township.submit(&form, &[("reason", "核对")]).await;
    assert!(nothing.errors().concat().contains("没有改动"), "{:?}", nothing.errors());
    let disagrees = township.submit(&form, &[("birth", "2013-06-02"), ("reason", "核对")]).await;
    assert!(disagrees.errors().concat().contains("与身份证号里的不一致"), "{:?}", disagrees.errors());
    for (name, guardian) in [("田新苗苗", ""), ("田心苗", "田小山")] {
        let form = township.get(&path).await.form(&path);
        let mut typed = vec![("name", name), ("reason", "核对户口簿")];
        if !guardian.is_empty() {
            typed.push(("guardian", guardian));
        }
        let shown = township.submit(&form, &typed).await;
        assert_eq!(shown.status, 200, "{}", shown.text());
        assert!(shown.text().contains(name) && shown.text().contains("田新苗"), "{}", shown.text());
        let done = township.submit(&shown.form(&path), &[("step", "save")]).await;
        assert_eq!(done.status, 303, "{}", done.text());
        // A minute later, as a person would.
        bench.world.hand.set((bench.now() + chrono::Duration::minutes(1)).into());
    }
    let page = township.get(&child).await;
    assert_eq!(page.h1(), "田心苗");
    assert!(page.text().contains("田小山") && page.text().contains("2014年6月2日"), "{}", page.text());
    let mut village = bench.world.sign_in_as(Role::Village).await;
    assert_eq!(village.get(&path).await.status, 403);
    let found = township.post_form("/search", &[("q", "田心苗")]).await;
    assert!(township.follow(found).await.text().contains("田心苗"), "found by the new name");
}

/// A child of the village registered by hand, with the address of its page.
async fn registered(bench: &Bench, client: &mut common::Client, more: &[(&str, &str)]) -> String {
    let home = address(bench, Place::Township, Place::Village).await;
    let mut typed = vec![("residence", home.as_str()), ("reason", "入户")];
    typed.extend(more);
    let form = client.get("/children/new").await.form("/children/new");
    let shown = client.submit(&form, &typed).await;
    let done = client.submit(&shown.form("/children/new"), &[("step", "save"), ("apart", "1")]).await;
    assert_eq!(done.status, 303, "{}", done.text());
    done.location().unwrap().replace("?done=registered", "")
}

#[tokio::test]
async fn an_emptied_field_is_previewed_as_empty_and_what_sources_said_of_it_stays_to_be_read() {
    let bench = Bench::new().await;
    let mut township = bench.world.sign_in_as(Role::TownshipOfficer).await;
    let number = number(242);
    let more = [("name", "田新苗"), ("idno", number.as_str()), ("guardian", "田大山"), ("phone", "13812345678")];
    let child = registered(&bench, &mut township, &more).await;
    let path = format!("{child}/correct");
    bench.world.hand.set((bench.now() + chrono::Duration::minutes(1)).into());
    let form = township.get(&path).await.form(&path);
    let nameless = township.submit(&form, &[("name", ""), ("reason", "核对")]).await;
    assert!(nameless.errors().concat().contains("“姓名”不能改为空"), "{:?}", nameless.errors());
    let homeless = township.submit(&form, &[("residence", ""), ("reason", "核对")]).await;
    assert!(homeless.errors().concat().contains("至少要留一个"), "{:?}", homeless.errors());
    let empty = [("guardian", ""), ("no_idno", "1"), ("no_phone", "1"), ("reason", "都是别人的")];
    let shown = township.submit(&form, &empty).await;
    assert_eq!(shown.status, 200, "{}", shown.text());
    assert_eq!(shown.text().matches("（改为空）").count(), 3, "{}", shown.text());
    let done = township.submit(&shown.form(&path), &[("step", "save")]).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let page = township.get(&child).await;
    assert!(page.text().contains("（改为空）") && page.text().contains("没有登记。"), "{}", page.text());
    let found = township.post_form("/search", &[("q", number.as_str())]).await;
    assert!(township.follow(found).await.text().contains("没有结果"), "nobody has the number any more");
    let again = registered(&bench, &mut township, &[("name", "石小满"), ("idno", number.as_str())]).await;
    assert_ne!(again, child, "it is free for whose it is");
}

#[tokio::test]
async fn a_likely_same_child_is_shown_before_saving_and_two_files_become_one_and_two_again() {
    let bench = Bench::new().await;
    let mut township = bench.world.sign_in_as(Role::TownshipOfficer).await;
    let home = address(&bench, Place::Township, Place::Village).await;
    let own = format!("/children/{}", HERE.child(Child::Own));
    let typed = [
        ("name", Child::Own.name(HERE)),
        ("sex", "female"),
        ("birth", "2013-03-14"),
        ("residence", &home),
        ("guardian", "蒲阿婆"),
        ("reason", "赶集时遇到"),
    ];
    let form = township.get("/children/new").await.form("/children/new");
    let shown = township.submit(&form, &typed).await;
    assert!(shown.links().iter().any(|(_, href)| *href == own), "{}", shown.text());
    let unasked = township.submit(&shown.form("/children/new"), &[("step", "save")]).await;
    assert_eq!(unasked.status, 422, "{}", unasked.text());
    assert!(unasked.errors().concat().contains("很可能是同一人"), "{:?}", unasked.errors());
    let done = township.submit(&unasked.form("/children/new"), &[("step", "save"), ("apart", "1")]).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let double = done.location().unwrap().replace("?done=registered", "");
    let path = format!("{double}/merge");
    let found = township.get(&path).await;
    let side_by_side = township.get(&found.link("两边对照")).await;
    assert!(
        side_by_side.text().contains("保留的档案") && side_by_side.text().contains("蒲阿婆"),
        "{}",
        side_by_side.text()
    );
    let form = side_by_side.form(&path);
    let bare = township.submit(&form, &[]).await;
    assert!(bare.errors().concat().contains("依据"), "{:?}", bare.errors());
    let merged = township.submit(&form, &[("reason", "核对户口簿")]).await;
    assert_eq!(merged.location().unwrap(), format!("{own}?done=merged"), "the one with a case stays");
    let page = township.get(&own).await;
    assert!(page.text().contains("蒲阿婆") && page.text().contains("户籍登记"), "all of both: {}", page.text());
    assert_eq!(township.get(&double).await.location().unwrap(), own);
    let undo = township.get(&format!("{own}/merge")).await.form_with("撤销这次合并");
    let undone = township.submit(&undo, &[]).await;
    assert_eq!(undone.location().unwrap(), format!("{own}?done=unmerged"), "{}", undone.text());
    assert!(!township.get(&own).await.text().contains("蒲阿婆"));
    let again = township.get(&double).await;
    assert!(again.status == 200 && again.text().contains("蒲阿婆"), "{}", again.text());
    let both = format!("{own}/merge?with={}", HERE.child(Child::Sibling));
    let refused = township.get(&both).await;
    assert!(refused.text().contains("两份档案都列过劝返对象"), "{}", refused.text());
    let beyond = format!("{own}/merge?with={}", HERE.child(Child::Elsewhere));
    assert_eq!(township.get(&beyond).await.status, 404);
}
