//! An account for every role, with one password that anybody may know: it is a demonstration.

use serde::Serialize;

use super::COUNTY;
use crate::app::{AppError, Services};
use crate::db::charges::{self, Charge};
use crate::db::user_changes::{self, NewAccount, NewAppointment};
use crate::domain::actor::{Actor, Person, Who};
use crate::domain::charge::Post;
use crate::domain::event::{Event, EventKind};
use crate::domain::ids::{AppointmentId, ChargeId, UnitId, UserId};
use crate::domain::role::{Role, UnitKind};
use crate::domain::units::Units;

/// The password of every demo account.
const PASSWORD: &str = "Yanshi-2026-quan";

/// An account anybody may try.
#[derive(Debug, Clone, Serialize)]
pub struct DemoAccount {
    /// 乡镇经办 …
    pub role: &'static str,
    /// The county's code.
    pub county: i32,
    /// What is typed.
    pub login: &'static str,
    /// The password.
    pub password: &'static str,
    /// The person and the office.
    pub title: String,
}

struct Holder {
    login: &'static str,
    name: &'static str,
    role: Role,
    /// The unit's name; a class is found in its school.
    unit: &'static str,
    title: &'static str,
    post: Option<Post>,
}

const fn holder(
    login: &'static str,
    name: &'static str,
    role: Role,
    unit: &'static str,
    title: &'static str,
    post: Option<Post>,
) -> Holder {
    Holder { login, name, role, unit, title, post }
}

const HOLDERS: [Holder; 13] = [
    holder("pucun", "蒲国安", Role::Village, "齐心村村民委员会", "支部书记", Some(Post::Village)),
    holder("libanzhuren", "李文静", Role::ClassTeacher, "左岚乡中心小学", "班主任", Some(Post::Class)),
    holder("luoxueji", "罗小琴", Role::Registrar, "左岚乡中心小学", "学籍管理员", None),
    holder("chenxiaozhang", "陈国栋", Role::Principal, "左岚乡中心小学", "校长", Some(Post::School)),
    holder("tanjingban", "谭晓燕", Role::TownshipOfficer, "左岚乡", "经办", Some(Post::Township)),
    holder("qinxiangzhang", "覃志远", Role::TownshipHead, "左岚乡", "分管副乡长", Some(Post::TownshipHead)),
    holder("xujingban", "许静怡", Role::CountyOfficer, "城口县", "县教委经办", Some(Post::County)),
    holder("heshenpi", "贺明辉", Role::CountyApprover, "城口县", "县教委审批", None),
    holder("dudao", "汪立群", Role::Inspector, "城口县", "督学", None),
    holder("xitong", "余海波", Role::SystemKeeper, "城口县", "系统管理员", None),
    holder("anquan", "任晓东", Role::SecurityKeeper, "城口县", "安全管理员", None),
    holder("shenji", "曾玉兰", Role::AuditKeeper, "城口县", "审计管理员", None),
    holder("zhongxuexueji", "熊建国", Role::Registrar, "沿河乡初级中学", "学籍管理员", None),
];

/// All of them, as they are announced.
pub(super) fn all() -> Vec<DemoAccount> {
    let told = |h: &Holder| DemoAccount {
        role: h.role.label(),
        county: COUNTY.0,
        login: h.login,
        password: PASSWORD,
        title: format!("{}（{}·{}）", h.role, h.unit, h.name),
    };
    HOLDERS.iter().map(told).collect()
}

/// Makes them, and the charges that go with their posts.
pub(super) async fn make(services: &Services, system: &Actor) -> Result<(), AppError> {
    let units = services.units(COUNTY).await?;
    let hash = services.passwords.hash(PASSWORD.to_owned()).await.map_err(|e| AppError::Fault(e.to_string()))?;
    let from_on = super::begins().date_naive();
    let mut write = services.db.write(system).await?;
    for h in &HOLDERS {
        let user = UserId::new();
        let account = NewAccount {
            user,
            login: h.login.to_owned(),
            name: h.name.to_owned(),
            phone_masked: None,
            phone_sealed: None,
            password_hash: hash.clone(),
            must_change: false,
            password_until: None,
        };
        user_changes::insert_account(&mut write, &account).await?;
        let unit = unit(h, &units).ok_or_else(|| AppError::Fault(format!("no unit {}", h.unit)))?;
        let appointment =
            NewAppointment { user, role: h.role, unit, title: h.title.to_owned(), from_on, until_on: None };
        user_changes::insert_appointment(&mut write, &appointment).await?;
        if let Some(post) = h.post {
            let charge = Charge {
                id: ChargeId::new(),
                unit,
                post,
                name: h.name.to_owned(),
                title: h.title.to_owned(),
                user: Some(user),
                from_on,
                until_on: None,
            };
            charges::insert(&mut write, &charge).await?;
        }
    }
    write.commit(Event::new(EventKind::UsersMade).with("count", HOLDERS.len())).await?;
    Ok(())
}

fn unit(h: &Holder, units: &Units) -> Option<UnitId> {
    let named = |kind: UnitKind| units.of_kind(kind).find(|u| u.name == h.unit);
    match h.role {
        Role::ClassTeacher => {
            let school = named(UnitKind::School)?.id;
            units
                .classes_of(school)
                .find(|c| c.name == "六年级1班")
                .or_else(|| units.classes_of(school).next())
                .map(|c| c.id)
        }
        Role::Village => units
            .of_kind(UnitKind::Village)
            .find(|u| u.name == h.unit && u.code.as_deref().is_some_and(|c| c.starts_with("500229205")))
            .or_else(|| {
                units.of_kind(UnitKind::Village).find(|u| u.code.as_deref().is_some_and(|c| c.starts_with("500229205")))
            })
            .map(|u| u.id),
        Role::Registrar | Role::Principal => named(UnitKind::School).map(|u| u.id),
        Role::TownshipOfficer | Role::TownshipHead => named(UnitKind::Township).map(|u| u.id),
        _ => units.county().map(|u| u.id),
    }
}

/// A holder of a role as the doors know them, for the story.
pub(super) async fn actor(services: &Services, role: Role) -> Result<Actor, AppError> {
    let Some(h) = HOLDERS.iter().find(|h| h.role == role) else {
        return Err(AppError::Fault(format!("nobody is {role}")));
    };
    let mut gate = services.db.gate().await?;
    let account = crate::db::accounts::sign_in_account(&mut gate, COUNTY, h.login).await?;
    let account = account.ok_or_else(|| AppError::Fault(format!("no account {}", h.login)))?;
    let today = services.db.clock().today();
    let held = crate::db::accounts::appointments_in_force(&mut gate, COUNTY, account.user, today).await?;
    gate.commit().await?;
    let held = held.into_iter().next().ok_or_else(|| AppError::Fault(format!("{} has no post", h.login)))?;
    Ok(person(account.user, h.name, held.id, role, held.unit, held.unit_name))
}

fn person(user: UserId, name: &str, appointment: AppointmentId, role: Role, unit: UnitId, unit_name: String) -> Actor {
    let person = Person { user, name: name.to_owned(), appointment, role, title: String::new(), unit, unit_name };
    Actor { county: COUNTY, who: Who::Person(person) }
}
