//! Who is told and asked, by where a child comes from or goes to school; and where a child who is back is put.

use serde::{Deserialize, Serialize};

use super::cursor::{Cursor, Read, Stop, read_codes};
use super::ladder::{Basis, Owner};
use super::rules::Sourced;
use crate::domain::period::Period;
use crate::domain::words::{EvidenceKind, Place};
use crate::vocabulary;

/// What is done about children of certain places (DSP-25, DSP-21).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Route {
    /// Its id, by which profiles are merged.
    pub id: String,
    /// Which place decides.
    pub of: PlaceOf,
    /// Those for whom it is taken.
    pub places: Vec<Place>,
    /// From when.
    pub from: RouteFrom,
    /// What is done, in order.
    pub steps: Vec<RouteStep>,
    /// What it rests on.
    pub basis: Basis,
}

/// One thing that is done on a route.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RouteStep {
    /// Its id, by which profiles are merged.
    pub id: String,
    /// As the task says it: 向学生户籍所在地教育行政部门通报.
    pub does: String,
    /// Who does it.
    pub by: Owner,
    /// What shows that it was done; without one it goes on until the case leaves the ledger.
    #[serde(default)]
    pub evidence: Option<EvidenceKind>,
    /// Done so long after the one before.
    #[serde(default)]
    pub within: Option<Sourced<Period>>,
}

vocabulary! {
    /// The place that decides on a route.
    pub enum PlaceOf {
        Household = "household" => "户籍地",
        Attends = "attends" => "实际就读地",
    }
}

vocabulary! {
    /// From when a route is taken.
    pub enum RouteFrom {
        Opened = "opened" => "列入台账时",
        Proposed = "proposed" => "提请时",
        Agreed = "agreed" => "同意之后",
    }
}

/// Where a child who is back is put, by how long they were out (001-24:L1203).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Placement {
    /// Out for up to so many months …
    pub months: u16,
    /// … this is done …
    pub within: String,
    /// … and this where it was longer.
    pub beyond: String,
    /// What it rests on.
    pub basis: Basis,
}

read_codes!(PlaceOf, RouteFrom);

impl Read for RouteStep {
    fn read(at: &Cursor<'_>) -> Result<Self, Stop> {
        let at = at.table(&["id", "does", "by", "evidence", "within"])?;
        Ok(Self {
            id: at.need("id")?,
            does: at.need("does")?,
            by: at.need("by")?,
            evidence: at.maybe("evidence")?,
            within: at.maybe("within")?,
        })
    }
}

impl Read for Route {
    fn read(at: &Cursor<'_>) -> Result<Self, Stop> {
        let at = at.table(&["id", "of", "places", "from", "steps", "basis"])?;
        let route = Self {
            id: at.need("id")?,
            of: at.need("of")?,
            places: at.need("places")?,
            from: at.need("from")?,
            steps: at.need("steps")?,
            basis: at.need("basis")?,
        };
        if route.places.is_empty() || route.steps.is_empty() {
            return Err(at.fail("至少写一个地方（places）和一步（steps）"));
        }
        // What comes after a step that is never done would never be asked for.
        let endless = route.steps.iter().rev().skip(1).find(|step| step.evidence.is_none());
        match endless {
            Some(step) => {
                Err(at.fail(format!("“{}”要写明以哪一种材料为完成（evidence），只有最后一步可以不写", step.does)))
            }
            None => Ok(route),
        }
    }
}

impl Read for Placement {
    fn read(at: &Cursor<'_>) -> Result<Self, Stop> {
        let at = at.table(&["months", "within", "beyond", "basis"])?;
        let placement = Self {
            months: at.need("months")?,
            within: at.need("within")?,
            beyond: at.need("beyond")?,
            basis: at.need("basis")?,
        };
        if placement.months == 0 { Err(at.fail("months 不能为零")) } else { Ok(placement) }
    }
}
