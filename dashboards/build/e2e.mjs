// Runs the end-to-end tests against the fake server when there is a browser, and says so when there is none.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const home = dirname(dirname(fileURLToPath(import.meta.url)));
const chromium = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
if (!existsSync(chromium)) {
  console.log(`dashboards: end-to-end tests SKIPPED: no browser at ${chromium}; install Debian's package chromium.`);
  process.exit(0);
}
const done = spawnSync('npx', ['--no-install', 'playwright', 'test', '--project=fake'], { cwd: home, stdio: 'inherit' });
process.exit(done.status ?? 1);
