//! How a ladder's steps are read from a profile's tree.

use super::cursor::{Cursor, Read, Stop};
use super::guard::Guard;
use super::ladder::{Basis, Owner, Step, Window};
use super::signers::Signers;

impl Read for Owner {
    fn read(at: &Cursor<'_>) -> Result<Self, Stop> {
        let at = at.table(&["organ", "roles"])?;
        let owner = Self { organ: at.need("organ")?, roles: at.need("roles")? };
        if owner.roles.is_empty() { Err(at.fail("至少写一个角色")) } else { Ok(owner) }
    }
}

impl Read for Signers {
    fn read(at: &Cursor<'_>) -> Result<Self, Stop> {
        for (key, of) in [("either", Self::either as fn(Vec<Owner>) -> Self), ("joint", Self::joint)] {
            if at.has(key) {
                let owners: Vec<Owner> = at.table(&[key])?.need(key)?;
                return if owners.len() < 2 { Err(at.fail("至少写两个单位")) } else { Ok(of(owners)) };
            }
        }
        Owner::read(at).map(Self::One)
    }
}

impl Signers {
    const fn either(either: Vec<Owner>) -> Self {
        Self::Either { either }
    }

    const fn joint(joint: Vec<Owner>) -> Self {
        Self::Joint { joint }
    }
}

impl Read for Guard {
    fn read(at: &Cursor<'_>) -> Result<Self, Stop> {
        String::read(at)?.parse().map_err(|wrong: super::guard::NoGuard| at.fail(wrong.to_string()))
    }
}

impl Read for Window {
    fn read(at: &Cursor<'_>) -> Result<Self, Stop> {
        let at = at.table(&["from", "to"])?;
        let window = Self { from: at.need("from")?, to: at.need("to")? };
        let sound = 1 <= window.from && window.from <= window.to && window.to <= 28;
        if sound { Ok(window) } else { Err(at.fail("应是一个月里的两天，从 1 到 28，先后不能颠倒")) }
    }
}

impl Read for Basis {
    fn read(at: &Cursor<'_>) -> Result<Self, Stop> {
        let at = at.table(&["text", "source", "quote"])?;
        Ok(Self { text: at.need("text")?, source: at.maybe("source")?, quote: at.maybe("quote")? })
    }
}

impl Read for Step {
    fn read(at: &Cursor<'_>) -> Result<Self, Stop> {
        let who = ["id", "title", "by", "signed_by", "to", "to_outside", "on_paper", "receipt", "optional"];
        let when = ["guards", "gate", "within", "window", "signed_within", "served_within"];
        let what = ["deadline", "deadline_by_hand", "runs_from", "repeat", "basis", "laws"];
        let at = at.table(&[&who[..], &when, &what].concat())?;
        let yes = |key| at.maybe(key).map(Option::unwrap_or_default);
        Ok(Self {
            rung: at.need("id")?,
            title: at.maybe("title")?,
            by: at.need("by")?,
            signed_by: at.maybe("signed_by")?,
            to: at.maybe("to")?.unwrap_or_default(),
            to_outside: at.maybe("to_outside")?.unwrap_or_default(),
            on_paper: at.maybe("on_paper")?,
            receipt: yes("receipt")?,
            optional: yes("optional")?,
            guards: at.maybe("guards")?.unwrap_or_default(),
            gate: at.maybe("gate")?,
            within: at.maybe("within")?,
            window: at.maybe("window")?,
            signed_within: at.maybe("signed_within")?,
            served_within: at.maybe("served_within")?,
            deadline: at.maybe("deadline")?,
            deadline_by_hand: yes("deadline_by_hand")?,
            runs_from: at.maybe("runs_from")?,
            repeat: at.maybe("repeat")?,
            basis: at.need("basis")?,
            laws: at.maybe("laws")?.unwrap_or_default(),
        })
    }
}
