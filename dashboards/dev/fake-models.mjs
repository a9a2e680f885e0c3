// The fake platform's models exchange: a few folders and files, the log, refusals, keys. It checks no roles.
import { createHash } from 'node:crypto';

const MODEL = 'performance-ageing/cell/gen3b/physics-based/LgM50_1.1.0';

export class FakeModels {
  files = new Map();
  log = [];
  refused = [];
  keys = [];
  listeners = new Set();

  constructor() {
    this.store(`${MODEL}/battery.fmu`, Buffer.from('battery'));
    this.store(`${MODEL}/connections.json`, Buffer.from('[]'));
    this.store('safety-reliability/pack/gen3b/data-driven/Overcharge_1.0.fmu', Buffer.from('overcharge'));
  }

  tell(did, path, more = {}) {
    const entry = { at: new Date().toISOString(), who: 'mona', door: 'web', did, path, ...more };
    this.log.unshift(entry);
    this.listeners.forEach((listener) => listener(entry));
  }

  store(path, content) {
    const sha256 = createHash('sha256').update(content).digest('hex');
    this.files.set(path, { content, sha256, modifiedAt: new Date().toISOString() });
    this.tell('upload', path, { sha256, sizeBytes: content.length });
    return { path, sha256 };
  }

  listing(folder) {
    const prefix = folder === '' ? '' : `${folder}/`;
    const items = new Map();
    for (const [path, file] of this.files) {
      if (!path.startsWith(prefix)) continue;
      const [name, ...below] = path.slice(prefix.length).split('/');
      const item = { name, path: prefix + name, type: below.length > 0 ? 'folder' : 'file', modifiedAt: file.modifiedAt };
      if (below.length === 0) Object.assign(item, { sizeBytes: file.content.length, sha256: file.sha256 });
      if (below.length === 0 && name.endsWith('.fmu')) {
        item.fmu = { modelName: 'LgM50Battery', fmiVersion: '3.0', version: '1.1.0', description: 'Equivalent circuit of a cell' };
      }
      items.set(name, item);
    }
    return { path: folder, items: [...items.values()].sort((a, b) => a.name.localeCompare(b.name)) };
  }

  /** Answers everything below /api/models. */
  async answer(request, response, path, events, { json, problem, live }) {
    if (path === '' && events) {
      return live(request, response, (send) => send('connected', {}), (send) => {
        const listener = (entry) => send('model', entry);
        this.listeners.add(listener);
        return () => this.listeners.delete(listener);
      });
    }
    if (path === 'log') return json(response, 200, { entries: this.log });
    if (path === 'refused') return json(response, 200, { items: this.refused });
    if (path === 'keys' && request.method === 'GET') return json(response, 200, { keys: this.keys });
    const file = this.files.get(path);
    if (request.method === 'PUT') {
      const parts = [];
      for await (const part of request) parts.push(part);
      const content = Buffer.concat(parts);
      if (content.toString().startsWith('bad')) {
        const refusal = { id: String(this.refused.length), at: new Date().toISOString(), who: 'mona', door: 'sftp', path, sizeBytes: content.length, code: 'fmu.not_a_zip', cause: `${path}: The file is no ZIP archive.`, remedy: 'Export or copy it again.' };
        this.refused.unshift(refusal);
        this.tell('refuse', path, { code: refusal.code });
        return problem(response, 400, refusal.code, refusal.cause, refusal.remedy);
      }
      return json(response, 201, this.store(path, content));
    }
    if (request.method === 'GET' && file === undefined) return json(response, 200, this.listing(path));
    if (request.method === 'GET') {
      response.writeHead(200, { 'Content-Type': 'application/octet-stream' });
      return response.end(file.content);
    }
    return problem(response, 404, 'models.not_found', `The models exchange has no '${path}'.`, 'Look at the listing of the folder above it.');
  }
}
