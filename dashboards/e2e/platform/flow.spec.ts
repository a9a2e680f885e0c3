import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { drawnPoints, expectAccessible, expectLive, expectNoSideScroll, fileRequest, followStages, open, picture } from '../steps';
import { needed, signIn } from './sign-in';

/** The whole way of a request through a running platform, with the real sign-in. */

const STAGES = ['requested', 'modelled', 'delivered', 'validated', 'designed', 'scheduled', 'running', 'completed'];

test.describe.configure({ mode: 'serial' });

let context: BrowserContext;
let page: Page;
let filed: { id: string; uuid: string };

test.beforeAll(async ({ browser }, info) => {
  context = await browser.newContext({
    baseURL: info.project.use.baseURL ?? '',
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    timezoneId: 'UTC',
  });
  page = await context.newPage();
});

test.afterAll(async () => {
  await context.close();
});

test('a test engineer signs in through Keycloak', async ({}, info) => {
  await signIn(page, needed('VOLTWIN_USER'), needed('VOLTWIN_PASSWORD'));
  await expectLive(page);
  await expect(page.getByText('Test engineer', { exact: true })).toBeVisible();
  await expectAccessible(page, info);
  await expectNoSideScroll(page);
});

test('she files a virtual request', async ({}, info) => {
  await open(page, 'New Request');
  await expectAccessible(page, info);
  filed = await fileRequest(page, {
    uut: 'GEN3B-CELL-01',
    useCase: 'Automotive',
    standard: 'IEC62660',
    test: 'Capacity',
    bench: 'Virtual',
  });
  expect(filed.id).toMatch(/^TR-\d{4}-\d{6}$/);
});

test('its stages appear live, its curves grow while it runs, and it completes', async ({}, info) => {
  await expectLive(page);
  const second = await context.newPage();
  const follow = followStages(page, filed.uuid, 200_000);
  // A tab of its own signs in of its own; Keycloak knows her already.
  await second.goto(`/trends?test=${filed.uuid}`);
  await expect(second.getByRole('heading', { level: 1, name: 'Trends' })).toBeVisible({ timeout: 30_000 });
  const row = page.locator(`tr[data-uuid="${filed.uuid}"]`);
  const counts = new Set<number>();
  let whileRunning = 0;
  let pictured = false;
  for (;;) {
    const points = await drawnPoints(second);
    // Read after the points: what was drawn while the stage is still running was drawn during the run.
    const stage = await row.getAttribute('data-stage');
    if (points > 0) {
      counts.add(points);
    }
    if (stage === 'running') {
      whileRunning = Math.max(whileRunning, points);
    }
    if (points > 0 && counts.size > 1 && !pictured) {
      pictured = true;
      await picture(second, 'trends-running');
      await picture(page, 'requests-running');
    }
    if (stage === 'completed' || stage === 'failed' || stage === 'cancelled') {
      break;
    }
    await second.waitForTimeout(100);
  }
  const seen = await follow;
  info.annotations.push({ type: 'stages seen', description: seen.join(' > ') });
  expect(seen.at(-1)).toBe('completed');
  // Quick stages may pass between two frames; what is seen is in the life cycle's order.
  const order = seen.map((stage) => STAGES.indexOf(stage));
  expect([...order].sort((a, b) => a - b)).toEqual(order);
  expect(seen).toContain('running');
  expect(whileRunning, 'points drawn while the test ran').toBeGreaterThan(0);
  await expect.poll(() => drawnPoints(second)).toBeGreaterThanOrEqual(whileRunning);
  counts.add(await drawnPoints(second));
  expect(counts.size, 'how often the curves grew').toBeGreaterThan(1);
  await expectAccessible(page, info);
  await expectAccessible(second, info);
  await expectNoSideScroll(second);
  await second.close();
});

test('its details show the whole life cycle, the booking and the result', async ({}, info) => {
  await page.getByRole('link', { name: `Details of ${filed.id}` }).click();
  await expect(page.getByRole('list', { name: 'Life cycle' }).getByRole('listitem')).toHaveCount(STAGES.length);
  await expect(page.getByRole('heading', { name: 'Why this bench and then' })).toBeVisible();
  await expect(page.getByRole('heading', { name: /^Experiment design/ })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Result' })).toBeVisible();
  await expect(page.locator('dd', { hasText: filed.uuid }).first()).toBeVisible();
  await expectAccessible(page, info);
  await expectNoSideScroll(page);
  await picture(page, 'test-details');
});

test('the bench plan shows where it was put and why', async ({}, info) => {
  await open(page, 'Bench plan');
  await expectLive(page);
  const row = page.getByRole('row').filter({ hasText: filed.id });
  await expect(row).toBeVisible();
  expect((await row.getByRole('cell').last().innerText()).length).toBeGreaterThan(10);
  await expectAccessible(page, info);
  await expectNoSideScroll(page);
  await picture(page, 'plan');
});

test('the dashboard counts it', async ({}, info) => {
  await open(page, 'Dashboard');
  await expectLive(page);
  await expect(page.getByTestId('total-Completed')).not.toHaveText(/^(0|–)$/);
  await expect(page.getByRole('heading', { name: /^Components/ })).toBeVisible();
  await expectAccessible(page, info);
  await picture(page, 'dashboard');
});

test('a request that the platform refuses shows cause and remedy', async () => {
  await open(page, 'New Request');
  await page.getByRole('combobox', { name: 'Unit under test' }).selectOption('GEN3B-CELL-01');
  await page.getByLabel('Preferred date and time').fill('2020-01-01T10:00');
  await page.getByRole('button', { name: 'Submit request' }).click();
  await expect(page.getByText('Choose a time that is not in the past.')).toBeVisible();
});

test('an ended access token is renewed without signing in again', async () => {
  const visits: string[] = [];
  page.on('request', (request) => visits.push(request.url()));
  await page.evaluate(() => {
    const key = Object.keys(sessionStorage).find((name) => name.startsWith('oidc.user:'));
    if (key === undefined) {
      throw new Error('nobody is signed in');
    }
    const user = JSON.parse(sessionStorage.getItem(key) ?? '{}') as Record<string, unknown>;
    sessionStorage.setItem(key, JSON.stringify({ ...user, access_token: 'ended', expires_at: 1 }));
  });
  await page.goto('/');
  await expectLive(page);
  expect(visits.filter((url) => url.includes('/protocol/openid-connect/token'))).not.toHaveLength(0);
  expect(visits.filter((url) => url.includes('/protocol/openid-connect/auth'))).toHaveLength(0);
});

test('she signs out', async () => {
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByText('You are signed out.')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
});

test('a viewer sees everything and cannot submit', async ({ browser }, info) => {
  const other = await browser.newContext({ baseURL: info.project.use.baseURL ?? '', viewport: { width: 1280, height: 800 } });
  const viewer = await other.newPage();
  let token = '';
  viewer.on('request', (request) => {
    token = request.headers()['authorization'] ?? token;
  });
  await signIn(viewer, needed('VOLTWIN_VIEWER'), needed('VOLTWIN_VIEWER_PASSWORD'));
  await expectLive(viewer);
  await expect(viewer.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'New Request' })).toHaveCount(0);
  await viewer.goto('/requests/new');
  await expect(viewer.getByText('You can look, not request')).toBeVisible();
  await expect(viewer.getByRole('button', { name: 'Submit request' })).toHaveCount(0);
  await expectAccessible(viewer, info);
  // The pages only hide it; the platform refuses it.
  const answer = await viewer.request.post('/api/requests', { headers: { Authorization: token }, data: {} });
  expect(answer.status()).toBe(403);
  expect(((await answer.json()) as { code?: string }).code).toBeTruthy();
  await other.close();
});

test('without a token the platform answers 401', async ({ request }) => {
  const answer = await request.get('/api/tests');
  expect(answer.status()).toBe(401);
});
