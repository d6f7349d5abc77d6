//! Ids for what stands in a route's braces: what an account sees, and what it does not, here and elsewhere.

use common::seeds::{Child, County, Place, Post, place, seen_by};
use common::{HERE, Role, THERE};
use uuid::Uuid;

/// What a route's address names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// Nothing: the address is complete.
    Nothing,
    /// A stylesheet.
    Asset,
    /// A child, or what belongs to one and is seen with it.
    Child,
    Check,
    Case,
    Visit,
    Paper,
    Evidence,
    /// The draft of one paper; to set it takes long.
    Draft,
    File,
    /// A case and the disposition proposed in it.
    Disposition,
    /// A case and the step of it that was proposed to be passed over.
    Skip,
    /// A unit, a user, an appointment of theirs: seen in their county by whoever may see any.
    Unit,
    User,
    UsersPost,
    /// A unit and a post of its charges: the acting account's own unit.
    Charge,
    /// An import and a job of the school's registrar.
    Import,
    Job,
    /// A list with filters.
    List,
    /// Days of the county's calendar.
    Days,
    /// A query that another person sealed; a session or a kept form that is somebody else's.
    Sealed,
    Stray,
}

/// An account that acts.
pub type Account = (County, Role, Post);

/// Addresses of what an account sees.
pub fn seen(path: &str, of: Of, (county, role, post): Account) -> Vec<String> {
    let path = &with_rung(path);
    match of {
        Of::Nothing => vec![path.to_owned()],
        Of::Asset => vec!["/static/any/app.css".to_owned()],
        Of::Days => vec![path.replace("{from}", "2026-10-01").replace("{until}", "2026-10-02")],
        Of::List => ["children", "checks", "cases"].map(|list| path.replace("{list}", list)).into(),
        Of::Unit => vec![fill(path, &[county.unit(Place::SiblingVillage).0])],
        Of::User => vec![fill(path, &[county.user(Role::Principal, Post::Sibling).0])],
        Of::UsersPost => vec![users_post(path, county)],
        Of::Charge => charge(path, county, place(role, post)),
        Of::Import | Of::Job => {
            let at_school = matches!(place(role, post), Some(Place::School));
            let sees = at_school || role.is_county_wide();
            sees.then(|| fill(path, &[county.uuid(table(of), 1)])).into_iter().collect()
        }
        Of::Sealed | Of::Stray => vec![],
        Of::Draft => seen(path, Of::Paper, (county, role, post)).into_iter().take(1).collect(),
        _ => ends(seen_by(role, post)).map(|child| fill(path, &of_child(of, county, child))).collect(),
    }
}

/// Addresses of what an account does not see: near it, in another township, in the other county, nowhere.
pub fn unseen(path: &str, of: Of, account: Account) -> Vec<String> {
    let path = &with_rung(path);
    let (county, role, post) = account;
    let other = if county == HERE { THERE } else { HERE };
    let nowhere = Uuid::from_u128(0x0123_4567_89ab_4def_8123_4567_89ab_cdef);
    match of {
        Of::Nothing | Of::Asset | Of::Days => vec![],
        Of::Unit => [other.unit(Place::Village).0, nowhere].map(|id| fill(path, &[id])).into(),
        Of::User => [other.user(Role::Village, Post::Own).0, nowhere].map(|id| fill(path, &[id])).into(),
        Of::UsersPost => vec![users_post(path, other), fill(path, &[nowhere, nowhere])],
        Of::Charge => {
            let here = charge(path, county, Some(Place::OtherVillage));
            let there = charge(path, other, Some(Place::Village));
            let none = path.replace("{unit}", &nowhere.to_string()).replace("{post}", "village");
            let sees_it = matches!(place(role, post), Some(Place::County | Place::OtherTownship));
            here.into_iter().filter(|_| !sees_it).chain(there).chain([none]).collect()
        }
        Of::Import | Of::Job => {
            let hidden = seen(path, of, account).is_empty().then(|| county.uuid(table(of), 1));
            let all = hidden.into_iter().chain([other.uuid(table(of), 1), nowhere]);
            all.map(|id| fill(path, &[id])).collect()
        }
        Of::Stray => vec![fill(path, &[nowhere, nowhere])],
        Of::List => vec![path.replace("{list}", "users")],
        Of::Sealed => {
            ["QUJD", "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB"].map(|id| path.replace("{sealed}", id)).into()
        }
        _ => {
            let sees = seen_by(role, post);
            let hidden = ends(Child::ALL.into_iter().filter(|child| !sees.contains(child)).collect());
            let hidden = hidden.map(|child| of_child(of, county, child));
            let others = [of_child(of, other, Child::Own), [nowhere, nowhere]];
            hidden.chain(others).map(|ids| fill(path, &ids)).collect()
        }
    }
}

/// A step of the ladder stands in an address by its code.
fn with_rung(path: &str) -> String {
    path.replace("{rung}", "written_report")
}

/// The first and the last, the nearest and the farthest: the ones between would only take time.
fn ends(children: Vec<Child>) -> impl Iterator<Item = Child> {
    let last = children.last().copied().filter(|_| children.len() > 1);
    children.into_iter().take(1).chain(last)
}

/// The ids of what belongs to a child; a second one is for the second pair of braces.
fn of_child(of: Of, county: County, child: Child) -> [Uuid; 2] {
    let second = if of == Of::Skip { "ladder_skip" } else { "disposition" };
    [county.row(table(of), child), county.row(second, child)]
}

fn table(of: Of) -> &'static str {
    match of {
        Of::Child => "child",
        Of::Check => "whereabouts_check",
        Of::Case | Of::Disposition | Of::Skip => "child_case",
        Of::Visit => "visit",
        Of::Paper | Of::Draft => "paper",
        Of::Evidence => "evidence",
        Of::File => "file",
        Of::Import => "import",
        _ => "job",
    }
}

fn users_post(path: &str, county: County) -> String {
    let (role, post) = (Role::Principal, Post::Sibling);
    fill(path, &[county.user(role, post).0, county.appointment(role, post).0])
}

fn charge(path: &str, county: County, at: Option<Place>) -> Vec<String> {
    let post = match at {
        Some(Place::Township) => "township",
        Some(Place::Village | Place::OtherVillage) => "village",
        Some(Place::School) => "school",
        Some(Place::County) => "county",
        _ => return vec![],
    };
    let unit = county.unit(at.unwrap()).to_string();
    vec![path.replace("{unit}", &unit).replace("{post}", post)]
}

/// Puts ids into the braces, in order; days are those of the first visit after a return.
fn fill(path: &str, ids: &[Uuid]) -> String {
    let mut ids = ids.iter();
    let parts = path.split('/').map(|part| match part {
        "{days}" => "30".to_owned(),
        _ if part.starts_with('{') => ids.next().unwrap().to_string(),
        _ => part.to_owned(),
    });
    // Which paper is to be drafted is asked after the question mark.
    let asked = if path.ends_with("/papers/new") { "?kind=deadline_notice" } else { "" };
    parts.collect::<Vec<_>>().join("/") + asked
}

/// A form filled in well enough for whoever may send it: to nobody else does it do anything.
pub fn filled(path: &str) -> Vec<(&'static str, &'static str)> {
    let kind = match path.split('/').nth(1) {
        Some("units") => "village",
        Some("imports") => "household",
        _ if path.ends_with("/propose") => "county_decision",
        _ if path.ends_with("/evidence") => "other",
        _ => "home",
    };
    let mut fields = FILLED.to_vec();
    fields.push(("kind", kind));
    fields
}

const FILLED: &[(&str, &str)] = &[
    ("about", ""),
    ("aid", "减免"),
    ("approve", "yes"),
    ("at_school", "yes"),
    ("cause", "tired_of_school"),
    ("class_label", "七年级1班"),
    ("conclusion", "returned"),
    ("fact_on", "2026-10-14"),
    ("finding", "not_met"),
    ("found_on", "2026-10-14"),
    ("from", "2026-10-15"),
    ("grade", "7"),
    ("guardian_name", "某某"),
    ("guardian_present", "yes"),
    ("login", "newcomer"),
    ("mode", "home"),
    ("name", "新名字"),
    ("note", "看到了"),
    ("on", "2026-10-14"),
    ("outcome", "hesitant"),
    ("place", "家中"),
    ("q", "春生"),
    ("reason", "工作需要"),
    ("returned", "no"),
    ("role", "village"),
    ("said", "再想想"),
    ("title", "说明"),
    ("until", "2026-12-31"),
    ("went", "yes"),
    ("when", "2026-10-14T10:00"),
];
