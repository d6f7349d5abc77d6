// Starts the program a journey runs against: the demo on a data folder of its own, and stops it again.
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';

const binary = join(process.env.CARGO_TARGET_DIR ?? 'target', 'debug', 'quanxue');

/** A folder the database user can enter, also when we are root. */
function folder() {
  const path = mkdtempSync(join(tmpdir(), 'quanxue-browser-'));
  chmodSync(path, 0o755);
  return path;
}

/** Runs `quanxue demo` on `data`; resolves with what it says once it serves. */
function run(data, { now, env = {} } = {}) {
  const child = spawn(binary, ['demo', '--port', '0', '--format', 'json'], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, QUANXUE_LOG: 'warn', QUANXUE_DATA: data, ...(now && { QUANXUE_NOW: now }), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let complained = '';
  child.stderr.on('data', chunk => { complained += chunk; });
  const stopped = new Promise(resolve => child.on('exit', code => resolve(code)));
  const ready = new Promise((resolve, reject) => {
    child.stdout.on('data', chunk => {
      said += chunk;
      // Before it is ready it says how far the filling has come.
      const line = said.split('\n').slice(0, -1).find(one => one.startsWith('{'));
      if (line) resolve(JSON.parse(line));
    });
    stopped.then(code => reject(new Error(`quanxue demo ended with ${code}: ${complained}`)));
  });
  const stop = async () => {
    child.kill('SIGINT');
    const code = await stopped;
    if (code !== 0) throw new Error(`quanxue demo ended with ${code}: ${complained}`);
  };
  return ready.then(({ origin, accounts }) => ({ origin, accounts, stop, log: () => complained }));
}

/** The filled demo, made once for all files of a run and copied for each: a journey may change what it likes. */
async function filled() {
  const shared = process.env.QUANXUE_TEST_FOLDER;
  if (!shared) return folder();
  const model = join(shared, 'filled');
  if (!existsSync(model)) {
    const making = join(shared, 'filling');
    rmSync(making, { recursive: true, force: true });
    execFileSync('mkdir', ['-m', '755', '-p', making]);
    await (await run(making)).stop();
    execFileSync('mv', [making, model]);
  }
  const copy = folder();
  execFileSync('cp', ['-a', `${model}/.`, copy]);
  return copy;
}

/**
 * Starts a demo of its own for one test file.
 * `now` sets its clock, as QUANXUE_NOW does; `env` adds variables.
 * Gives { origin, account(roleOrLogin), log(), goOn(now), stop() }; an account is { role, login, password, … }.
 */
export async function startProgram(options = {}) {
  const data = await filled();
  let running = await run(data, options);
  return {
    get origin() { return running.origin; },
    get accounts() { return running.accounts; },
    log: () => running.log(),
    account(name) {
      const { accounts } = running;
      const account = accounts.find(one => one.login === name) ?? accounts.find(one => one.role === name);
      if (!account) throw new Error(`no account for ${name}; there are: ${accounts.map(one => one.role).join(', ')}`);
      return account;
    },
    /** Stops it and starts it again on the same data on a later day; screens opened before are of no use any more. */
    async goOn(now) {
      await running.stop();
      running = await run(data, { ...options, now });
    },
    async stop() {
      await running.stop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}
