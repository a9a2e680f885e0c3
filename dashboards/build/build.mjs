// Makes the web application for Maven, only as far as something changed: `npm ci` when package-lock.json did, the
// bundle when a source did. Usage: node build/build.mjs OUTPUT_FOLDER
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const home = dirname(dirname(fileURLToPath(import.meta.url)));
const output = resolve(process.argv[2] ?? join(home, 'target/classes/dashboards'));

function files(path) {
  return statSync(path).isDirectory() ? readdirSync(path).sort().flatMap((name) => files(join(path, name))) : [path];
}

function hash(paths) {
  const sum = createHash('sha256').update(process.version);
  for (const file of paths.flatMap((path) => files(join(home, path)))) {
    sum.update(file.slice(home.length)).update('\0').update(readFileSync(file)).update('\0');
  }
  return sum.digest('hex');
}

/** Does the work unless the stamp says that it was done with these inputs. */
function once(name, inputs, stamp, isThere, work) {
  const wanted = hash(inputs);
  if (isThere() && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) {
    return;
  }
  console.log(`dashboards: ${name}`);
  work();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}

function npm(...args) {
  execFileSync('npm', args, {
    cwd: home,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1', VOLTWIN_WEB_OUT: output, npm_config_loglevel: 'error', npm_config_update_notifier: 'false' },
  });
}

try {
  const install = ['package.json', 'package-lock.json'];
  once('npm ci', install, join(home, 'node_modules/.voltwin-stamp'), () => existsSync(join(home, 'node_modules/vite')), () =>
    npm('ci', '--no-audit', '--no-fund'),
  );
  once(
    'npm run build',
    [...install, 'src', 'public', 'index.html', 'vite.config.ts', 'tsconfig.json', 'e2e', 'playwright.config.ts'],
    join(home, 'target/web.stamp'),
    () => existsSync(join(output, 'index.html')),
    () => npm('run', '--silent', 'build', '--', '--logLevel', 'warn'),
  );
} catch (error) {
  console.error(`dashboards: the web application could not be built: ${error.message}`);
  process.exit(1);
}
