//! Answers requests until it is told to stop.

use std::future::Future;
use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use super::routes::router;
use super::state::State;

/// How long requests that are under way may take once the program is told to stop.
const LAST_REQUESTS: Duration = Duration::from_secs(10);

/// Serves on a bound listener until `stop` is there and the requests under way are answered.
pub async fn serve(
    listener: TcpListener,
    state: State,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    listener.set_nonblocking(true)?;
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let (told, mut hear) = tokio::sync::watch::channel(());
    let stop = async move {
        stop.await;
        drop(told);
    };
    let service = router(state).into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(listener, service).with_graceful_shutdown(stop);
    let patience = async move {
        // The channel closes when the program is told to stop.
        let _closed = hear.changed().await;
        tokio::time::sleep(LAST_REQUESTS).await;
    };
    tokio::select! {
        ended = serving => ended,
        () = patience => Ok(()),
    }
}
