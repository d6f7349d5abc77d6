//! What `serve` and `demo` have in common: a port, a runtime, and an orderly stop.

use std::{future::Future, io::ErrorKind, net::TcpListener};

use tokio::{
    runtime::Runtime,
    signal::unix::{SignalKind, signal},
};

use crate::{
    app::Services,
    config::Config,
    jobs::{self, Runner},
    web::{self, Site, State},
};

use super::error::CliError;

/// Takes the port first of all, so that a port in use is said before anything is started.
pub(super) fn listen(config: &Config) -> Result<TcpListener, CliError> {
    TcpListener::bind(config.listen).map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => CliError::PortInUse(config.listen.port()),
        _ => CliError::Port(config.listen, error),
    })
}

/// The runtime; made only once the private Postgres is up.
pub(super) fn runtime() -> Result<Runtime, CliError> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(CliError::Runtime)
}

/// A running service's last step.
pub(super) struct Ready {
    pub(super) listener: TcpListener,
    pub(super) services: Services,
    pub(super) demo: bool,
}

/// Says what `announce` says, then serves until Ctrl-C or a supervisor's SIGTERM and lets the requests under way finish.
pub(super) async fn serve(
    config: &Config,
    ready: Ready,
    announce: impl FnOnce(&str) -> Result<(), CliError>,
) -> Result<(), CliError> {
    let site = Site {
        origin: config.origin.clone(),
        secure: config.origin.as_deref().is_some_and(|origin| origin.starts_with("https://")),
        proxies: config.proxies.clone(),
        demo: ready.demo,
    };
    // Heard from here on: whoever has read the announcement may stop us in good order.
    let stop = asked_to_stop()?;
    announce(&origin(config, &ready.listener))?;
    let db = ready.services.db.clone();
    // One signal stops both: no job is begun while the last requests are answered.
    let (told, mut hear) = tokio::sync::watch::channel(false);
    let stop = async move {
        stop.await;
        let _told = told.send(true);
    };
    let workers = Runner::new(ready.services.clone(), jobs::house());
    let workers = tokio::spawn(workers.run(async move {
        let _told = hear.changed().await;
    }));
    let served = web::serve(ready.listener, State::new(ready.services, site), stop).await;
    if let Err(error) = workers.await {
        tracing::error!(%error, "the workers crashed");
    }
    db.close().await;
    served.map_err(CliError::Runtime)
}

/// The address to type into a browser.
fn origin(config: &Config, listener: &TcpListener) -> String {
    let port = listener.local_addr().map_or(config.listen.port(), |address| address.port());
    let ip = config.listen.ip();
    let host = if ip.is_unspecified() { "127.0.0.1".to_owned() } else { ip.to_string() };
    config.origin.clone().unwrap_or_else(|| format!("http://{host}:{port}"))
}

fn asked_to_stop() -> Result<impl Future<Output = ()> + Send + 'static, CliError> {
    let mut interrupt = signal(SignalKind::interrupt()).map_err(CliError::Runtime)?;
    let mut terminate = signal(SignalKind::terminate()).map_err(CliError::Runtime)?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => (),
            _ = terminate.recv() => (),
        }
    })
}
