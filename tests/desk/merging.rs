//! 合并档案 under attack: at once from both sides, out of order, with a form that was opened before; nothing is lost.

use common::seeds::Place;
use common::{Client, HERE, Role};
use quanxue::app::register;
use quanxue::domain::actor::Actor;
use quanxue::domain::event::{Event, EventKind};
use quanxue::domain::ids::{CheckId, ChildId};
use sqlx::Row as _;

use crate::cases::bench::Bench;

/// A child registered by hand in the seeded village; gives its page's address.
async fn registered(bench: &Bench, client: &mut Client, name: &str, guardian: &str) -> String {
    let units = bench.world.services.units(HERE.id()).await.unwrap();
    let home = format!("{}{}2组", units.name(HERE.unit(Place::Township)), units.name(HERE.unit(Place::Village)));
    let typed = [
        ("name", name),
        ("sex", "female"),
        ("birth", "2014-06-02"),
        ("residence", &home),
        ("guardian", guardian),
        ("reason", "入户"),
    ];
    let form = client.get("/children/new").await.form("/children/new");
    let shown = client.submit(&form, &typed).await;
    let done = client.submit(&shown.form("/children/new"), &[("step", "save"), ("apart", "1")]).await;
    assert_eq!(done.status, 303, "{}", done.text());
    done.location().unwrap().replace("?done=registered", "")
}

fn id(page: &str) -> &str {
    page.trim_start_matches("/children/")
}

/// Merges the other file into the first.
async fn merge(client: &mut Client, stays: &str, goes: &str) {
    let path = format!("{stays}/merge");
    let form = client.get(&format!("{path}?with={}", id(goes))).await.form(&path);
    let merged = client.submit(&form, &[("reason", "核对户口簿")]).await;
    assert_eq!(merged.location().unwrap(), format!("{stays}?done=merged"), "{}", merged.text());
}

/// Which of a table's rows say something: guardians that are, rolls that began, ties beyond those that are stronger.
fn live(table: &str) -> &'static str {
    match table {
        "guardian" => "and until_on is null",
        "roll" | "attendance_at" => "and coalesce(until_on, from_on) >= from_on",
        "reach" => {
            "and (kind <> 'handover' or not exists (select from reach r
                where r.unit_id = t.unit_id and r.child_id = t.child_id and r.until = 'infinity'))"
        }
        _ => "",
    }
}

/// Every row that mentions one of the children, but for what is told of acts and looks: table, child, the row itself
/// without what each projection makes anew.
async fn rows(bench: &Bench, children: &[&str]) -> Vec<String> {
    let mut superuser = bench.world.database.superuser().await;
    let tables = sqlx::query(
        "select table_name::text from information_schema.columns where table_schema = 'public' and column_name = 'child_id'
           and table_name not in ('event', 'look', 'child_merge') order by 1",
    )
    .fetch_all(&mut superuser)
    .await
    .unwrap();
    let mut all = Vec::new();
    for table in tables.iter().map(|row| row.get::<String, _>(0)).chain(["child".to_owned()]) {
        let of = if table == "child" { "id" } else { "child_id" };
        let sql = format!(
            "select (to_jsonb(t) - 'version' - 'idno_sealed' - 'roll_number_sealed' - 'phone_sealed'
                - case when '{table}' in ('guardian') then '{{id,until_on}}' else '{{}}' end::text[])::text
             from {table} t where {of}::text = any($1) {live}",
            live = live(&table),
        );
        #[expect(clippy::disallowed_methods, reason = "put together from names of tables")]
        let sql = sqlx::AssertSqlSafe(sql);
        let found = sqlx::query(sql).bind(children).fetch_all(&mut superuser).await.unwrap();
        all.extend(found.iter().map(|row| format!("{table} {}", row.get::<String, _>(0))));
    }
    all.sort();
    all
}

/// Every row is there that was, and no other.
fn same(before: &[String], after: &[String]) {
    let gone: Vec<_> = before.iter().filter(|row| !after.contains(row)).collect();
    let more: Vec<_> = after.iter().filter(|row| !before.contains(row)).collect();
    assert!(before.len() == after.len() && gone.is_empty() && more.is_empty(), "gone: {gone:#?}\nmore: {more:#?}");
}

#[tokio::test]
async fn two_merges_against_each_other_at_once_leave_one_file_and_lose_nothing() {
    let bench = Bench::new().await;
    let mut one = bench.world.sign_in_as(Role::TownshipOfficer).await;
    let mut other = bench.world.sign_in_as(Role::CountyOfficer).await;
    for n in ["一", "二", "三", "四"] {
        let a = registered(&bench, &mut one, &format!("田新{n}"), "田大山").await;
        let b = registered(&bench, &mut one, &format!("田心{n}"), "田小山").await;
        let (to_a, to_b) = (format!("{a}/merge"), format!("{b}/merge"));
        let first = one.get(&format!("{to_a}?with={}", id(&b))).await.form(&to_a);
        let second = other.get(&format!("{to_b}?with={}", id(&a))).await.form(&to_b);
        let reason = [("reason", "核对户口簿")];
        let (first, second) = tokio::join!(one.submit(&first, &reason), other.submit(&second, &reason));
        let mut statuses = [first.status, second.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 422], "{} {}", first.text(), second.text());
        let mut statements = Vec::new();
        for page in [&a, &b] {
            if one.get(page).await.status == 200 {
                statements
                    .push(rows(&bench, &[id(page)]).await.iter().filter(|row| row.starts_with("statement ")).count());
            }
        }
        assert_eq!(statements, [2], "one file stays, with what both said");
    }
}

#[tokio::test]
async fn merges_in_a_chain_are_taken_back_from_the_last_and_every_row_is_as_it_was() {
    let bench = Bench::new().await;
    let mut township = bench.world.sign_in_as(Role::TownshipOfficer).await;
    let mut pages = Vec::new();
    for (name, guardian) in [("田新苗", "田大山"), ("田心苗", "田小山"), ("田欣苗", "田中山")] {
        pages.push(registered(&bench, &mut township, name, guardian).await);
        bench.world.hand.set((bench.now() + chrono::Duration::minutes(1)).into());
    }
    let [a, b, c] = [&pages[0], &pages[1], &pages[2]];
    let children = [id(a), id(b), id(c)];
    let before = rows(&bench, &children).await;
    merge(&mut township, b, a).await;
    let early = township.get(&format!("{b}/merge")).await.form_with("撤销这次合并");
    merge(&mut township, c, b).await;
    assert_eq!(township.get(b).await.location().as_ref(), Some(c));
    let refused = township.submit(&early, &[]).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert!(refused.text().contains("先撤销那一次合并"), "{}", refused.text());
    for page in [c, b] {
        let undo = township.get(&format!("{page}/merge")).await.form_with("撤销这次合并");
        let undone = township.submit(&undo, &[]).await;
        assert_eq!(undone.status, 303, "{}", undone.text());
    }
    let after = rows(&bench, &children).await;
    same(&before, &after);
}

/// Says of a child that it is on the roll of the seeded school.
async fn enrol(bench: &Bench, page: &str) {
    let services = &bench.world.services;
    let said = format!(
        "with s as (insert into source (county_id, id, kind, title, said_on, created_at)
            values ({county}, gen_random_uuid(), 'school', '学籍花名册', '2026-09-01', '2026-09-01') returning id)
         insert into statement (county_id, id, child_id, source_id, kind, said_on, fields)
         select {county}, gen_random_uuid(), '{child}', s.id, 'school', '2026-09-01', jsonb_build_object('roll', jsonb_build_object(
            'school', '{school}', 'grade', 6, 'class', '1班', 'status', 'active')) from s",
        county = HERE.0,
        child = id(page),
        school = HERE.unit(Place::School),
    );
    bench.world.database.alter(said).await;
    let system = Actor::system(HERE.id(), "test");
    let child: ChildId = id(page).parse().unwrap();
    let mut write = services.db.write(&system).await.unwrap();
    register::refresh_children(services, &mut write, &[child]).await.unwrap();
    write.commit(Event::new(EventKind::ChildChanged).child(child)).await.unwrap();
    services.units_changed(HERE.id());
}

#[tokio::test]
async fn a_roll_goes_with_its_file_and_comes_back_and_the_file_that_stayed_keeps_none_of_it() {
    let bench = Bench::new().await;
    let mut county = bench.world.sign_in_as(Role::CountyOfficer).await;
    let stays = registered(&bench, &mut county, "田新苗", "田大山").await;
    bench.world.hand.set((bench.now() + chrono::Duration::minutes(1)).into());
    let goes = registered(&bench, &mut county, "田心苗", "田小山").await;
    enrol(&bench, &goes).await;
    let before = rows(&bench, &[id(&goes), id(&stays)]).await;
    assert!(before.iter().any(|row| row.starts_with("roll ")), "{before:#?}");
    let school = bench.world.services.units(HERE.id()).await.unwrap().name(HERE.unit(Place::School)).to_owned();
    let alone = county.get(&stays).await.text().matches(&school).count();
    merge(&mut county, &stays, &goes).await;
    assert!(county.get(&stays).await.text().matches(&school).count() > alone, "the roll came along");
    let undo = county.get(&format!("{stays}/merge")).await.form_with("撤销这次合并");
    assert_eq!(county.submit(&undo, &[]).await.status, 303);
    same(&before, &rows(&bench, &[id(&goes), id(&stays)]).await); // the school sees the one again, and never the other
    let left = county.get(&stays).await.text();
    assert_eq!(left.matches(&school).count(), alone, "it was never on that roll: {left}");
}

#[tokio::test]
async fn forms_that_were_opened_before_a_merge_write_nothing_on_the_file_that_went() {
    let bench = Bench::new().await;
    let mut township = bench.world.sign_in_as(Role::TownshipOfficer).await;
    let stays = registered(&bench, &mut township, "田新苗", "田大山").await;
    bench.world.hand.set((bench.now() + chrono::Duration::minutes(1)).into());
    let goes = registered(&bench, &mut township, "田心苗", "田小山").await;
    let (correct, case, flags) = (format!("{goes}/correct"), format!("{goes}/cases/new"), format!("{goes}/flags"));
    let correction = township.get(&correct).await.form(&correct);
    let opening = township.get(&case).await.form(&case);
    let flag = township.get(&flags).await.form(&flags);
    merge(&mut township, &stays, &goes).await;
    let before = rows(&bench, &[id(&goes)]).await;
    let found = [("origin", "found"), ("found_by", "蒲村主任"), ("found_how", "入户见到")];
    let corrected = [("guardian", "田老山"), ("reason", "核对"), ("step", "save")];
    let flagged = [("flag", "left_behind"), ("basis", "父母都在浙江务工")];
    for (form, typed) in [(&correction, &corrected[..]), (&opening, &found[..]), (&flag, &flagged[..])] {
        let refused = township.submit(form, typed).await;
        assert_eq!(refused.status, 409, "{}", refused.text());
        assert!(refused.text().contains("没有保存"), "{}", refused.text());
    }
    same(&before, &rows(&bench, &[id(&goes)]).await);
}

/// The body of a form without fields.
const NOTHING: [(&str, &str); 0] = [];

/// Lays an open check of a child down, with whom it points to; gives its page's address.
async fn check(bench: &Bench, child: &str, clue: &str) -> String {
    let check = CheckId::new();
    let opened = format!(
        "insert into whereabouts_check (county_id, id, child_id, cause, opened_on, due_on, clue)
         values ({}, '{check}', '{child}', 'none', '2026-09-05', '2026-09-20', '{clue}')",
        HERE.0
    );
    bench.world.database.alter(opened).await;
    format!("/checks/{check}")
}

#[tokio::test]
async fn the_same_person_is_said_once_and_taken_back_though_another_check_was_opened_meanwhile() {
    let bench = Bench::new().await;
    let mut county = bench.world.sign_in_as(Role::CountyOfficer).await;
    let stays = registered(&bench, &mut county, "田新苗", "田大山").await;
    bench.world.hand.set((bench.now() + chrono::Duration::minutes(1)).into());
    let goes = registered(&bench, &mut county, "田心苗", "田小山").await;
    let others = check(&bench, id(&goes), "{}").await;
    let clue = format!("{{\"reason\": \"号码只差一位\", \"found\": {{\"child\": \"{}\"}}}}", id(&goes));
    let asked = check(&bench, id(&stays), &clue).await;
    let same = format!("{asked}/same");
    let merged = county.post_form(&same, &NOTHING).await;
    assert_eq!(merged.status, 303, "{}", merged.text());
    let twice = county.post_form(&same, &NOTHING).await;
    assert!(twice.status == 422 && twice.text().contains("已经认定过了"), "{}", twice.text());
    let open = rows(&bench, &[id(&goes)]).await;
    assert!(
        !open.iter().any(|row| row.starts_with("whereabouts_check") && row.contains("\"closed_at\": null")),
        "nobody is asked of a file that went: {open:#?}"
    );
    check(&bench, id(&stays), "{}").await;
    let refused = county.post_form(&format!("{asked}/reopen"), &NOTHING).await;
    assert!(refused.status == 422 && refused.text().contains("另有一条待核查"), "{}", refused.text());
    let undo = county.get(&format!("{stays}/merge")).await.form_with("撤销这次合并");
    assert_eq!(county.submit(&undo, &[]).await.location().unwrap(), format!("{stays}?done=unmerged"));
    assert!(county.get(&others).await.text().contains("回复"), "its own check is open again");
}
