// Counts the tests in all JUnit reports of the build, names what failed or was skipped, and closes with one line.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folders = new Set(['surefire-reports', 'failsafe-reports', 'junit-reports']);
const skip = new Set(['node_modules', '.git', 'src', 'lib', 'classes', '.voltwin', '.voltwin-build']);

function* reports(folder, inside) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!skip.has(entry.name)) yield* reports(path, inside || folders.has(entry.name));
    } else if (inside && entry.name.endsWith('.xml') && !entry.name.includes('failsafe-summary')) {
      yield path;
    }
  }
}

let passed = 0;
const failed = [];
const skipped = [];
for (const path of reports('.', false)) {
  const text = readFileSync(path, 'utf8');
  for (const [, attributes, , body] of text.matchAll(/<testcase\b([^>]*?)(\/>|>([\s\S]*?)<\/testcase>)/g)) {
    const name = `${/classname="([^"]*)"/.exec(attributes)?.[1] ?? ''} ${/\bname="([^"]*)"/.exec(attributes)?.[1] ?? ''}`;
    if (/<(failure|error)\b/.test(body ?? '')) failed.push(name);
    else if (/<skipped\b/.test(body ?? '')) {
      const why = /<skipped[^>]*message="([^"]*)"/.exec(body)?.[1] ?? '';
      skipped.push(`${name}${why ? `: ${why}` : ''}`);
    } else passed++;
  }
}
for (const name of skipped) console.log(`skipped: ${name}`);
for (const name of failed) console.log(`FAILED: ${name}`);
console.log(`${passed} passed, ${failed.length} failed${skipped.length ? `, ${skipped.length} skipped` : ''}`);
process.exit(failed.length > 0 || passed === 0 ? 1 : 0);
