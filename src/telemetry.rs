//! The program's log: for people in development, JSON in production, on standard error.
//!
//! It is read by those who run machines, not by those who may see children: say ids, counts and kinds, never a name, a
//! number, a telephone or what somebody typed.

use std::io::IsTerminal;

use tracing_subscriber::{EnvFilter, Registry, fmt, layer::SubscriberExt, util::SubscriberInitExt};

use crate::config::{Config, ConfigError, Stage};

/// Sets the log up, once for the process. Errors when `QUANXUE_LOG` cannot be read as a filter.
pub fn start(config: &Config) -> Result<(), ConfigError> {
    let filter = EnvFilter::try_new(&config.log).map_err(|error| {
        ConfigError(vec![format!("QUANXUE_LOG={} 不能用：{error}。例如可写 info 或 quanxue=debug,info。", config.log)])
    })?;
    let log = Registry::default().with(filter);
    let started = match config.stage {
        Stage::Production => log.with(fmt::layer().json().flatten_event(true).with_writer(std::io::stderr)).try_init(),
        Stage::Development => {
            let colours = std::io::stderr().is_terminal();
            log.with(fmt::layer().compact().with_ansi(colours).with_writer(std::io::stderr)).try_init()
        }
    };
    if started.is_ok() {
        report_panics(config.stage);
    }
    Ok(())
}

/// A panic goes to the log like any other failure; in production without its message, which may hold what was typed.
fn report_panics(stage: Stage) {
    std::panic::set_hook(Box::new(move |info| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        match stage {
            Stage::Production => tracing::error!(place, "panic"),
            Stage::Development => tracing::error!(place, "panic: {info}"),
        }
    }));
}
