// A stand-in for the platform's HTTP side, for developing and testing the pages: same paths and shapes, scripted runs,
// no sign-in. Listens on 127.0.0.1 only. The real server always checks tokens; this one is in no package.
// Usage: node dev/fake-server.mjs [--port N] [--web FOLDER] [--role test-engineer|viewer] [--speed X] [--issuer URL]
// With --issuer the pages sign in there for real; the token's roles are then believed, not checked: this is a fake.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { FakeModels } from './fake-models.mjs';
import { World } from './fake-world.mjs';

const args = process.argv.slice(2);
const option = (name, otherwise) => {
  const at = args.indexOf(`--${name}`);
  return at < 0 ? otherwise : args[at + 1];
};
const port = Number(option('port', '8010'));
const web = option('web', 'target/classes/dashboards');
const role = option('role', 'test-engineer');
const issuer = option('issuer', null);
const keycloak = issuer === null ? 'http://localhost:8180' : new URL(issuer).origin;
const world = new World(Number(option('speed', '1')));
const models = new FakeModels();

const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2' };
// As the gateway sends it, so that a breach shows up here already.
const POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:;" +
  ` connect-src 'self' ${keycloak}; frame-src ${keycloak}; frame-ancestors 'none'; base-uri 'self'; form-action 'self' ${keycloak}`;

/** Claims of the request's token; null when there is none or it has expired. */
function claims(request) {
  const token = /^Bearer [^.]+\.([^.]+)\./.exec(request.headers.authorization ?? '')?.[1];
  if (token === undefined) return null;
  const found = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
  return found.exp * 1000 > Date.now() ? found : null;
}

function json(response, status, body, type = 'application/json') {
  response.writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(body));
}

function problem(response, status, code, detail, remedy, retryHelps = false) {
  json(response, status, { type: 'about:blank', title: 'Refused', status, code, detail, remedy, retryHelps }, 'application/problem+json');
}

/** Live updates: everything now, then what changes. */
function live(request, response, first, subscribe) {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  const send = (event, data) => response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  first(send);
  const end = subscribe(send);
  const beat = setInterval(() => response.write(': still here\n\n'), 15_000);
  request.on('close', () => {
    clearInterval(beat);
    end();
  });
}

async function body(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return JSON.parse(Buffer.concat(parts).toString('utf8'));
}

async function api(request, response, url) {
  const path = url.pathname;
  const events = (request.headers.accept ?? '').includes('text/event-stream');
  const q = url.searchParams;
  const parts = path.split('/').map(decodeURIComponent);
  const user = issuer === null ? { preferred_username: 'dev', realm_access: { roles: [role] } } : claims(request);
  if (user === null) return problem(response, 401, 'access.token', 'There is no valid token.', 'Sign in again.');
  const roles = user.realm_access?.roles ?? [];
  if (path === '/api/me') return json(response, 200, { name: user.preferred_username, roles });
  if (path === '/api/catalogue') return json(response, 200, world.catalogue());
  if (path === '/api/catalogue/test-names') return json(response, 200, world.testNames(q.get('uut'), q.get('useCase'), q.get('standard')));
  if (path === '/api/health/components') {
    return events
      ? live(request, response, (send) => send('health', world.health()), () => () => {})
      : json(response, 200, world.health());
  }
  if (path === '/api/requests' && request.method === 'POST') {
    if (!roles.includes('test-engineer') && !roles.includes('lab-admin')) return problem(response, 403, 'access.role', 'Your roles do not allow this.', 'Ask a lab administrator.');
    const wanted = await body(request);
    if (new Date(wanted.preferredDate) < new Date()) {
      return problem(response, 400, 'request.date_past', 'The preferred date is in the past.', 'Choose a later date.');
    }
    if (wanted.requesterName === 'refuse me') {
      return problem(response, 400, 'request.unknown_uut', `There is no unit under test '${wanted.uut}'.`, 'Choose one of the catalogue.');
    }
    const test = world.file(wanted);
    return json(response, 201, { uuid: test.uuid, id: test.id });
  }
  if (path === '/api/requests' && events) {
    const rows = () => new Map(world.requests().map((row) => [row.uuid, row]));
    return live(request, response, (send) => [...rows().values()].reverse().forEach((row) => send('request', row)), (send) => world.on('test', (test) => send('request', rows().get(test.uuid))));
  }
  if (path === '/api/requests') return json(response, 200, { items: world.requests(), total: world.tests.length, page: 0, size: 200 });
  if (parts[2] === 'requests' && request.method === 'DELETE') {
    world.cancel(parts[3]);
    return json(response, 202, { uuid: parts[3] });
  }
  if (parts[2] === 'requests') {
    const row = world.requests().find((one) => one.uuid === parts[3] || one.id === parts[3]);
    return row ? json(response, 200, row) : problem(response, 404, 'request.not_found', `There is no request '${parts[3]}'.`, 'Look at the list.');
  }
  if (path === '/api/tests') {
    return events
      ? live(
          request,
          response,
          (send) => world.tests.forEach((t) => send('test', world.row(t))),
          (send) => world.on('test', (t) => send('test', world.row(t))),
        )
      : json(response, 200, { items: world.tests.map((t) => world.row(t)).reverse(), total: world.tests.length, page: 0, size: 50 });
  }
  if (path === '/api/tests/analytics') {
    return events
      ? live(request, response, (send) => send('analytics', world.analytics()), (send) => world.on('test', () => send('analytics', world.analytics())))
      : json(response, 200, world.analytics());
  }
  if (parts[2] === 'tests') {
    const test = world.find(parts[3]);
    if (!test) return problem(response, 404, 'test.not_found', `There is no test '${parts[3]}'.`, 'Look at the list of tests.');
    if (parts[4] === 'results') return results(request, response, test.stream, events, q);
    return events
      ? live(
          request,
          response,
          (send) => send('test', world.details(test)),
          (send) => world.on('test', (t) => t === test && send('test', world.details(test))),
        )
      : json(response, 200, world.details(test));
  }
  if (path === '/api/measurements') return json(response, 200, { items: world.measurements() });
  if (parts[2] === 'measurements') {
    const stream = world.streams.find((s) => s.thing === parts[3] && s.name === parts[4]);
    return stream ? results(request, response, stream, events, q) : problem(response, 404, 'stream.not_found', 'There is no such stream.', 'Look at the list.');
  }
  if (parts[2] === 'models') {
    return models.answer(request, response, parts.slice(3).join('/'), events, { json, problem, live });
  }
  if (path === '/api/schedule') {
    return events
      ? live(request, response, (send) => send('schedule', world.schedule()), (send) => world.on('test', () => send('schedule', world.schedule())))
      : json(response, 200, world.schedule());
  }
  return problem(response, 404, 'http.not_found', `There is no ${path}.`, 'See /api/openapi.json.');
}

function results(request, response, stream, events, q) {
  const from = Number(q.get('from') ?? 0);
  const to = Number(q.get('to') ?? Number.MAX_SAFE_INTEGER);
  const points = Number(q.get('points') ?? 1000);
  const names = q.get('variables')?.split(',') ?? null;
  if (!events) return json(response, 200, world.results(stream, from, to, points, names));
  let sent = 0;
  const tell = (send) => {
    send('samples', world.results(stream, sent, to, points, names));
    sent = stream.rows.length;
  };
  return live(request, response, tell, (send) => world.on('rows', (s) => s === stream && tell(send)));
}

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const failed = (error) => {
    console.error(error);
    if (!response.headersSent) problem(response, 500, 'fake.error', String(error), '');
  };
  if (url.pathname === '/config.json') {
    json(response, 200, { issuer, clientId: 'voltwin-dashboards', realm: 'voltwin' });
  } else if (url.pathname.startsWith('/api/')) {
    api(request, response, url).catch(failed);
  } else {
    file(url.pathname, response).catch(failed);
  }
});

async function file(path, response) {
  const name = normalize(path).replace(/^(\.\.[/\\])+/, '');
  const known = extname(name) !== '';
  const content = await readFile(join(web, known ? name : 'index.html')).catch(() => readFile(join(web, 'index.html')));
  response.writeHead(200, { 'Content-Type': known ? (TYPES[extname(name)] ?? 'application/octet-stream') : TYPES['.html'], 'Content-Security-Policy': POLICY });
  response.end(content);
}

server.listen(port, '127.0.0.1', () => console.log(`Fake platform on http://127.0.0.1:${server.address().port} as ${role}`));
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => process.exit(0));
