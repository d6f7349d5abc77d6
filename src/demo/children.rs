//! Three thousand registered children of school age in their villages, nearly all of them on a roll; and some from elsewhere.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::COUNTY;
use super::names::{Dice, checked, idno};
use crate::app::register::{Accepted, AcceptedAs, accept};
use crate::app::{AppError, Services, policy};
use crate::db::register::insert_source;
use crate::domain::actor::Actor;
use crate::domain::event::{Event, EventKind};
use crate::domain::grade::{Stage, Standing};
use crate::domain::ids::UnitId;
use crate::domain::register::{PlaceSaid, RollSaid, Said, Secret};
use crate::domain::role::UnitKind;
use crate::domain::school_age::births;
use crate::domain::units::{Unit, Units};
use crate::domain::words::{KeyPopulation, RollStatus, Sex, SourceKind};

/// Registered children of school age.
const REGISTERED: usize = 3000;
/// Children from elsewhere on rolls here.
const FROM_ELSEWHERE: usize = 136;
/// 左岚乡, where the story is told: it has more children, and more who are missing.
const OWN_TOWNSHIP: &str = "500229205";

struct Invented {
    name: String,
    sex: Sex,
    birth: NaiveDate,
    number: String,
    head: String,
    phone: String,
    village: UnitId,
    township: UnitId,
    address: String,
    registered: bool,
    on_roll: bool,
    /// The school has the number with one digit wrong.
    mistyped: bool,
}

/// Takes the household register and the rolls in, as two sources.
pub(super) async fn register(services: &Services, system: &Actor) -> Result<(), AppError> {
    let units = services.units(COUNTY).await?;
    let first_day = NaiveDate::from_ymd_opt(2026, 9, 1).unwrap_or_default();
    let mut read = services.db.read(system).await?;
    let age = policy::rules(services, &mut read).await?.on(first_day).age.clone();
    drop(read);
    let ages = births(&age, first_day);
    let children = invent(&units, ages);
    let household: Vec<Accepted> =
        children.iter().filter(|c| c.registered).enumerate().map(|(row, c)| of_household(row, c)).collect();
    let school: Vec<Accepted> = children
        .iter()
        .enumerate()
        .filter(|(_, c)| c.on_roll)
        .filter_map(|(row, c)| of_school(row, c, &units, age.standing(c.birth, first_day)))
        .collect();
    take(services, system, SourceKind::Household, "户籍登记（县公安局 8月20日）", &household).await?;
    take(services, system, SourceKind::School, "学籍花名册（各校 8月26日）", &school).await
}

async fn take(
    services: &Services,
    system: &Actor,
    kind: SourceKind,
    title: &str,
    rows: &[Accepted],
) -> Result<(), AppError> {
    let mut write = services.db.write(system).await?;
    let said_on = services.db.clock().today();
    let source = insert_source(&mut write, kind, title, said_on, None).await?;
    let (receipt, _) = accept(services, &mut write, AcceptedAs { source, kind, said_on }, rows, &[]).await?;
    write.commit(Event::new(EventKind::ImportAccepted).with("kind", kind).with("receipt", receipt)).await?;
    // Classes that the rolls named for the first time are units only now.
    services.units_changed(COUNTY);
    Ok(())
}

fn invent(units: &Units, ages: (NaiveDate, NaiveDate)) -> Vec<Invented> {
    let mut dice = Dice::new();
    let villages: Vec<&Unit> = units.of_kind(UnitKind::Village).collect();
    let own: Vec<&Unit> =
        villages.iter().copied().filter(|v| v.code.as_deref().is_some_and(|c| c.starts_with(OWN_TOWNSHIP))).collect();
    let mut used = HashSet::new();
    let mut children = Vec::new();
    while children.len() < REGISTERED + FROM_ELSEWHERE {
        let registered = children.len() < REGISTERED;
        let village = if dice.percent(6) { own[dice.below(own.len())] } else { villages[dice.below(villages.len())] };
        let child = child(&mut dice, village, children.len(), ages, registered, units);
        if used.insert(child.number.clone()) {
            children.push(child);
        }
    }
    children
}

fn child(
    dice: &mut Dice,
    village: &Unit,
    count: usize,
    ages: (NaiveDate, NaiveDate),
    registered: bool,
    units: &Units,
) -> Invented {
    let surname = dice.surname();
    let sex = if dice.percent(52) { Sex::Male } else { Sex::Female };
    let birth = dice.birth(ages.0, ages.1);
    let township = village.government_parent.unwrap_or(village.id);
    let group = dice.below(8) + 1;
    let own = village.code.as_deref().is_some_and(|code| code.starts_with(OWN_TOWNSHIP));
    Invented {
        name: dice.name(surname),
        sex,
        birth,
        number: idno(if registered { "500229" } else { "510902" }, birth, count, sex),
        head: dice.name(surname),
        phone: dice.phone(),
        village: village.id,
        township,
        address: format!("重庆市城口县{}{}{group}组", units.name(township), village.name),
        registered,
        // One in forty of the registered is on no roll here: elsewhere, missing, or out of school.
        on_roll: !registered || dice.below(if own { 14 } else { 40 }) > 0,
        mistyped: registered && !own && count.is_multiple_of(151),
    }
}

fn of_household(row: usize, child: &Invented) -> Accepted {
    let said = Said {
        name: Some(child.name.clone()),
        sex: Some(child.sex),
        birth: Some(child.birth),
        ethnicity: Some("汉族".to_owned()),
        head: Some(child.head.clone()),
        head_relation: Some(if child.sex == Sex::Male { "子" } else { "女" }.to_owned()),
        domicile: Some(place(child)),
        ..Said::default()
    };
    accepted("户籍适龄儿童", row, said, child)
}

fn of_school(row: usize, child: &Invented, units: &Units, standing: Standing) -> Option<Accepted> {
    let Standing::Due(grade) = standing else { return None };
    let school = units.catchment_school(child.village, grade.stage()).or_else(|| any_school(units, grade.stage()))?;
    let class = format!("{}班", row % 3 + 1);
    let said = Said {
        name: Some(child.name.clone()),
        sex: Some(child.sex),
        birth: Some(child.birth),
        ethnicity: Some("汉族".to_owned()),
        residence: Some(place(child)),
        guardian: Some(child.head.clone()),
        roll: Some(RollSaid {
            school,
            grade: grade.number(),
            class,
            boarding: Some(if row.is_multiple_of(3) { "住校" } else { "走读" }.to_owned()),
            status: RollStatus::Active,
        }),
        flags: if row.is_multiple_of(5) { vec![KeyPopulation::LeftBehind] } else { vec![] },
        ..Said::default()
    };
    let mut accepted = accepted("学籍花名册", row, said, child);
    let number = if child.mistyped { mistyped(&child.number) } else { child.number.clone() };
    accepted.secret.roll_number = Some(format!("G{number}"));
    accepted.secret.idno = Some(number);
    Some(accepted)
}

/// The number as a tired registrar typed it: one digit of the order wrong, the check digit right again.
fn mistyped(number: &str) -> String {
    let digit = number.as_bytes()[14];
    let wrong = if digit == b'9' { '0' } else { char::from(digit + 1) };
    checked(&format!("{}{wrong}{}", &number[..14], &number[15..17]))
}

fn any_school(units: &Units, stage: Stage) -> Option<UnitId> {
    units.of_kind(UnitKind::School).find(|s| s.stage.is_some_and(|t| t.code() == stage.code())).map(|s| s.id)
}

fn place(child: &Invented) -> PlaceSaid {
    PlaceSaid { text: child.address.clone(), township: Some(child.township), village: Some(child.village) }
}

fn accepted(sheet: &str, row: usize, said: Said, child: &Invented) -> Accepted {
    Accepted {
        sheet: sheet.to_owned(),
        row: i32::try_from(row + 4).unwrap_or(i32::MAX),
        said,
        secret: Secret { idno: Some(child.number.clone()), roll_number: None, phones: vec![child.phone.clone()] },
    }
}
