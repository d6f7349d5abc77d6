//! Entries of the audit as rows: who, what, to whom, in words; a child by token for the keeper who sees none.

use std::sync::Arc;

use crate::db::trail::Entry;
use crate::domain::ids::{CaseId, ChildId, UserId};
use crate::domain::moment::full_day_time;
use crate::domain::role::Role;
use crate::domain::units::Units;
use crate::vault::{CountyKey, Index};
use crate::web::audit_words;
use crate::web::failure::Failure;
use crate::web::guard::Session;
use crate::web::state::State;

/// A row of the audit.
#[derive(Debug)]
pub(crate) struct Row {
    pub number: i64,
    pub at: String,
    pub user: Option<UserId>,
    pub who: String,
    pub post: String,
    pub what: &'static str,
    /// To whom: words and, where the reader may follow, an address.
    pub whom: Option<(String, Option<String>)>,
    pub detail: String,
}

/// What rows are told with.
pub(crate) struct Teller {
    units: Arc<Units>,
    key: CountyKey,
    /// Sees metadata only: no names of children, no free words.
    tokens: bool,
}

impl Teller {
    /// For a reader of the audit.
    pub(crate) async fn new(state: &State, session: &Session) -> Result<Self, Failure> {
        let county = session.actor.county;
        Ok(Self {
            units: state.services.units(county).await?,
            key: state.services.key(county).await?,
            tokens: session.person()?.role.is_keeper(),
        })
    }

    /// An entry as a row.
    pub(crate) fn row(&self, entry: Entry) -> Row {
        let post = [entry.unit.as_deref(), entry.role_label()];
        let post = post.into_iter().flatten().collect::<Vec<_>>().join(" · ");
        Row {
            number: entry.number,
            at: full_day_time(entry.at),
            user: entry.user,
            post,
            what: entry.kind_label(),
            whom: self.whom(entry.child, entry.child_name, entry.case).or(entry.subject.map(|name| (name, None))),
            detail: audit_words::detail(&entry.detail, &self.units, self.tokens),
            who: entry.name.unwrap_or_else(|| system_name(&entry.role)),
        }
    }

    fn whom(
        &self,
        child: Option<ChildId>,
        name: Option<String>,
        case: Option<CaseId>,
    ) -> Option<(String, Option<String>)> {
        let child = child?;
        if self.tokens {
            let token = hex::encode(&self.key.index(Index::Token, &child.to_string())[..4]);
            return Some((format!("儿童 {token}"), None));
        }
        let Some(name) = name else { return Some(("不在您范围内的儿童".to_owned(), None)) };
        let address = case.map_or_else(|| format!("/children/{child}"), |case| format!("/cases/{case}"));
        Some((name, Some(address)))
    }
}

/// Whoever has no account: the system itself, or nobody who could be told.
fn system_name(role: &str) -> String {
    if role == "system" || Role::from_code(role).is_some() { "系统" } else { "未登录" }.to_owned()
}
