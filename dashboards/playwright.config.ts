import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

/**
 * `fake` runs against dev/fake-server.mjs, which it starts; `platform` against a running platform:
 * VOLTWIN_URL, VOLTWIN_USER, VOLTWIN_VIEWER and VOLTWIN_ADMIN with a password each (VOLTWIN_PASSWORD,
 * VOLTWIN_VIEWER_PASSWORD, VOLTWIN_ADMIN_PASSWORD), VOLTWIN_SCREENSHOTS (folder).
 */
const chromium = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const fakePort = Number(process.env['VOLTWIN_FAKE_PORT'] ?? 8610);
const viewerPort = fakePort + 1;
// Only the chosen project's servers are started.
const wantsPlatform = process.argv.some((arg) => arg.includes('platform')) || process.env['VOLTWIN_PROJECT'] === 'platform';

if (!existsSync(chromium)) {
  throw new Error(`There is no browser at ${chromium}: install Debian's package chromium, or set CHROMIUM.`);
}
// Workers load this file again without the arguments.
if (wantsPlatform) {
  process.env['VOLTWIN_PROJECT'] = 'platform';
}

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'target/e2e',
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  reporter: [
    ['list'],
    ['./e2e/closing-line.ts'],
    ['junit', { outputFile: process.env['VOLTWIN_E2E_REPORT'] ?? 'target/junit-reports/end-to-end.xml' }],
  ],
  use: {
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: chromium,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    {
      name: 'fake',
      testMatch: 'fake/**/*.spec.ts',
      timeout: 60_000,
      use: { baseURL: `http://127.0.0.1:${fakePort}` },
      metadata: { viewerUrl: `http://127.0.0.1:${viewerPort}` },
    },
    {
      name: 'platform',
      testMatch: 'platform/**/*.spec.ts',
      timeout: 240_000,
      use: { baseURL: process.env['VOLTWIN_URL'] ?? 'http://localhost:8000' },
    },
  ],
  webServer: wantsPlatform
    ? []
    : [
        { role: 'test-engineer', port: fakePort },
        { role: 'viewer', port: viewerPort },
      ].map(({ role, port }) => ({
        command: `node dev/fake-server.mjs --port ${port} --role ${role} --speed 3`,
        url: `http://127.0.0.1:${port}/config.json`,
        reuseExistingServer: false,
        timeout: 20_000,
      })),
});
