//! 合并档案: two files of one child laid side by side, made one with a reason, and taken back as they were.

use serde::Deserialize;

use super::clerk::{holder, say};
use super::refresh::refresh_children;
use super::view::{counts, facts};
use crate::app::checks::project;
use crate::app::sending::{NotDone, Outcome, Sending};
use crate::app::{AppError, Services};
use crate::db::checks::{self, CheckLine};
use crate::db::register::{self as stored, ChildPage};
use crate::db::{Door, Write};
use crate::domain::actor::Actor;
use crate::domain::event::{Event, EventKind};
use crate::domain::fields::Fields;
use crate::domain::ids::{CheckId, ChildId, MergeId};
use crate::domain::moment::day_of;
use crate::domain::register::{Entry, Said, Secret, StatementFact, fields};

/// A field of both files, and what counts of them together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergeLine {
    /// The field.
    pub name: &'static str,
    /// Of the file that stays.
    pub stays: String,
    /// Of the file that goes.
    pub goes: String,
    /// Of both together.
    pub then: String,
}

/// Two files side by side.
#[derive(Debug)]
pub struct MergeView {
    /// The file that stays.
    pub stays: ChildPage,
    /// The file that goes into it.
    pub goes: ChildPage,
    /// Field by field; numbers masked.
    pub lines: Vec<MergeLine>,
    /// How many statements each has.
    pub statements: (usize, usize),
    /// Why they cannot be merged.
    pub refused: Option<&'static str>,
    /// The number that counts of either, where their statements together would say none.
    number: Option<String>,
}

/// Lays two files side by side; the one with a case stays, else the registered one, else the one with a number.
pub async fn compare_files(
    services: &Services,
    db: &mut impl Door,
    (one, other): (ChildId, ChildId),
) -> Result<MergeView, AppError> {
    let first = stored::child_page(db, one).await?;
    let second = stored::child_page(db, other).await?;
    let weight = |child: &ChildPage| (child.case.is_some(), child.registered, child.idno_masked.is_some());
    let (stays, goes) = if weight(&second) > weight(&first) { (second, first) } else { (first, second) };
    let own = facts(services, db, stays.id).await?;
    let others = facts(services, db, goes.id).await?;
    let (left, right) = (counts(&own), counts(&others));
    let statements = (own.len(), others.len());
    let all: Vec<StatementFact> = own.into_iter().chain(others).collect();
    let mut then = counts(&all);
    let number = then.1.idno.is_none().then(|| left.1.idno.clone().or_else(|| right.1.idno.clone())).flatten();
    then.1.idno = then.1.idno.or_else(|| number.clone());
    let refused = refused(&stays, &goes, &left.1, &right.1);
    Ok(MergeView { lines: lines([left, right, then]), stays, goes, statements, refused, number })
}

fn refused(stays: &ChildPage, goes: &ChildPage, left: &Secret, right: &Secret) -> Option<&'static str> {
    if stays.id == goes.id {
        return Some("这是同一份档案，不用合并。");
    }
    if stays.merged_into.is_some() || goes.merged_into.is_some() {
        return Some("其中一份档案已经合并过，请返回名册打开现在的档案。");
    }
    if stays.case.is_some() && goes.case.is_some() {
        return Some(
            "两份档案都列过劝返对象，两案的文书和记录都要原样保留，不能合并。请由县里核对后，只在其中一案上继续办理。",
        );
    }
    match (&left.idno, &right.idno) {
        (Some(one), Some(other)) if one != other => {
            Some("两份档案的身份证号不同。确是同一人的，先在号码写错的那份档案上更正资料，把身份证号改为空，再来合并。")
        }
        _ => None,
    }
}

fn lines(sides: [(Said, Secret); 3]) -> Vec<MergeLine> {
    let [stays, goes, then] = sides.map(|(mut said, secret)| {
        // 信教, 服刑, 早婚 stand in the list of flags alone, for whoever may see them.
        said.flags.retain(|flag| !flag.restricted());
        fields(&said, &secret)
    });
    let all = stays.into_iter().zip(goes).zip(then);
    let lines = all.map(|(((name, stays), (_, goes)), (_, then))| MergeLine { name, stays, goes, then });
    lines.filter(|line| !(line.stays.is_empty() && line.goes.is_empty())).collect()
}

/// The form.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct MergeForm {
    /// The other file.
    pub with: String,
    /// The name by which the other file is looked for.
    pub name: String,
    /// The merge that is taken back.
    pub merge: String,
    /// 依据
    pub reason: String,
}

/// Merges two files of one child.
pub async fn merge_files(
    services: &Services,
    actor: &Actor,
    sent: &Sending,
    pair: (ChildId, ChildId),
    form: &MergeForm,
) -> Outcome<String> {
    let mut write = services.db.write(actor).await?;
    // Neither goes into a third, or gets a case, while the two are compared.
    stored::hold(&mut write, &<[ChildId; 2]>::from(pair)).await?;
    let view = compare_files(services, &mut write, pair).await?;
    let (from, into) = (view.goes.id, view.stays.id);
    let location = format!("/children/{into}?done=merged");
    if let Err(before) = sent.take(&mut write, &location).await? {
        return Ok(Err(before));
    }
    let mut read = Fields::on(write.now());
    let reason = read.need_text("reason", "依据", &form.reason, 100);
    if let Some(why) = view.refused {
        read.fault("reason", why);
    }
    let reason = match read.finish(Some(reason)) {
        Ok(reason) => reason,
        Err(faults) => return Ok(Err(faults.into())),
    };
    write.widen().await?;
    let moved = stored::merge(&mut write, from, into).await?;
    let closed = close_checks(&mut write, from).await?;
    let restated = match view.number {
        Some(number) => {
            let secret = Secret { idno: Some(number), ..Secret::default() };
            let entry = Entry { said: Said::default(), secret, reason: format!("合并档案：{reason}") };
            let key = services.key(actor.county).await?;
            Some(say(services, &mut write, &key, into, &entry).await?)
        }
        None => None,
    };
    stored::tell_merge(&mut write, (from, into), &moved, (&closed, restated), &reason).await?;
    refresh_children(services, &mut write, &[into, from]).await?;
    project(services, &mut write, &[into, from]).await?;
    write.narrow().await?;
    let event = Event::new(EventKind::ChildMerged).child(into).with("merged", from);
    write.commit(event.with("reason", &reason)).await?;
    services.units_changed(actor.county);
    Ok(Ok(location))
}

/// Closes the open checks of the file that goes: what is asked of the child is asked of the one that stays.
pub(crate) async fn close_checks(write: &mut Write, child: ChildId) -> Result<Vec<CheckId>, AppError> {
    let ids = checks::of_children(write, &[child]).await?;
    let open: Vec<CheckLine> = checks::some(write, &ids).await?;
    let mut closed = Vec::new();
    for check in open.into_iter().filter(|check| check.closed_at.is_none()) {
        if checks::close(write, check.id, None, "并入同一儿童的另一份档案").await? {
            closed.push(check.id);
        }
    }
    Ok(closed)
}

/// Takes a merge back: what was moved goes to its own file again; what came later stays with the file that stayed.
pub async fn undo_merge(
    services: &Services,
    actor: &Actor,
    sent: &Sending,
    child: ChildId,
    merge: Option<MergeId>,
) -> Outcome<String> {
    let mut write = services.db.write(actor).await?;
    let location = format!("/children/{child}?done=unmerged");
    if let Err(before) = sent.take(&mut write, &location).await? {
        return Ok(Err(before));
    }
    let standing = stored::merges(&mut write, child).await?;
    let Some(merge) = merge.filter(|id| standing.iter().any(|merge| merge.id == *id)) else {
        return Ok(Err(NotDone::fault("merge", "这次合并已经撤销，或不在这份档案上。请返回档案查看")));
    };
    if !stored::hold(&mut write, &[child]).await? {
        let why = "这份档案自己已经并入另一份档案。请打开现在的档案，先撤销那一次合并";
        return Ok(Err(NotDone::fault("merge", why)));
    }
    write.widen().await?;
    let (from, closed) = stored::take_back(&mut write, child, merge).await?;
    // First the number is free again, then its own file has it.
    refresh_children(services, &mut write, &[child]).await?;
    let (_, secret) = counts(&facts(services, &mut write, from).await?);
    if holder(services, &mut write, &secret, Some(from)).await?.is_some() {
        let why = "撤销后，原档案的身份证号与现在名册里另一份档案相同，没有撤销。请先更正那个号码";
        return Ok(Err(NotDone::fault("merge", why)));
    }
    stored::unmerge(&mut write, from).await?;
    for check in closed {
        checks::reopen(&mut write, check).await?;
    }
    refresh_children(services, &mut write, &[from]).await?;
    project(services, &mut write, &[child, from]).await?;
    let until = stored::hand_over_until(day_of(write.now()));
    stored::end_handover(&mut write, child, from, until).await?;
    write.narrow().await?;
    write.commit(Event::new(EventKind::ChildUnmerged).child(child).with("merged", from).with("merge", merge)).await?;
    services.units_changed(actor.county);
    Ok(Ok(location))
}
