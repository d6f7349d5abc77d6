//! Who answers for the child of a case, at every unit of both lines; an empty post with who may name somebody.

use crate::app::AppError;
use crate::app::charges::may_set;
use crate::app::seats;
use crate::db::cases::case::CaseHead;
use crate::db::{Read, charges};
use crate::domain::access::{Action, permit};
use crate::domain::actor::Actor;
use crate::domain::charge::Post;
use crate::domain::ids::UnitId;
use crate::domain::role::{Line, Role, UnitKind};
use crate::domain::units::{Unit, Units};

/// A named person who answers for the child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChargeLine {
    /// Which line.
    pub line: Line,
    /// At which post: 村, 乡镇, 班级 …
    pub post: Post,
    /// At which unit.
    pub unit: UnitId,
    /// Its name.
    pub unit_name: String,
    /// The person; none where nobody is named though somebody must be.
    pub person: Option<(String, String)>,
    /// The reader may name somebody here.
    pub mine: bool,
    /// Who may: 学校的学籍管理员、校长，或县级经办.
    pub named_by: String,
}

/// Who answers, at every unit of both lines, from below upwards; a required post that is empty is told.
pub(super) async fn of(
    read: &mut Read,
    actor: &Actor,
    units: &Units,
    head: &CaseHead,
) -> Result<Vec<ChargeLine>, AppError> {
    let county = units.county().map(|unit| unit.id);
    let places = [seats::village(head, units), Some(head.acting_township), head.class, head.school, county];
    let places: Vec<UnitId> = places.into_iter().flatten().collect();
    let named = charges::for_units(read, &places).await?;
    let mut lines = Vec::new();
    for line in [Line::Government, Line::Education] {
        for post in Post::ALL.iter().copied().filter(|post| post.line() == line) {
            let here = places.iter().filter_map(|unit| units.get(*unit));
            for unit in here.filter(|unit| post.unit_kinds().contains(&unit.kind)) {
                let people = named.iter().filter(|charge| charge.unit == unit.id && charge.post == post);
                let people = people.map(|charge| Some((charge.name.clone(), charge.title.clone())));
                let people: Vec<Option<(String, String)>> = people.collect();
                let people = if people.is_empty() && post.is_required() { vec![None] } else { people };
                lines.extend(people.into_iter().map(|person| ChargeLine {
                    line,
                    post,
                    unit: unit.id,
                    unit_name: unit.name.clone(),
                    person,
                    mine: may(actor, unit, post, units),
                    named_by: named_by(unit, post),
                }));
            }
        }
    }
    Ok(lines)
}

fn may(actor: &Actor, unit: &Unit, post: Post, units: &Units) -> bool {
    actor.role().is_some_and(|role| permit(role, Action::AssignCharge).allows()) && may_set(actor, unit, post, units)
}

/// The roles that may name somebody at a post, nearest first: those of the unit or above it, and the county's.
fn named_by(unit: &Unit, post: Post) -> String {
    let able = |role: &Role| permit(*role, Action::AssignCharge).allows() && post.set_by(*role);
    let of = |whose: &str, roles: &[Role]| {
        let roles: Vec<&str> = roles.iter().filter(|role| able(role)).map(|role| role.label()).collect();
        (!roles.is_empty()).then(|| format!("{whose}{}", roles.join("、")))
    };
    let school = matches!(unit.kind, UnitKind::School | UnitKind::CentreSchool | UnitKind::Class);
    let near = if school {
        of("本校", &[Role::Registrar, Role::Principal])
    } else {
        of("", &[Role::TownshipOfficer, Role::TownshipHead])
    };
    let who: Vec<String> = [near, of("", &[Role::CountyOfficer])].into_iter().flatten().collect();
    who.join("，或者")
}
