//! Looks, their sealing, and the check of the chain.

use serde_json::Value;

use super::door::{Db, Door, Read, Write};
use super::error::Result;
use crate::domain::actor::Actor;
use crate::domain::event::LookKind;
use crate::domain::ids::{CaseId, ChildId};

/// Somebody looked: written before the page is sent.
#[derive(Debug, Clone)]
pub struct Look {
    /// At what kind of page.
    pub kind: LookKind,
    /// At which child.
    pub child: Option<ChildId>,
    /// At which case.
    pub case: Option<CaseId>,
    /// Counts and codes; never what was typed into a search.
    pub detail: Value,
}

impl Db {
    /// Records a look in a transaction of its own; the page is sent only when this has succeeded.
    pub async fn look(&self, actor: &Actor, look: Look) -> Result<()> {
        let Some(person) = actor.person() else { return Ok(()) };
        let mut write = self.write(actor).await?;
        let now = write.now();
        sqlx::query!(
            "insert into look (county_id, at, user_id, appointment_id, role, kind, child_id, case_id, detail)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            actor.county.0,
            now,
            person.user.0,
            person.appointment.0,
            person.role.code(),
            look.kind.code(),
            look.child.map(|c| c.0),
            look.case.map(|c| c.0),
            look.detail,
        )
        .execute(write.conn())
        .await?;
        write.commit_look().await
    }
}

/// Seals the county's open looks into one event; returns how many.
pub async fn seal_looks(write: &mut Write) -> Result<i64> {
    let now = write.now();
    Ok(sqlx::query_scalar!("select seal_looks($1)", now).fetch_one(write.conn()).await?.unwrap_or(0))
}

/// Seals them in a transaction that does nothing else: the sealing is its own event.
pub async fn seal(mut write: Write) -> Result<i64> {
    let sealed = seal_looks(&mut write).await?;
    write.commit_look().await?;
    Ok(sealed)
}

/// What a check of the chain found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainReport {
    /// Events checked.
    pub events: i64,
    /// Looks that are sealed.
    pub looks: i64,
    /// The head's sequence number and hash: to be printed and kept elsewhere, so that a cut tail shows.
    pub head: Option<(i64, String)>,
    /// The first thing found wrong, in a sentence.
    pub broken: Option<String>,
}

impl ChainReport {
    /// What was checked, for a chain that holds: how much, and the head to be kept elsewhere.
    pub fn sentence(&self) -> String {
        let head = self.head.as_ref().map(|(seq, hash)| format!("链头第 {seq} 条，{}", &hash[..16.min(hash.len())]));
        format!(
            "{} 条记录、已封存的 {} 次查看前后相符（查看每夜封存）。{}",
            self.events,
            self.looks,
            head.unwrap_or_else(|| "还没有记录".to_owned())
        )
    }
}

/// Recomputes every hash of the county's chain and every digest of sealed looks, in order.
pub async fn verify_chain(read: &mut Read) -> Result<ChainReport> {
    let county = read.county().0;
    let head =
        sqlx::query!("select seq, encode(hash, 'hex') as \"hash!\" from audit_head where county_id = $1", county)
            .fetch_optional(read.conn())
            .await?;
    let events = sqlx::query!(
        "select count(*) as \"n!\", (select encode(hash, 'hex') from event where county_id = $1 order by seq desc limit 1) as last
         from event where county_id = $1",
        county
    )
    .fetch_one(read.conn())
    .await?;
    let looks = sqlx::query_scalar!(
        "select count(*) as \"n!\" from look where county_id = $1 and sealed_by is not null",
        county
    )
    .fetch_one(read.conn())
    .await?;
    let head = head.map(|h| (h.seq, h.hash));
    let mut broken = first_broken_event(read, county).await?.map(|seq| format!("第 {seq} 条记录与前后不符"));
    if broken.is_none() {
        let seal = first_broken_seal(read, county).await?;
        broken = seal.map(|seq| format!("第 {seq} 条记录封存的查看记录被改动"));
    }
    let broken = broken.or_else(|| head_fault(head.as_ref(), events.n, events.last.as_deref()));
    Ok(ChainReport { events: events.n, looks, head, broken })
}

/// What the head says against the last event: a tail cut off, or written anew.
fn head_fault(head: Option<&(i64, String)>, events: i64, last: Option<&str>) -> Option<String> {
    match head {
        None => (events > 0).then(|| "链头不见了".to_owned()),
        Some((seq, _)) if *seq != events => Some(format!("链头是第 {seq} 条，库中有 {events} 条")),
        Some((seq, hash)) => last.is_some_and(|last| last != hash).then(|| format!("链头与第 {seq} 条记录不符")),
    }
}

async fn first_broken_event(read: &mut Read, county: i32) -> Result<Option<i64>> {
    Ok(sqlx::query_scalar!(
        "select seq from (
            select e.seq, e.prev, e.hash, sha256(e.prev || convert_to(event_text(e), 'UTF8')) as computed,
                lag(e.hash, 1, sha256(convert_to('quanxue|' || e.county_id, 'UTF8'))) over (order by e.seq) as previous,
                row_number() over (order by e.seq) as position
            from event e where e.county_id = $1) chain
         where hash <> computed or prev <> previous or position <> seq
         order by seq limit 1",
        county
    )
    .fetch_optional(read.conn())
    .await?)
}

async fn first_broken_seal(read: &mut Read, county: i32) -> Result<Option<i64>> {
    Ok(sqlx::query_scalar!(
        "select e.seq from event e
         left join lateral (
            select count(*) as n, encode(sha256(convert_to(coalesce(string_agg(look_text(l), E'\\n' order by l.id), ''), 'UTF8')), 'hex') as digest
            from look l where l.county_id = e.county_id and l.sealed_by = e.seq) sealed on true
         where e.county_id = $1 and e.kind = 'looks_sealed'
           and (sealed.n <> (e.detail->>'count')::bigint or sealed.digest <> e.detail->>'sha256')
         order by e.seq limit 1",
        county
    )
    .fetch_optional(read.conn())
    .await?)
}
