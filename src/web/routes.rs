//! Every route in one readable list.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{MethodRouter, get, post};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;

use super::failure::Failure;
use super::pages::{
    accounts, audit, balance, calendar, case, case_acts, case_new, case_steps, cases, catchments, charge, charges,
    check, check_sheet, checks, checks_cases, child, child_form, children, claims, evidence, export_requests, exports,
    files, flags, help, imports, jobs, merge, mine, papers, policy, school_days, search, sign_in, today, unit, units,
    user, user_new, user_sheet, users, visit, visit_new,
};
use super::state::State;
use super::{assets, guard, patience};

/// A form's body at most; routes that take files say more.
const FORM_BODY: usize = 1024 * 1024;

macro_rules! routes {
    ($($path:literal => $handler:expr),+ $(,)?) => {
        /// Every route's address, for the tests that try each as every role.
        pub const ROUTES: &[&str] = &[$($path),+];

        fn all() -> Vec<(&'static str, MethodRouter<State>)> {
            vec![$(($path, $handler)),+]
        }
    };
}

routes! {
    "/static/{edition}/{name}" => get(assets::serve),
    "/healthz" => get(help::healthz),
    "/help" => get(help::help),
    "/sign-in" => get(sign_in::form).post(sign_in::submit),
    "/sign-out" => post(sign_in::sign_out),
    "/appointments" => get(sign_in::appointments).post(sign_in::choose),
    "/password" => get(sign_in::password).post(sign_in::change_password),
    "/" => get(today::today),
    "/search" => post(search::ask),
    "/search/{sealed}" => get(search::found),
    "/cases" => get(cases::list),
    "/cases/{id}" => get(case::show),
    "/cases/{id}/confirm" => get(case_acts::confirm).post(case_acts::confirm_it),
    "/cases/{id}/plan" => get(case_acts::plan).post(case_acts::plan_it),
    "/cases/{id}/propose" => get(case_acts::propose).post(case_acts::propose_it),
    "/cases/{id}/decide/{one}" => get(case_acts::decide).post(case_acts::decide_it).layer(DefaultBodyLimit::disable()),
    "/cases/{id}/steps/{rung}" => get(case_steps::record).post(case_steps::record_it).layer(DefaultBodyLimit::disable()),
    "/cases/{id}/steps/{rung}/skip" => get(case_steps::skip).post(case_steps::skip_it),
    "/cases/{id}/skips/{one}" => get(case_steps::decide).post(case_steps::decide_it),
    "/cases/{id}/return" => get(case_acts::back).post(case_acts::back_it),
    "/cases/{id}/strike-off" => get(case_acts::strike).post(case_acts::strike_it),
    "/cases/{id}/reopen" => get(case_acts::again).post(case_acts::again_it),
    "/cases/{id}/aftercare/{days}" => get(case_acts::care).post(case_acts::care_it),
    "/papers/{id}/expiry" => get(case_acts::verify).post(case_acts::verify_it),
    "/cases/{id}/visits/new" => get(visit_new::form),
    "/cases/{id}/visits" => post(visit_new::submit).layer(DefaultBodyLimit::disable()),
    "/visits/{id}" => get(visit::show),
    "/visits/{id}/correct" => get(visit_new::correction).post(visit_new::correct).layer(DefaultBodyLimit::disable()),
    "/visits/{id}/files" => post(visit::file).layer(DefaultBodyLimit::disable()),
    "/visits/{id}/taken" => post(visit::taken),
    "/children" => get(children::list),
    "/children/new" => get(child_form::new).post(child_form::register),
    "/children/{id}" => get(child::show),
    "/children/{id}/correct" => get(child_form::correction).post(child_form::correct),
    "/children/{id}/flags" => get(flags::show).post(flags::set),
    "/children/{id}/flags/end" => post(flags::end),
    "/children/{id}/merge" => get(merge::show).post(merge::submit),
    "/children/{id}/merge/undo" => post(merge::undo),
    "/claims" => get(claims::list),
    "/children/{id}/claims" => get(claims::show).post(claims::settle),
    "/children/{id}/cases/new" => get(case_new::form).post(case_new::submit),
    "/children/{id}/reveal" => post(child::reveal),
    "/balance" => get(balance::show),
    "/exports/requests" => get(export_requests::list),
    "/exports/requests/{id}" => get(export_requests::show),
    "/exports/requests/{id}/decide" => post(export_requests::decide),
    "/exports/requests/{id}/take" => post(export_requests::take),
    "/exports/{list}/ask" => post(exports::ask),
    "/exports/{list}" => get(exports::form).post(exports::take),
    "/checks" => get(checks::list),
    "/checks/send" => post(checks::send),
    "/checks/cases" => post(checks_cases::confirm),
    "/checks/cases/open" => post(checks_cases::open),
    "/checks/sheet" => get(check_sheet::form).post(check_sheet::bring).layer(DefaultBodyLimit::disable()),
    "/checks/sheet/out" => post(check_sheet::out),
    "/checks/sheet/{id}" => get(check_sheet::show),
    "/checks/sheet/{id}/take" => post(check_sheet::take),
    "/checks/sheet/{id}/faults.xlsx" => get(check_sheet::faults),
    "/checks/{id}" => get(check::show),
    "/checks/{id}/send" => post(check::send_one),
    "/checks/{id}/answers" => post(check::answer),
    "/checks/{id}/settle" => post(check::settle),
    "/checks/{id}/same" => post(check::same),
    "/checks/{id}/reopen" => post(check::reopen),
    "/imports" => get(imports::list).post(imports::bring).layer(DefaultBodyLimit::disable()),
    "/imports/{id}" => get(imports::show),
    "/imports/{id}/accept" => post(imports::accept),
    "/imports/{id}/undo" => post(imports::undo),
    "/imports/{id}/faults.xlsx" => get(imports::faults),
    "/compare" => post(imports::compare),
    "/papers" => get(papers::list::list),
    "/papers/print" => post(papers::list::print),
    "/papers/batches/{id}" => get(papers::batch::show),
    "/papers/batches/{id}/pdf" => get(papers::batch::pdf),
    "/papers/series" => get(papers::series::show).post(papers::series::submit),
    "/papers/{id}" => get(papers::one::show),
    "/papers/{id}/preview.pdf" => get(papers::one::preview),
    "/papers/{id}/edit" => get(papers::draft::change).post(papers::draft::change_it),
    "/papers/{id}/issue" => get(papers::issue::form).post(papers::issue::submit),
    "/papers/{id}/print" => post(papers::one::print),
    "/papers/{id}/void" => post(papers::one::void),
    "/papers/{id}/discard" => post(papers::one::discard),
    "/papers/{id}/services/new" => get(papers::service::form).post(papers::service::submit).layer(DefaultBodyLimit::disable()),
    "/cases/{id}/print" => post(papers::along::print),
    "/cases/{id}/papers/new" => get(papers::draft::form).post(papers::draft::submit),
    "/mine" => get(mine::mine),
    "/mine/print-size" => post(mine::print_size),
    "/mine/sessions/{id}/end" => post(mine::end_session),
    "/mine/kept/{id}" => get(mine::kept_form),
    "/mine/kept/{id}/send" => post(mine::send_form),
    "/mine/kept/{id}/forget" => post(mine::forget_form),
    "/users" => get(users::list),
    "/users/find" => post(users::find),
    "/users/new" => get(user_new::form).post(user_new::submit),
    "/users/sheet" => get(user_sheet::form).post(user_sheet::bring).layer(DefaultBodyLimit::disable()),
    "/users/sheet/template.xlsx" => get(user_sheet::template),
    "/users/sheet/make" => post(user_sheet::make),
    "/users/sheet/receipt.xlsx" => post(user_sheet::receipt),
    "/users/{id}" => get(user::one).post(user::change),
    "/users/{id}/posts" => post(user::appoint),
    "/users/{id}/posts/{post}" => post(user::last_day),
    "/users/{id}/password" => post(user::reset),
    "/users/{id}/disable" => post(user::disable),
    "/users/{id}/enable" => post(user::enable),
    "/accounts" => get(accounts::show),
    "/accounts/find" => post(accounts::find),
    "/accounts/{id}/unlock" => post(accounts::unlock),
    "/accounts/{id}/sessions" => post(accounts::end_sessions),
    "/accounts/{id}/disable" => post(accounts::disable),
    "/accounts/{id}/enable" => post(accounts::enable),
    "/audit" => get(audit::show),
    "/audit/mine" => get(audit::mine),
    "/audit/person" => post(audit::find),
    "/audit/verify" => post(audit::verify),
    "/calendar" => get(calendar::show),
    "/calendar/terms" => post(calendar::set_term),
    "/calendar/terms/{id}/remove" => post(calendar::remove_term),
    "/calendar/days" => post(calendar::set_days),
    "/calendar/days/{from}/{until}/remove" => post(calendar::remove_days),
    "/calendar/school-days" => post(school_days::set),
    "/calendar/school-days/{from}/{until}/remove" => post(school_days::remove),
    "/charges" => get(charges::list),
    "/charges/fill" => post(charges::fill),
    "/charges/{unit}/{post}" => get(charge::one).post(charge::set),
    "/charges/{unit}/{post}/end" => post(charge::end),
    "/policy" => get(policy::show::show),
    "/policy/compare" => get(policy::compare::show),
    "/policy/trial" => get(policy::trial::show).post(policy::trial::play),
    "/policy/drafts" => post(policy::draft::submit),
    "/policy/drafts/new" => get(policy::draft::form),
    "/policy/drafts/{id}" => get(policy::decide::show),
    "/policy/drafts/{id}/cases" => get(policy::names::show),
    "/policy/drafts/{id}/decide" => post(policy::decide::decide),
    "/policy/drafts/{id}/weigh" => post(policy::decide::weigh),
    "/policy/drafts/{id}/withdraw" => post(policy::decide::withdraw),
    "/units" => get(units::trees),
    "/units/catchments" => get(catchments::show).post(catchments::save),
    "/units/{id}" => get(unit::one),
    "/units/{id}/below" => post(unit::add),
    "/units/{id}/name" => post(unit::rename),
    "/units/{id}/above" => post(unit::hang),
    "/units/{id}/close" => post(unit::close),
    "/cases/{id}/evidence" => get(evidence::list).post(evidence::add),
    "/evidence/{id}/withdraw" => post(evidence::withdraw),
    "/files/{id}" => get(files::display),
    "/files/{id}/thumb" => get(files::thumb),
    "/files/{id}/original" => get(files::original),
    "/jobs/{id}" => get(jobs::job),
    "/jobs/{id}/state" => get(jobs::job_state),
}

/// The whole application.
pub fn router(state: State) -> Router {
    framed(pages(), state)
}

/// Every route, with nothing in front of it yet.
pub fn pages() -> Router<State> {
    all().into_iter().fold(Router::new(), |router, (path, handler)| router.route(path, handler))
}

/// Puts in front of routes what every one of them has: the guard, limits, and a page for whatever fails.
pub fn framed(routes: Router<State>, state: State) -> Router {
    routes
        .fallback(|| async { Failure::NotFound })
        .method_not_allowed_fallback(|| async { Failure::NotFound })
        .layer(DefaultBodyLimit::max(FORM_BODY))
        .layer(CatchPanicLayer::custom(guard::panicked))
        .layer(from_fn(patience::patience))
        .layer(from_fn_with_state(state.clone(), guard::guard))
        .layer(from_fn(patience::to_the_end))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, patience::LAST))
        .layer(CompressionLayer::new())
        .layer(CatchPanicLayer::custom(guard::panicked))
        .with_state(state)
}
