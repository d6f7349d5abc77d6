//! Children of the seeds, each with rows in the tables that belong to a child.

use quanxue::domain::role::Role;
use quanxue::vault::{CountyKey, Index};
use sqlx::postgres::PgConnection;
use uuid::Uuid;

use super::{Child, County, HERE, PREAMBLE, Place, Post, THERE, number};
use crate::database::run;

pub(super) async fn sow_child(conn: &mut PgConnection, county: County, child: Child, key: &CountyKey) {
    let idno = child.number();
    let id = county.child(child).0;
    let sealed = |column: &str, row: Uuid, text: &str| hex::encode(key.seal(column, row, text.as_bytes()).unwrap());
    let sql = of_child(include_str!("child.sql"), county, child)
        .replace("{masked}", &format!("{}***********{}", &idno[..3], &idno[14..]))
        .replace("{idno}", &sealed("child.idno", id, &idno))
        .replace("{idno_index}", &hex::encode(key.index(Index::IdentityNumber, &idno)))
        .replace("{tail4}", &hex::encode(key.index(Index::Tail4, &idno[14..])))
        .replace("{tail6}", &hex::encode(key.index(Index::Tail6, &idno[12..])))
        .replace("{phone}", &sealed("guardian.phone", county.row("guardian", child), "13800000000"))
        .replace(
            "{paper}",
            &sealed("paper.facts", county.row("paper", child), r#"{"addressees":["家长"],"report_to":"学校"}"#),
        )
        .replace("{on_roll}", &(child != Child::Catchment).to_string())
        .replace("{handed_over}", &(child == Child::HandedOver).to_string());
    run(conn, sql).await;
}

/// Gives every child a row in the tables that an open case leaves empty, so that no table of children is.
pub async fn sow_endings(conn: &mut PgConnection) {
    run(conn, PREAMBLE.to_owned()).await;
    for county in [HERE, THERE] {
        for child in Child::ALL {
            run(conn, of_child(include_str!("endings.sql"), county, child)).await;
        }
    }
}

/// Has the township propose to hand every child's case over to the county; nobody has decided yet.
pub async fn sow_proposals(conn: &mut PgConnection) {
    run(conn, PREAMBLE.to_owned()).await;
    for county in [HERE, THERE] {
        for child in Child::ALL {
            run(conn, of_child(PROPOSAL, county, child)).await;
        }
    }
}

const PROPOSAL: &str = "insert into disposition (county_id, id, case_id, child_id, kind, facts, proposed_by, proposed_unit, proposed_on, proposed_at)
    values ({county}, pg_temp.id({county}, 'disposition', {n}), pg_temp.id({county}, 'child_case', {n}), pg_temp.id({county}, 'child', {n}),
        'county_decision', '{}', pg_temp.id({county}, 'account', {clerk}), pg_temp.id({county}, 'unit', {township}), '2026-10-14', '2026-10-14T03:00:00Z')";

fn of_child(sql: &str, county: County, child: Child) -> String {
    let [village, township, school, class] = match child {
        Child::Own => [Place::Village, Place::Township, Place::School, Place::Class],
        Child::Sibling | Child::Catchment => {
            [Place::SiblingVillage, Place::Township, Place::School, Place::SiblingClass]
        }
        Child::Elsewhere | Child::HandedOver => {
            [Place::OtherVillage, Place::OtherTownship, Place::OtherSchool, Place::OtherClass]
        }
    };
    let (cadre, clerk) = match child {
        Child::Own => (Post::Own, Post::Own),
        Child::Sibling | Child::Catchment => (Post::Sibling, Post::Own),
        Child::Elsewhere | Child::HandedOver => (Post::Other, Post::Sibling),
    };
    let unit = |place: Place| (place as usize).to_string();
    sql.replace("{county}", &county.0.to_string())
        .replace("{n}", &(child as usize).to_string())
        .replace("{name}", child.name(county))
        .replace("{cadre}", &number(Role::Village, cadre).to_string())
        .replace("{clerk}", &number(Role::TownshipOfficer, clerk).to_string())
        .replace("{village}", &unit(village))
        .replace("{township}", &unit(township))
        .replace("{school}", &unit(school))
        .replace("{class}", &unit(class))
}
