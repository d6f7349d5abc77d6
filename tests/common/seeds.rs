//! Two counties sown alike: one of each unit and its siblings, an account for every role, children in known places.
//!
//! Ids are made from county, kind and number, so that a test names them without asking. Everybody is invented.
#![expect(clippy::disallowed_types, reason = "sows as a superuser")]

mod children;
mod rules;
mod sight;

pub use children::{sow_endings, sow_proposals};
pub use rules::sow_policy;
pub use sight::{seen_by, seen_from};

use quanxue::app::password::PasswordHasher;
use quanxue::domain::ids::{AppointmentId, CaseId, ChildId, CountyId, UnitId, UserId};
use quanxue::domain::role::Role;
use quanxue::vault::Vault;
use sha2::{Digest as _, Sha256};
use sqlx::postgres::PgConnection;
use uuid::Uuid;

use crate::database::run;

/// Everything the seeds are made from: when it changes, the seeded database is made anew.
pub const SOURCE: &str = concat!(
    include_str!("seeds.rs"),
    include_str!("seeds/children.rs"),
    include_str!("seeds/county.sql"),
    include_str!("seeds/child.sql")
);
/// The password of every account.
pub const PASSWORD: &str = "Shujia-2026-qiu";
/// The county in which tests act: 城口县.
pub const HERE: County = County(500_229);
/// A stranger county, sown alike: 霍邱县.
pub const THERE: County = County(341_522);

/// A county that was sown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct County(pub i32);

/// Units that were sown, alike in both counties.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The county itself.
    County = 1,
    /// The township tests act in.
    Township = 10,
    /// A village of it: the one tests act in.
    Village = 11,
    /// Another village of the same township.
    SiblingVillage = 12,
    /// Another township.
    OtherTownship = 20,
    /// A village of the other township.
    OtherVillage = 21,
    /// The school of the township: nine years.
    School = 31,
    /// The school of the other township.
    OtherSchool = 32,
    /// A class of the school: the one tests act in.
    Class = 41,
    /// Another class of the same school.
    SiblingClass = 42,
    /// A class of the other school.
    OtherClass = 43,
    /// The centre school above the school.
    CentreSchool = 61,
}

/// Children that were sown, alike in both counties. Each has a check that was answered and a confirmed, open case with
/// plan, visit, participant, evidence and a paper in draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Child {
    /// Of the village, on the roll of the class.
    Own = 1,
    /// Of the sibling village, on the roll of the sibling class.
    Sibling = 2,
    /// Of the sibling village, on no roll, in the school's catchment.
    Catchment = 3,
    /// Of the other township, on the roll of its school.
    Elsewhere = 4,
    /// As `Elsewhere`, but the village sees it until 1 November 2026, having handed it over.
    HandedOver = 5,
}

impl Child {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Own, Self::Sibling, Self::Catchment, Self::Elsewhere, Self::HandedOver];

    /// The name, which nobody else has: where it is found, this child was shown.
    pub fn name(self, county: County) -> &'static str {
        let names = if county == HERE {
            ["蒲春生", "向秋月", "覃小满", "冉立冬", "钟谷雨"]
        } else {
            ["卫白露", "宣惊蛰", "花清明", "褚霜降", "柏芒种"]
        };
        names[self as usize - 1]
    }

    /// The identity number; the same in both counties.
    pub fn number(self) -> String {
        let body = format!("500229201303140{}2", self as usize);
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        let sum: u32 = body.chars().zip(weights).map(|(digit, weight)| digit.to_digit(10).unwrap() * weight).sum();
        let check = ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"][(sum % 11) as usize];
        format!("{body}{check}")
    }
}

/// Accounts of the same role at other places; `Own` is one for every role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Post {
    /// At the place tests act in.
    Own,
    /// At its sibling: the other village of the township, the other class of the school, the other school, the other township.
    Sibling,
    /// A village of the other township, a class of the other school.
    Other,
}

impl County {
    /// As the program knows it.
    pub fn id(self) -> CountyId {
        CountyId(self.0)
    }

    /// The id of anything sown, by its table and number.
    pub fn uuid(self, table: &str, n: usize) -> Uuid {
        let kind = &hex::encode(Sha256::digest(table))[..8];
        format!("{:08}{kind}{n:016}", self.0).parse().unwrap()
    }

    /// A unit.
    pub fn unit(self, place: Place) -> UnitId {
        UnitId(self.uuid("unit", place as usize))
    }

    /// A child.
    pub fn child(self, child: Child) -> ChildId {
        ChildId(self.uuid("child", child as usize))
    }

    /// A child's row in one of the tables that have one for each.
    pub fn row(self, table: &str, child: Child) -> Uuid {
        self.uuid(table, child as usize)
    }

    /// A child's case.
    pub fn case(self, child: Child) -> CaseId {
        CaseId(self.row("child_case", child))
    }

    /// An account.
    pub fn user(self, role: Role, post: Post) -> UserId {
        UserId(self.uuid("account", number(role, post)))
    }

    /// Its appointment.
    pub fn appointment(self, role: Role, post: Post) -> AppointmentId {
        AppointmentId(self.uuid("appointment", number(role, post)))
    }
}

fn number(role: Role, post: Post) -> usize {
    100 * (post as usize) + Role::ALL.iter().position(|other| *other == role).unwrap() + 1
}

/// What an account signs in with.
pub fn login(role: Role, post: Post) -> String {
    match post {
        Post::Own => role.code().to_owned(),
        Post::Sibling => format!("{}_sibling", role.code()),
        Post::Other => format!("{}_other", role.code()),
    }
}

/// The unit an account of a role acts for, if there is such a post.
pub fn place(role: Role, post: Post) -> Option<Place> {
    let [own, sibling, other] = match role {
        Role::Village => [Some(Place::Village), Some(Place::SiblingVillage), Some(Place::OtherVillage)],
        Role::ClassTeacher => [Some(Place::Class), Some(Place::SiblingClass), Some(Place::OtherClass)],
        Role::Registrar | Role::Principal => [Some(Place::School), Some(Place::OtherSchool), None],
        Role::TownshipOfficer | Role::TownshipHead => [Some(Place::Township), Some(Place::OtherTownship), None],
        _ => [Some(Place::County), None, None],
    };
    [own, sibling, other][post as usize]
}

/// The vault of every test: its master key is known.
pub fn vault() -> Vault {
    let dir = std::env::temp_dir().join(format!("quanxue-test-{}", Uuid::from_u128(std::process::id().into())));
    std::fs::create_dir_all(&dir).unwrap();
    let file = dir.join("keys.toml");
    std::fs::write(&file, format!("master = \"{}\"\n", "5a".repeat(32))).unwrap();
    let vault = Vault::open(&file).unwrap();
    let _gone = std::fs::remove_dir_all(dir);
    vault
}

/// Passwords hashed as cheaply as argon2 allows.
pub fn passwords() -> PasswordHasher {
    PasswordHasher::new(8, 1).unwrap()
}

/// Fills both counties.
pub(crate) async fn sow(conn: &mut PgConnection) {
    let (vault, hash) = (vault(), passwords().hash(PASSWORD.to_owned()).await.unwrap());
    run(conn, PREAMBLE.to_owned()).await;
    for county in [HERE, THERE] {
        let wrapped = vault.new_county_key(county.id()).unwrap();
        let (name, province, city) =
            if county == HERE { ("城口县", "重庆市", "县") } else { ("霍邱县", "安徽省", "六安市") };
        let sql = include_str!("seeds/county.sql")
            .replace("{county}", &county.0.to_string())
            .replace("{name}", name)
            .replace("{province}", province)
            .replace("{city}", city)
            .replace("{wrapped}", &hex::encode(&wrapped))
            .replace("{mark}", if county == HERE { "左岚" } else { "白鹭" });
        run(conn, sql).await;
        for &role in Role::ALL {
            for post in [Post::Own, Post::Sibling, Post::Other] {
                sow_account(conn, county, (role, post), &hash).await;
            }
        }
        let key = vault.county(county.id(), &wrapped).unwrap();
        for child in Child::ALL {
            children::sow_child(conn, county, child, &key).await;
        }
    }
}

/// As [`County::uuid`], in SQL.
const PREAMBLE: &str = "create function pg_temp.id(county int, kind text, n int) returns uuid language sql as $$
    select (lpad(county::text, 8, '0') || left(encode(sha256(convert_to(kind, 'UTF8')), 'hex'), 8) || lpad(n::text, 16, '0'))::uuid
$$";

async fn sow_account(conn: &mut PgConnection, county: County, (role, post): (Role, Post), hash: &str) {
    let Some(place) = place(role, post) else { return };
    sqlx::query(
        "insert into account (county_id, id, login, name, password_hash, must_change, password_set_at, created_at)
         values ($1, $2, $3, $4, $5, false, '2026-09-01T00:00:00Z', '2026-09-01T00:00:00Z')",
    )
    .bind(county.0)
    .bind(county.user(role, post).0)
    .bind(login(role, post))
    .bind(account_name(county, role, post))
    .bind(hash)
    .execute(&mut *conn)
    .await
    .unwrap();
    sqlx::query(
        "insert into appointment (county_id, id, user_id, role, unit_id, from_on, created_at)
         values ($1, $2, $3, $4, $5, '2026-09-01', '2026-09-01T00:00:00Z')",
    )
    .bind(county.0)
    .bind(county.appointment(role, post).0)
    .bind(county.user(role, post).0)
    .bind(role.code())
    .bind(county.unit(place).0)
    .execute(conn)
    .await
    .unwrap();
}

/// The name of an account's person, which nobody else has.
pub fn account_name(county: County, role: Role, post: Post) -> String {
    let family = if county == HERE { "甘" } else { "乐" };
    let given = ["子", "丑", "寅", "卯", "辰", "巳", "午", "未", "申", "酉", "戌", "亥"];
    let tree = ["松", "柏", "桐"];
    format!("{family}{}{}", given[(number(role, post) - 1) % 100], tree[post as usize])
}
