//! 核对号码: a row whose number belongs to a child of another name, side by side with it, and what a person decides.

use serde::Deserialize;
use uuid::Uuid;

use super::refresh::{open_secret, refresh_children};
use super::view::{counts, facts};
use crate::app::sending::{NotDone, Outcome, Sending};
use crate::app::{AppError, Services};
use crate::db::register::{self as stored, OpenClaim};
use crate::db::{Door as _, Read};
use crate::domain::actor::Actor;
use crate::domain::event::{Event, EventKind};
use crate::domain::fields::Fields;
use crate::domain::ids::{ChildId, StatementId};
use crate::domain::moment::Moment;
use crate::domain::register::fields;
use crate::domain::words::ClaimSettled;

/// A field of both sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// The field.
    pub name: &'static str,
    /// What counts of the child.
    pub child: String,
    /// What the row says.
    pub row: String,
}

impl Side {
    /// Both say something, and not the same.
    pub fn differs(&self) -> bool {
        !self.child.is_empty() && !self.row.is_empty() && self.child != self.row
    }
}

/// A row that waits, beside the child that has its number.
#[derive(Debug)]
pub struct ClaimView {
    /// The row.
    pub claim: OpenClaim,
    /// Field by field; numbers masked.
    pub sides: Vec<Side>,
}

/// The rows that wait of a child, each beside what counts of it.
pub async fn claims(services: &Services, read: &mut Read, child: ChildId) -> Result<Vec<ClaimView>, AppError> {
    let key = services.key(read.county()).await?;
    let (mut said, secret) = counts(&facts(services, read, child).await?);
    // 信教, 服刑, 早婚 stand in the list of flags alone, for whoever may see them.
    said.flags.retain(|flag| !flag.restricted());
    let ours = fields(&said, &secret);
    let mut views = Vec::new();
    for mut claim in stored::open_claims(read, Some(child)).await? {
        claim.said.flags.retain(|flag| !flag.restricted());
        let theirs = fields(&claim.said, &open_secret(&key, claim.id, &claim.sealed)?);
        let sides = ours.iter().zip(theirs).map(|((name, child), (_, row))| Side { name, child: child.clone(), row });
        let sides = sides.filter(|side| !side.child.is_empty() || !side.row.is_empty()).collect();
        views.push(ClaimView { claim, sides });
    }
    Ok(views)
}

/// The form of a decision.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ClaimForm {
    /// Which row.
    pub claim: String,
    /// A settlement's code.
    pub settled: String,
    /// 理由
    pub reason: String,
}

impl ClaimForm {
    fn read(&self, now: Moment) -> Result<(StatementId, ClaimSettled, String), NotDone> {
        let mut fields = Fields::on(now);
        let claim: Option<Uuid> = fields.need_choice("settled", "要核对的记录", &self.claim);
        let settled: Option<ClaimSettled> = fields.need_choice("settled", "核对结果", &self.settled);
        let reason = fields.need_text("reason", "理由", &self.reason, 100);
        let read = claim.zip(settled).map(|(claim, settled)| (StatementId(claim), settled, reason));
        Ok(fields.finish(read)?)
    }
}

/// Settles a row: the same child's, and what it says is said of that child; or another's, and it is put aside.
pub async fn settle(
    services: &Services,
    actor: &Actor,
    sent: &Sending,
    child: ChildId,
    form: &ClaimForm,
) -> Outcome<String> {
    let mut write = services.db.write(actor).await?;
    let (claim, settled, reason) = match form.read(write.now()) {
        Ok(read) => read,
        Err(why) => return Ok(Err(why)),
    };
    let location = format!("/claims?done={}", settled.code());
    if let Err(before) = sent.take(&mut write, &location).await? {
        return Ok(Err(before));
    }
    if !stored::settle_claim(&mut write, child, claim, settled, &reason).await? {
        return Ok(Err(NotDone::fault("claim", "这条记录已经由他人核对过，没有保存。请返回名册查看现在的资料")));
    }
    if settled == ClaimSettled::SamePerson {
        stored::state_claim(&mut write, claim).await?;
        refresh_children(services, &mut write, &[child]).await?;
    }
    let event = Event::new(EventKind::ClaimSettled).child(child).with("claim", claim);
    write.commit(event.with("settled", settled.code()).with("reason", &reason)).await?;
    Ok(Ok(location))
}
