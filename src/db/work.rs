//! The work list: one row a unit and task, written by the projector, read by 今日待办.

use chrono::{Days, NaiveDate};
use uuid::Uuid;

use super::door::{Door, Write};
use super::error::Result;
use crate::domain::case::Verb;
use crate::domain::ids::{CaseId, CheckId, ChildId, PaperId, UnitId, UserId, VisitId};
use crate::domain::role::Role;

/// One task of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkItem {
    /// Whose list it is on.
    pub unit: UnitId,
    /// What it is about and which one: case:UUID:log_visit …
    pub key: String,
    /// What is asked.
    pub verb: Verb,
    /// Who of the unit is asked; none for anyone.
    pub role: Option<Role>,
    /// The child.
    pub child: Option<ChildId>,
    /// The case.
    pub case: Option<CaseId>,
    /// The check.
    pub check: Option<CheckId>,
    /// The paper.
    pub paper: Option<PaperId>,
    /// The visit.
    pub visit: Option<VisitId>,
    /// What it is more exactly: the kind of evidence, the day after the return; by code.
    pub target: String,
    /// The one person who is asked, where it is one.
    pub user: Option<UserId>,
    /// The child's name.
    pub who: String,
    /// Village, school and class.
    pub place: String,
    /// Why, in one line.
    pub why: String,
    /// The last day for it.
    pub due_on: NaiveDate,
    /// The unit waits for somebody else.
    pub waiting: bool,
    /// Since when it waits.
    pub waiting_since: Option<NaiveDate>,
}

/// Puts these tasks in the place of all tasks of the cases.
pub async fn replace_for_cases(write: &mut Write, cases: &[CaseId], items: &[WorkItem]) -> Result<()> {
    let county = write.county().0;
    let cases: Vec<Uuid> = cases.iter().map(|c| c.0).collect();
    sqlx::query!("delete from work_item where county_id = $1 and case_id = any($2)", county, &cases)
        .execute(write.conn())
        .await?;
    insert(write, items).await
}

/// Puts these tasks in the place of all tasks of the checks.
pub async fn replace_for_checks(write: &mut Write, checks: &[CheckId], items: &[WorkItem]) -> Result<()> {
    let county = write.county().0;
    let checks: Vec<Uuid> = checks.iter().map(|c| c.0).collect();
    sqlx::query!("delete from work_item where county_id = $1 and check_id = any($2)", county, &checks)
        .execute(write.conn())
        .await?;
    insert(write, items).await
}

/// Adds tasks, or puts them in the place of those of the same unit and key.
pub async fn insert(write: &mut Write, items: &[WorkItem]) -> Result<()> {
    let county = write.county().0;
    let ids = |f: fn(&WorkItem) -> Option<Uuid>| -> Vec<Option<Uuid>> { items.iter().map(f).collect() };
    let texts = |f: fn(&WorkItem) -> &str| -> Vec<String> { items.iter().map(|i| f(i).to_owned()).collect() };
    let units: Vec<Uuid> = items.iter().map(|i| i.unit.0).collect();
    let roles: Vec<Option<String>> = items.iter().map(|i| i.role.map(|r| r.code().to_owned())).collect();
    let due: Vec<NaiveDate> = items.iter().map(|i| i.due_on).collect();
    let waiting: Vec<bool> = items.iter().map(|i| i.waiting).collect();
    let since: Vec<Option<NaiveDate>> = items.iter().map(|i| i.waiting_since).collect();
    sqlx::query!(
        "insert into work_item (county_id, unit_id, item_key, verb, role, child_id, case_id, check_id, paper_id, visit_id, who, place,
            why, due_on, waiting, waiting_since, target, user_id)
         select $1, n.* from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::uuid[], $7::uuid[], $8::uuid[], $9::uuid[],
            $10::uuid[], $11::text[], $12::text[], $13::text[], $14::date[], $15::bool[], $16::date[], $17::text[], $18::uuid[]) as n
         on conflict (county_id, unit_id, item_key) do update set verb = excluded.verb, role = excluded.role,
            child_id = excluded.child_id, case_id = excluded.case_id, check_id = excluded.check_id, paper_id = excluded.paper_id,
            visit_id = excluded.visit_id, who = excluded.who, place = excluded.place, why = excluded.why, due_on = excluded.due_on,
            waiting = excluded.waiting, waiting_since = excluded.waiting_since, target = excluded.target,
            user_id = excluded.user_id",
        county,
        &units,
        &texts(|i| &i.key),
        &texts(|i| i.verb.code()),
        &roles as &[Option<String>],
        &ids(|i| i.child.map(|c| c.0)) as &[Option<Uuid>],
        &ids(|i| i.case.map(|c| c.0)) as &[Option<Uuid>],
        &ids(|i| i.check.map(|c| c.0)) as &[Option<Uuid>],
        &ids(|i| i.paper.map(|p| p.0)) as &[Option<Uuid>],
        &ids(|i| i.visit.map(|v| v.0)) as &[Option<Uuid>],
        &texts(|i| &i.who),
        &texts(|i| &i.place),
        &texts(|i| &i.why),
        &due,
        &waiting,
        &since as &[Option<NaiveDate>],
        &texts(|i| &i.target),
        &ids(|i| i.user.map(|u| u.0)) as &[Option<Uuid>],
    )
    .execute(write.conn())
    .await?;
    Ok(())
}

/// The tasks of cases as they are stored, by unit and key.
pub async fn of_cases(db: &mut impl Door, cases: &[CaseId]) -> Result<Vec<WorkItem>> {
    let county = db.county().0;
    let cases: Vec<Uuid> = cases.iter().map(|c| c.0).collect();
    Ok(sqlx::query_as!(
        WorkItem,
        "select unit_id as \"unit: UnitId\", item_key as key, verb as \"verb: Verb\", role as \"role: Role\", child_id as \"child: ChildId\",
            case_id as \"case: CaseId\", check_id as \"check: CheckId\", paper_id as \"paper: PaperId\", visit_id as \"visit: VisitId\",
            who, place, why, due_on, waiting, waiting_since, target, user_id as \"user: UserId\"
         from work_item where county_id = $1 and case_id = any($2) order by unit_id, item_key",
        county,
        &cases
    )
    .fetch_all(db.conn())
    .await?)
}

/// Whose list is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Asks {
    /// The person.
    pub user: UserId,
    /// The unit.
    pub unit: UnitId,
    /// The role acted in.
    pub role: Role,
    /// The day.
    pub today: NaiveDate,
}

impl Asks {
    /// The last day of the week: Sunday.
    fn week_ends(self) -> NaiveDate {
        use chrono::Datelike as _;
        let left = 6 - u64::from(self.today.weekday().num_days_from_monday());
        self.today.checked_add_days(Days::new(left)).unwrap_or(self.today)
    }
}

/// The groups of 今日待办.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// 已逾期
    Late,
    /// 今天
    Today,
    /// 本周
    Week,
    /// 以后
    Later,
    /// 等待他人; not counted as one's own.
    Waiting,
}

/// A task with its group and how many the group has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedItem {
    /// The task.
    pub item: WorkItem,
    /// Its group.
    pub group: Group,
    /// All tasks of the group, listed or not.
    pub in_group: i64,
}

/// The tasks of a unit that a role does or waits for: the first `each` of every group, the earliest first.
pub async fn of_unit(db: &mut impl Door, asks: Asks, each: i64) -> Result<Vec<ListedItem>> {
    let county = db.county().0;
    let rows = sqlx::query!(
        "select unit_id as \"unit: UnitId\", item_key as key, verb as \"verb: Verb\", role as \"role: Role\", child_id as \"child: ChildId\",
            case_id as \"case: CaseId\", check_id as \"check: CheckId\", paper_id as \"paper: PaperId\", visit_id as \"visit: VisitId\",
            who, place, why, due_on, waiting, waiting_since, target, user_id as \"user: UserId\", grp as \"grp!\", in_group as \"in_group!\"
         from (
            select g.*, count(*) over (partition by grp) as in_group,
                row_number() over (partition by grp order by coalesce(waiting_since, due_on), due_on, item_key) as place_in_group
            from (
                select w.*, case when w.waiting then 4 when w.due_on < $4 then 0 when w.due_on = $4 then 1 when w.due_on <= $5 then 2
                    else 3 end as grp
                from work_item w
                where w.county_id = $1 and w.unit_id = $2 and (w.role is null and $3 <> 'inspector' or w.role = $3)
                    and (w.user_id is null or w.user_id = $7)) g) r
         where place_in_group <= $6 order by grp, place_in_group",
        county,
        asks.unit.0,
        asks.role.code(),
        asks.today,
        asks.week_ends(),
        each,
        asks.user.0
    )
    .fetch_all(db.conn())
    .await?;
    let listed = rows.into_iter().map(|r| ListedItem {
        item: WorkItem {
            unit: r.unit,
            key: r.key,
            verb: r.verb,
            role: r.role,
            child: r.child,
            case: r.case,
            check: r.check,
            paper: r.paper,
            visit: r.visit,
            target: r.target,
            user: r.user,
            who: r.who,
            place: r.place,
            why: r.why,
            due_on: r.due_on,
            waiting: r.waiting,
            waiting_since: r.waiting_since,
        },
        group: GROUPS.get(usize::try_from(r.grp).unwrap_or_default()).copied().unwrap_or(Group::Later),
        in_group: r.in_group,
    });
    Ok(listed.collect())
}

/// As the statement numbers them.
const GROUPS: [Group; 5] = [Group::Late, Group::Today, Group::Week, Group::Later, Group::Waiting];

/// How many checks nobody has answered by their day.
pub async fn checks_late(db: &mut impl Door, today: NaiveDate) -> Result<i64> {
    let county = db.county().0;
    Ok(sqlx::query_scalar!(
        "select count(*) as \"n!\" from whereabouts_check where county_id = $1 and closed_at is null and due_on < $2",
        county,
        today
    )
    .fetch_one(db.conn())
    .await?)
}
