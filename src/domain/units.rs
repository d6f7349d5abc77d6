//! The units of a county in memory: two trees, looked up by id, walked upwards and downwards.

use std::collections::HashMap;

use super::grade::Stage;
use super::ids::UnitId;
use super::role::UnitKind;
use super::words::SchoolStage;

/// A unit of either tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Its key.
    pub id: UnitId,
    /// What it is.
    pub kind: UnitKind,
    /// 左岚乡, 左岚乡齐心村 …
    pub name: String,
    /// National statistical code, where it has one.
    pub code: Option<String>,
    /// The unit above it on the government line.
    pub government_parent: Option<UnitId>,
    /// The unit above it on the education line.
    pub education_parent: Option<UnitId>,
    /// The township on whose ground it stands.
    pub township: Option<UnitId>,
    /// What a school teaches.
    pub stage: Option<SchoolStage>,
    /// A class's grade.
    pub grade: Option<i16>,
}

/// All open units of one county.
#[derive(Debug, Clone, Default)]
pub struct Units {
    by_id: HashMap<UnitId, Unit>,
    in_order: Vec<UnitId>,
    catchment: HashMap<(UnitId, Stage), UnitId>,
}

impl Units {
    /// Takes units in the order in which lists show them, and the catchments (village and stage to school).
    pub fn new(units: Vec<Unit>, catchment: HashMap<(UnitId, Stage), UnitId>) -> Self {
        let in_order = units.iter().map(|u| u.id).collect();
        Self { by_id: units.into_iter().map(|u| (u.id, u)).collect(), in_order, catchment }
    }

    /// The unit of an id.
    pub fn get(&self, id: UnitId) -> Option<&Unit> {
        self.by_id.get(&id)
    }

    /// The unit's name; empty for none.
    pub fn name(&self, id: impl Into<Option<UnitId>>) -> &str {
        id.into().and_then(|id| self.get(id)).map_or("", |u| u.name.as_str())
    }

    /// Units of one kind, in list order.
    pub fn of_kind(&self, kind: UnitKind) -> impl Iterator<Item = &Unit> {
        self.in_order.iter().filter_map(|id| self.get(*id)).filter(move |u| u.kind == kind)
    }

    /// All units, in list order.
    pub fn all(&self) -> impl Iterator<Item = &Unit> {
        self.in_order.iter().filter_map(|id| self.get(*id))
    }

    /// Villages of a township.
    pub fn villages_of(&self, township: UnitId) -> impl Iterator<Item = &Unit> {
        self.of_kind(UnitKind::Village).filter(move |u| u.government_parent == Some(township))
    }

    /// Classes of a school.
    pub fn classes_of(&self, school: UnitId) -> impl Iterator<Item = &Unit> {
        self.of_kind(UnitKind::Class).filter(move |u| u.education_parent == Some(school))
    }

    /// The school to which a village's children of a stage belong.
    pub fn catchment_school(&self, village: UnitId, stage: Stage) -> Option<UnitId> {
        self.catchment.get(&(village, stage)).copied()
    }

    /// Every catchment: village and stage, and the school.
    pub fn catchments(&self) -> impl Iterator<Item = ((UnitId, Stage), UnitId)> {
        self.catchment.iter().map(|(village, school)| (*village, *school))
    }

    /// The county's own unit.
    pub fn county(&self) -> Option<&Unit> {
        self.of_kind(UnitKind::County).next()
    }

    /// Whether `inner` is `outer` or stands below it on either line.
    pub fn within(&self, inner: UnitId, outer: UnitId) -> bool {
        inner == outer
            || self.get(inner).is_some_and(|u| {
                [u.government_parent, u.education_parent].into_iter().flatten().any(|parent| self.within(parent, outer))
            })
    }
}
