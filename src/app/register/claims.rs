//! 核对号码: a row whose number belongs to a child of another name, side by side with it, and what a person decides.

use serde::Deserialize;
use uuid::Uuid;

use super::clerk::{holder, say};
use super::refresh::{open_secret, refresh_children};
use super::view::{counts, facts};
use crate::app::sending::{NotDone, Outcome, Sending};
use crate::app::{AppError, Services};
use crate::db::register::{self as stored, NewChild, OpenClaim};
use crate::db::{Door as _, Read, Write};
use crate::domain::actor::Actor;
use crate::domain::event::{Event, EventKind};
use crate::domain::fields::Fields;
use crate::domain::ids::{ChildId, StatementId};
use crate::domain::moment::Moment;
use crate::domain::register::{Emptied, Entry, Said, Secret, fields};
use crate::domain::words::ClaimSettled;
use crate::vault::{CountyKey, Index};

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
    for mut claim in stored::open_claims(read, Some(child), (MOST, 0)).await? {
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

/// Rows of one child that are laid before a person at a time.
const MOST: i64 = 200;

/// Settles a row: the same child's, and what it says is said of that child; another's, and it is put aside; or another's
/// whose number it is, and it becomes a child of its own.
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
    let waiting = stored::open_claims(&mut write, Some(child), (MOST, 0)).await?;
    if !stored::settle_claim(&mut write, child, claim, settled, &reason).await? {
        return Ok(Err(NotDone::fault("claim", "这条记录已经由他人核对过，没有保存。请返回名册查看现在的资料")));
    }
    let event = Event::new(EventKind::ClaimSettled).child(child).with("claim", claim);
    let mut events = vec![event.with("settled", settled.code()).with("reason", &reason)];
    match settled {
        ClaimSettled::SamePerson => {
            stored::state_claim(&mut write, claim, child).await?;
            refresh_children(services, &mut write, &[child]).await?;
        }
        ClaimSettled::OtherPerson => {}
        ClaimSettled::RowOwns => {
            let Some(row) = waiting.into_iter().find(|row| row.id == claim) else {
                return Ok(Err(NotDone::fault(
                    "claim",
                    "这条记录已经由他人核对过，没有保存。请返回名册查看现在的资料",
                )));
            };
            match give_number(services, &mut write, &row, &reason).await? {
                Ok(made) => events.push(Event::new(EventKind::ChildMade).child(made).with("claim", claim)),
                Err(why) => return Ok(Err(why)),
            }
        }
    }
    write.commit_all(events).await?;
    services.units_changed(actor.county);
    Ok(Ok(location))
}

/// Makes a child of a row whose number was another's: that one's number is said to be empty, with the reason.
async fn give_number(services: &Services, write: &mut Write, row: &OpenClaim, reason: &str) -> Outcome<ChildId> {
    let key = services.key(write.county()).await?;
    let secret = open_secret(&key, row.id, &row.sealed)?;
    let (said, made) = (&row.said, ChildId::new());
    let (Some(number), Some(sex), Some(birth)) = (secret.idno.clone(), said.sex, said.birth) else {
        let why = "这一行没有写全性别、出生日期或号码，不能另建档案。请来源补全后重新导入";
        return Ok(Err(NotDone::fault("settled", why)));
    };
    write.widen().await?;
    let (_, held) = counts(&facts(services, write, row.child).await?);
    if held.idno.as_ref() == Some(&number) {
        let empty = Said { emptied: vec![Emptied::Number], ..Said::default() };
        let entry =
            Entry {
                said: empty, secret: Secret::default(), reason: format!("核对号码，属另一名儿童：{reason}")
            };
        say(services, write, &key, row.child, &entry).await?;
    } else {
        refresh_children(services, write, &[row.child]).await?;
    }
    if holder(services, write, &secret, None).await?.is_some() {
        return Ok(Err(NotDone::fault("settled", "这个号码现在属于另一份档案。请返回名册，核对后再决定")));
    }
    let index = key.index(Index::IdentityNumber, &number);
    let new = NewChild { id: made, name: row.name.clone(), sex, birth, index: Some(index) };
    stored::insert_children(write, &[new]).await?;
    stored::state_claim(write, row.id, made).await?;
    take_along(write, &key, row, (made, &number), reason).await?;
    refresh_children(services, write, &[made]).await?;
    write.narrow().await?;
    Ok(Ok(made))
}

/// The other rows that wait for the same number wait at the child that has it now; those of its name are its own.
async fn take_along(
    write: &mut Write,
    key: &CountyKey,
    row: &OpenClaim,
    (made, number): (ChildId, &str),
    reason: &str,
) -> Result<(), AppError> {
    for other in stored::open_claims(write, Some(row.child), (MOST, 0)).await? {
        if open_secret(key, other.id, &other.sealed)?.idno.as_deref() != Some(number) {
            continue;
        }
        if other.name == row.name {
            stored::settle_claim(write, row.child, other.id, ClaimSettled::RowOwns, reason).await?;
            stored::state_claim(write, other.id, made).await?;
        } else {
            stored::move_claim(write, other.id, made).await?;
        }
    }
    Ok(())
}
