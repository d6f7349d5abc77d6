//! Who acts: a person under one appointment, or the system by name.

use super::ids::{AppointmentId, CountyId, UnitId, UserId};
use super::role::Role;

/// The one on whose behalf a transaction runs; every door asks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The tenant; nothing outside it is ever seen.
    pub county: CountyId,
    /// Who it is.
    pub who: Who,
}

/// A person or the system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// A signed-in person under one of their appointments.
    Person(Person),
    /// A named system actor: the sweep, an import's job, the command line.
    System(&'static str),
}

/// A signed-in person, acting under one appointment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The account.
    pub user: UserId,
    /// The person's name.
    pub name: String,
    /// The appointment acted under.
    pub appointment: AppointmentId,
    /// In what capacity.
    pub role: Role,
    /// Post as the county calls it, e.g. 支部书记; may be empty.
    pub title: String,
    /// For which unit.
    pub unit: UnitId,
    /// The unit's name.
    pub unit_name: String,
}

impl Actor {
    /// A system actor of one county.
    pub fn system(county: CountyId, name: &'static str) -> Self {
        Self { county, who: Who::System(name) }
    }

    /// The person, where it is one.
    pub fn person(&self) -> Option<&Person> {
        match &self.who {
            Who::Person(person) => Some(person),
            Who::System(_) => None,
        }
    }

    /// The account, where it is a person's.
    pub fn user(&self) -> Option<UserId> {
        self.person().map(|p| p.user)
    }

    /// The unit acted for, where it is a person.
    pub fn unit(&self) -> Option<UnitId> {
        self.person().map(|p| p.unit)
    }

    /// The role, where it is a person.
    pub fn role(&self) -> Option<Role> {
        self.person().map(|p| p.role)
    }

    /// Sees every child of the county.
    pub fn is_county_wide(&self) -> bool {
        match &self.who {
            Who::Person(person) => person.role.is_county_wide(),
            Who::System(_) => true,
        }
    }

    /// The role's code as the database knows it.
    pub fn role_code(&self) -> &'static str {
        match &self.who {
            Who::Person(person) => person.role.code(),
            Who::System(_) => "system",
        }
    }
}
