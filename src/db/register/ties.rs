//! What hangs on a child's columns: household, guardians, key populations, search keys, whereabouts.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::db::door::{Door, Write};
use crate::db::error::Result;
use crate::domain::ids::{ChildId, SourceId, StatementId, UnitId};
use crate::domain::register::{CaseState, Ground};
use crate::domain::words::{CheckFinding, KeyPopulation, RollStatus, Whereabouts};

/// Finds or makes households by head and address; answers in the order asked.
pub async fn households(write: &mut Write, asked: &[(String, Option<UnitId>, String)]) -> Result<Vec<Uuid>> {
    let county = write.county().0;
    let ids: Vec<Uuid> = asked.iter().map(|_| StatementId::new().0).collect();
    let heads: Vec<String> = asked.iter().map(|a| a.0.clone()).collect();
    let villages: Vec<Option<Uuid>> = asked.iter().map(|a| a.1.map(|u| u.0)).collect();
    let addresses: Vec<String> = asked.iter().map(|a| a.2.clone()).collect();
    sqlx::query!(
        "insert into household (county_id, id, head_name, village_id, address)
         select distinct on (n.head, n.address) $1, n.id, n.head, n.village, n.address
         from unnest($2::uuid[], $3::text[], $4::uuid[], $5::text[]) as n (id, head, village, address)
         on conflict (county_id, head_name, address) do nothing",
        county,
        &ids,
        &heads,
        &villages as &[Option<Uuid>],
        &addresses
    )
    .execute(write.conn())
    .await?;
    Ok(sqlx::query_scalar!(
        "select h.id from unnest($2::text[], $3::text[]) with ordinality as n (head, address, position)
         join household h on h.county_id = $1 and h.head_name = n.head and h.address = n.address order by n.position",
        county,
        &heads,
        &addresses
    )
    .fetch_all(write.conn())
    .await?)
}

/// A guardian with a phone.
#[derive(Debug, Clone)]
pub struct NewGuardian {
    /// Its key; the phone is sealed into `guardian.phone`, this id.
    pub id: StatementId,
    /// Of which child.
    pub child: ChildId,
    /// 姓名
    pub name: String,
    /// 关系
    pub relation: String,
    /// Masked, sealed, indexed.
    pub phone: Option<(String, Vec<u8>, Vec<u8>)>,
    /// Whose word.
    pub source: SourceId,
}

/// Puts new guardians in the place of those that are current.
pub async fn replace_guardians(
    write: &mut Write,
    children: &[ChildId],
    new: &[NewGuardian],
    on: NaiveDate,
) -> Result<()> {
    let county = write.county().0;
    let children: Vec<Uuid> = children.iter().map(|c| c.0).collect();
    sqlx::query!(
        "update guardian set until_on = $3 where county_id = $1 and child_id = any($2) and until_on is null",
        county,
        &children,
        on
    )
    .execute(write.conn())
    .await?;
    let uuids = |f: fn(&NewGuardian) -> Uuid| -> Vec<Uuid> { new.iter().map(f).collect() };
    let texts = |f: fn(&NewGuardian) -> String| -> Vec<String> { new.iter().map(f).collect() };
    let masked: Vec<Option<String>> = new.iter().map(|g| g.phone.as_ref().map(|p| p.0.clone())).collect();
    let sealed: Vec<Option<Vec<u8>>> = new.iter().map(|g| g.phone.as_ref().map(|p| p.1.clone())).collect();
    let indexes: Vec<Option<Vec<u8>>> = new.iter().map(|g| g.phone.as_ref().map(|p| p.2.clone())).collect();
    sqlx::query!(
        "insert into guardian (county_id, id, child_id, name, relation, phone_masked, phone_sealed, phone_index, source_id)
         select $1, n.* from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::bytea[], $8::bytea[],
            $9::uuid[]) as n",
        county,
        &uuids(|g| g.id.0),
        &uuids(|g| g.child.0),
        &texts(|g| g.name.clone()),
        &texts(|g| g.relation.clone()),
        &masked as &[Option<String>],
        &sealed as &[Option<Vec<u8>>],
        &indexes as &[Option<Vec<u8>>],
        &uuids(|g| g.source.0),
    )
    .execute(write.conn())
    .await?;
    Ok(())
}

/// A key-population flag that a source set.
#[derive(Debug, Clone, Copy)]
pub struct NewFlag {
    /// Of which child.
    pub child: ChildId,
    /// Which.
    pub flag: KeyPopulation,
    /// Whose word.
    pub source: SourceId,
    /// From when.
    pub from_on: NaiveDate,
}

/// Makes the flags of children those that sources say; what a person set or ended by hand stays so.
pub async fn replace_flags(write: &mut Write, children: &[ChildId], new: &[NewFlag], on: NaiveDate) -> Result<()> {
    let county = write.county().0;
    let children: Vec<Uuid> = children.iter().map(|c| c.0).collect();
    let ids: Vec<Uuid> = new.iter().map(|_| StatementId::new().0).collect();
    let of: Vec<Uuid> = new.iter().map(|f| f.child.0).collect();
    let flags: Vec<String> = new.iter().map(|f| f.flag.code().to_owned()).collect();
    let restricted: Vec<bool> = new.iter().map(|f| f.flag.restricted()).collect();
    let sources: Vec<Uuid> = new.iter().map(|f| f.source.0).collect();
    let from: Vec<NaiveDate> = new.iter().map(|f| f.from_on).collect();
    sqlx::query!(
        "update key_population k set until_on = $5
         where k.county_id = $1 and k.child_id = any($2) and k.until_on is null and k.set_by is null
           and (k.child_id, k.flag) not in (select * from unnest($3::uuid[], $4::text[]))",
        county,
        &children,
        &of,
        &flags,
        on
    )
    .execute(write.conn())
    .await?;
    sqlx::query!(
        "insert into key_population (county_id, id, child_id, flag, restricted, source_id, from_on)
         select $1, n.id, n.child, n.flag, n.restricted, n.source, n.from_on
         from unnest($2::uuid[], $3::uuid[], $4::text[], $5::bool[], $6::uuid[], $7::date[])
            as n (id, child, flag, restricted, source, from_on)
         where not exists (select from key_population k
            where k.county_id = $1 and k.child_id = n.child and k.flag = n.flag
               and (k.until_on is null or (k.ended_by is not null and k.until_on >= n.from_on)))",
        county,
        &ids,
        &of,
        &flags,
        &restricted,
        &sources,
        &from
    )
    .execute(write.conn())
    .await?;
    Ok(())
}

/// Makes the keys by which children are found by name.
pub async fn replace_name_keys(write: &mut Write, children: &[ChildId], keys: &[(ChildId, String)]) -> Result<()> {
    let county = write.county().0;
    let all: Vec<Uuid> = children.iter().map(|c| c.0).collect();
    let of: Vec<Uuid> = keys.iter().map(|k| k.0.0).collect();
    let texts: Vec<String> = keys.iter().map(|k| k.1.clone()).collect();
    sqlx::query!(
        "delete from name_key k where k.county_id = $1 and k.child_id = any($2)
           and (k.child_id, k.key) not in (select * from unnest($3::uuid[], $4::text[]))",
        county,
        &all,
        &of,
        &texts
    )
    .execute(write.conn())
    .await?;
    sqlx::query!(
        "insert into name_key (county_id, key, child_id)
         select $1, n.key, n.child from unnest($2::uuid[], $3::text[]) as n (child, key) on conflict do nothing",
        county,
        &of,
        &texts
    )
    .execute(write.conn())
    .await?;
    Ok(())
}

/// What a child's reach and whereabouts rest on.
#[derive(Debug, Clone)]
pub struct PlaceFacts {
    /// The child.
    pub child: ChildId,
    /// 出生日期
    pub birth: NaiveDate,
    /// 户籍地
    pub domicile: (Option<UnitId>, Option<UnitId>),
    /// 居住地
    pub residence: (Option<UnitId>, Option<UnitId>),
    /// The open roll's school and class.
    pub school: Option<UnitId>,
    /// Its class.
    pub class: Option<UnitId>,
    /// A case that is not struck off.
    pub open_case: bool,
    /// What the whereabouts rest on; the school's name is left to the caller.
    pub ground: Ground,
}

/// The facts of reach and whereabouts of some children.
pub async fn grounds(db: &mut impl Door, children: &[ChildId]) -> Result<Vec<PlaceFacts>> {
    let county = db.county().0;
    let children: Vec<Uuid> = children.iter().map(|c| c.0).collect();
    let rows = sqlx::query!(
        "select c.id as \"child: ChildId\", c.birth, c.domicile_township as \"domicile_township: UnitId\",
            c.domicile_village as \"domicile_village: UnitId\", c.residence_township as \"residence_township: UnitId\",
            c.residence_village as \"residence_village: UnitId\", c.school_id as \"school: UnitId\", c.class_id as \"class: UnitId\",
            c.roll_status as \"roll: RollStatus\", k.state as \"case_state?\", k.confirmed as \"confirmed?\",
            k.returned as \"returned?\", a.finding as \"finding?: CheckFinding\", a.elsewhere as \"elsewhere?\", a.proved as \"proved?\"
         from child c
         left join lateral (
            select s.state, cc.confirmed_on is not null as confirmed,
                exists (select from strike_off x where x.county_id = cc.county_id and x.case_id = cc.id
                    and x.conclusion in ('returned', 'enrolled')) as returned
            from child_case cc left join case_standing s on s.county_id = cc.county_id and s.case_id = cc.id
            where cc.county_id = c.county_id and cc.child_id = c.id order by cc.opened_at desc limit 1) k on true
         left join lateral (
            select w.finding, w.elsewhere, exists (select from evidence e
                    where e.county_id = w.county_id and e.check_answer_id = w.id and e.withdrawn_at is null) as proved
            from whereabouts_check q join check_answer w on w.county_id = q.county_id and w.id = q.closing_answer
            where q.county_id = c.county_id and q.child_id = c.id and q.closed_at is not null
            order by q.closed_at desc limit 1) a on true
         where c.county_id = $1 and c.id = any($2)",
        county,
        &children
    )
    .fetch_all(db.conn())
    .await?;
    let facts = rows.into_iter().map(|r| PlaceFacts {
        child: r.child,
        birth: r.birth,
        domicile: (r.domicile_township, r.domicile_village),
        residence: (r.residence_township, r.residence_village),
        school: r.school,
        class: r.class,
        open_case: r.confirmed.is_some() && r.case_state.as_deref() != Some("struck_off"),
        ground: Ground {
            case: case_state(r.case_state.as_deref(), r.confirmed, r.returned),
            roll: r.roll,
            school: String::new(),
            finding: r.finding.map(|f| (f, r.proved.unwrap_or(false))),
            elsewhere: r.elsewhere.unwrap_or_default(),
        },
    });
    Ok(facts.collect())
}

/// A case without a standing has just been opened; one struck off by anything but a return says nothing of its own.
fn case_state(state: Option<&str>, confirmed: Option<bool>, returned: Option<bool>) -> Option<CaseState> {
    match (state, confirmed?) {
        (Some("struck_off"), _) if returned == Some(true) => Some(CaseState::Returned),
        // Away in order: the roll or the check says where.
        (Some("struck_off" | "excused"), _) => None,
        (Some("held"), _) => Some(CaseState::CountyDecided),
        (_, true) => Some(CaseState::Confirmed),
        (_, false) => Some(CaseState::Suspected),
    }
}

/// Writes whereabouts; a class that did not change keeps its day.
pub async fn set_whereabouts(write: &mut Write, found: &[(ChildId, Whereabouts, String)], on: NaiveDate) -> Result<()> {
    let county = write.county().0;
    let children: Vec<Uuid> = found.iter().map(|f| f.0.0).collect();
    let classes: Vec<String> = found.iter().map(|f| f.1.code().to_owned()).collect();
    let bases: Vec<String> = found.iter().map(|f| f.2.clone()).collect();
    sqlx::query!(
        "update child c set whereabouts = n.class, whereabouts_basis = n.basis,
            whereabouts_on = case when c.whereabouts = n.class then coalesce(c.whereabouts_on, $5) else $5 end
         from unnest($2::uuid[], $3::text[], $4::text[]) as n (id, class, basis)
         where c.county_id = $1 and c.id = n.id and (c.whereabouts, c.whereabouts_basis) is distinct from (n.class, n.basis)",
        county,
        &children,
        &classes,
        &bases,
        on
    )
    .execute(write.conn())
    .await?;
    Ok(())
}
