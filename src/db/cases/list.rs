//! The list of cases: one filter, three orders, a page and the total in one statement.

use chrono::NaiveDate;

use crate::db::door::Door;
use crate::db::error::Result;
use crate::domain::case::Phase;
use crate::domain::ids::{CaseId, ChildId, UnitId};
use crate::domain::policy::Rung;
use crate::domain::words::Sex;

/// What a list of cases is narrowed by; nothing set shows all that the actor sees.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CaseFilter {
    /// The township that acts.
    pub township: Option<UnitId>,
    /// 户籍地 or 居住地.
    pub village: Option<UnitId>,
    /// The school of the roll, or of the catchment.
    pub school: Option<UnitId>,
    /// The rung whose turn it is.
    pub rung: Option<Rung>,
    /// The state; without it all that are still in the ledger.
    pub state: Option<Phase>,
    /// Struck-off cases too, where no state is asked for.
    pub all: bool,
    /// Only those whose next step is late.
    pub overdue: bool,
    /// Part of the name, its pinyin, or the case's number.
    pub text: Option<String>,
}

/// In which order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CaseSort {
    /// The next step's day, the earliest first.
    #[default]
    Due,
    /// The latest opened first.
    Opened,
    /// By township, village and name.
    Place,
}

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseLine {
    /// The case.
    pub id: CaseId,
    /// The child.
    pub child: ChildId,
    /// 2026-0017
    pub number: String,
    /// The child's name.
    pub name: String,
    /// The child's sex.
    pub sex: Sex,
    /// Day of birth.
    pub birth: NaiveDate,
    /// The township that acts.
    pub township_name: String,
    /// 户籍地, or 居住地 where that lies elsewhere.
    pub village_name: Option<String>,
    /// The school of the roll, or of the catchment.
    pub school_name: Option<String>,
    /// The class, where the child is on a roll.
    pub class_name: Option<String>,
    /// In one word.
    pub state: Phase,
    /// The rung whose turn it is.
    pub rung: Option<Rung>,
    /// As the ladder calls it.
    pub rung_label: String,
    /// The next lawful step.
    pub next_action: String,
    /// The visits that count in this round.
    pub counted_visits: i32,
    /// The day of the last visit.
    pub last_visit_on: Option<NaiveDate>,
    /// The last day for the next step.
    pub due_on: Option<NaiveDate>,
    /// The day the case entered the ledger.
    pub opened_on: NaiveDate,
    /// How many lines there are on all pages.
    pub total: i64,
}

/// A page of the list; `page` counts from 0.
pub async fn page(
    db: &mut impl Door,
    filter: &CaseFilter,
    sort: CaseSort,
    today: NaiveDate,
    (page, size): (i64, i64),
) -> Result<Vec<CaseLine>> {
    let county = db.county().0;
    let text = filter.text.as_deref().map(|text| text.trim().to_lowercase()).filter(|text| !text.is_empty());
    let sort = match sort {
        CaseSort::Due => "due",
        CaseSort::Opened => "opened",
        CaseSort::Place => "place",
    };
    Ok(sqlx::query_as!(
        CaseLine,
        "select c.id as \"id: CaseId\", c.child_id as \"child: ChildId\", c.number, ch.name, ch.sex as \"sex: Sex\", ch.birth,
            t.name as township_name, v.name as \"village_name?\", sc.name as \"school_name?\", k.name as \"class_name?\",
            s.state as \"state: Phase\", s.rung as \"rung: Rung\", s.rung_label, s.next_action, s.counted_visits, s.last_visit_on,
            s.due_on, c.opened_on, count(*) over () as \"total!\"
         from child_case c
         join child ch on ch.county_id = c.county_id and ch.id = c.child_id
         join case_standing s on s.county_id = c.county_id and s.case_id = c.id
         join unit t on t.county_id = c.county_id and t.id = c.acting_township
         left join unit v on v.county_id = c.county_id and v.id = coalesce(ch.domicile_village, ch.residence_village)
         left join unit sc on sc.county_id = c.county_id and sc.id = coalesce(ch.school_id, c.school_id)
         left join unit k on k.county_id = c.county_id and k.id = ch.class_id
         where c.county_id = $1
           and ($2::uuid is null or c.acting_township = $2)
           and ($3::uuid is null or ch.domicile_village = $3 or ch.residence_village = $3)
           and ($4::uuid is null or coalesce(ch.school_id, c.school_id) = $4)
           and ($5::text is null or s.rung = $5)
           and ($6::text is null or s.state = $6)
           and ($6::text is not null or $7 or s.state <> 'struck_off')
           and (not $8 or s.due_on < $9)
           and ($10::text is null or position($10 in ch.name) > 0 or starts_with(ch.pinyin, $10) or c.number = $10)
         order by
            case when $11 = 'due' then s.due_on end nulls last,
            case when $11 = 'opened' then c.opened_on end desc nulls last,
            case when $11 = 'place' then t.code end nulls last,
            case when $11 = 'place' then v.code end nulls last,
            c.number desc
         limit $12 offset $13",
        county,
        filter.township.map(|u| u.0),
        filter.village.map(|u| u.0),
        filter.school.map(|u| u.0),
        filter.rung.map(Rung::code),
        filter.state.map(Phase::code),
        filter.all,
        filter.overdue,
        today,
        text,
        sort,
        size,
        page * size
    )
    .fetch_all(db.conn())
    .await?)
}
