import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { drawnPoints, expectAccessible, expectLive, expectNoSideScroll, fileRequest, followStages, open, picture } from '../steps';

test.beforeEach(async ({ page }) => {
  page.on('console', (message) => {
    // A breach of the content security policy is an error on the console.
    expect(message.text()).not.toContain('Content Security Policy');
  });
});

test('the dashboard shows totals, recent activity and components', async ({ page }, info) => {
  await page.goto('/');
  await expectLive(page);
  await expect(page.getByTestId('total-Total tests')).toHaveText(/^\d+$/);
  await expect(page.getByTestId('total-Failed')).toHaveText('1');
  await expect(page.getByRole('heading', { name: /Components – 8 of 9 up/ })).toBeVisible();
  await expectAccessible(page, info);
  await expectNoSideScroll(page);
  await picture(page, 'dashboard');
});

test('a request goes from the form through its stages to a trend', async ({ page }, info) => {
  await page.goto('/');
  await open(page, 'New Request');
  await expect(page.getByRole('textbox', { name: 'Requester', exact: true })).toHaveValue('Dev Developer');
  await page.getByRole('button', { name: 'Submit request' }).click();
  await expect(page.getByText('Choose the unit under test.')).toBeVisible();
  await expect(page.getByLabel('Unit under test')).toBeFocused();
  await expectAccessible(page, info);
  await picture(page, 'new-request-errors');

  const filed = await fileRequest(page, {
    uut: 'GEN3B-CELL-01',
    useCase: 'Automotive',
    standard: 'IEC62660',
    test: 'Capacity',
    bench: 'Virtual',
  });
  const follow = followStages(page, filed.uuid, 30_000);
  await expect(page.locator(`tr[data-uuid="${filed.uuid}"][data-stage="running"]`)).toBeVisible({ timeout: 15_000 });
  await expectAccessible(page, info);
  await picture(page, 'requests');
  const seen = await follow;
  expect(seen.at(-1)).toBe('completed');
  expect(seen).toContain('running');
});

test('trends draws a running test as its rows come', async ({ page }, info) => {
  await page.goto('/');
  const filed = await fileRequest(page, { uut: 'GEN3B-CELL-02', useCase: 'Automotive', standard: 'IEC62660', test: 'Energy', bench: 'Virtual' });
  await expect(page.locator(`tr[data-uuid="${filed.uuid}"][data-stage="running"]`)).toBeVisible({ timeout: 15_000 });
  await page.getByRole('link', { name: `Details of ${filed.id}` }).click();
  await page.getByRole('link', { name: 'Show trend' }).click();
  await expect.poll(() => drawnPoints(page)).toBeGreaterThan(0);
  const before = await drawnPoints(page);
  await expect.poll(() => drawnPoints(page)).toBeGreaterThan(before);
  await expect(page.locator('figure.chart')).toHaveCount(4);
  await page.getByRole('button', { name: 'Show data as table' }).first().click();
  await expect(page.getByRole('region', { name: 'Data in A' }).getByRole('row').nth(1)).toBeVisible();
  await expectAccessible(page, info);
  await page.getByRole('button', { name: 'Hide table' }).click();
  await picture(page, 'trends-running');
});

test('a measurement whose clock restarts is said to, and is exported whole', async ({ page }, info) => {
  await page.goto('/trends');
  await page.getByRole('list', { name: 'Measurements' }).getByRole('link', { name: /SLPBA/ }).click();
  await expect(page.getByText('The recorded time jumps back once')).toBeVisible();
  await expect(page.getByText('37 values that cannot be true are kept aside')).toBeVisible();
  await page.getByText('Time as recorded', { exact: true }).click();
  await expect(page.getByText('each piece is a line of its own')).toBeVisible();
  await page.getByRole('button', { name: 'Zoom in' }).click();
  await expect(page.getByRole('button', { name: 'Whole' })).toBeEnabled();
  await expectAccessible(page, info);
  await picture(page, 'trends-replay');
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export CSV' }).click();
  const text = await readFile(await (await saving).path(), 'utf8');
  const lines = text.trim().split('\n');
  expect(lines[0]).toBe('Time [s],Current_Profile [A],Ambient_Temperature [degC],Cell_Voltage_01 [V],Cell_Temperature_01 [degC],SoC [1]');
  expect(lines).toHaveLength(1501);
});

test('the details show every field, and a failure with cause and remedy', async ({ page }, info) => {
  await page.goto('/requests');
  await page.getByLabel('Status').selectOption('failed');
  await page.getByRole('link', { name: /^Details of/ }).click();
  await expect(page.getByText('above its limit of 60 degC')).toBeVisible();
  await expect(page.getByText('What to do:')).toBeVisible();
  for (const term of ['Name', 'Type', 'Unit under test', 'UUID', 'Bench', 'Scheduled (UTC)', 'Status']) {
    await expect(page.locator('dt', { hasText: term }).first()).toBeVisible();
  }
  await expectAccessible(page, info);
  await picture(page, 'test-failed');
});

test('a request can be cancelled after a question', async ({ page }) => {
  await page.goto('/requests');
  await page.getByLabel('Find').fill('External short');
  await page.getByRole('button', { name: /^Cancel TR-/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel the test' }).click();
  await expect(page.locator('tr[data-stage="cancelled"]')).toBeVisible();
});

test('the bench plan tells why by keyboard too', async ({ page }, info) => {
  await page.goto('/plan');
  await expectLive(page);
  await expectAccessible(page, info);
  const job = page.getByRole('button', { name: /on virtual-1, / }).first();
  await job.focus();
  await expect(page.getByText('is free at the preferred time').first()).toBeVisible();
  await expect(page.getByRole('region', { name: 'The last plan' })).toContainText('2 of 5 tests');
  await expect(page.getByRole('region', { name: 'The last plan' })).toContainText('36.5 %');
  await expectNoSideScroll(page);
  await picture(page, 'plan');
});

test('a refusal of the server stands beside the form', async ({ page }) => {
  await page.goto('/requests/new');
  await page.getByRole('textbox', { name: 'Requester', exact: true }).fill('refuse me');
  await page.getByLabel('Unit under test').selectOption('GEN3B-CELL-01');
  await page.getByLabel('Use case').selectOption('Automotive');
  await page.getByLabel('Standard').selectOption('IEC62660');
  await page.getByRole('combobox', { name: 'Test', exact: true }).selectOption('Capacity');
  await page.getByRole('button', { name: 'Submit request' }).click();
  await expect(page.getByRole('alert')).toContainText('There is no unit under test');
  await expect(page.getByRole('alert')).toContainText('Choose one of the catalogue.');
  await page.getByLabel('Preferred date and time').fill('2020-01-01T10:00');
  await page.getByRole('button', { name: 'Submit request' }).click();
  await expect(page.getByText('Choose a time that is not in the past.')).toBeVisible();
});

test('a viewer is told why there is no form', async ({ page }, info) => {
  const { viewerUrl } = info.project.metadata as { viewerUrl: string };
  await page.goto(viewerUrl);
  await expect(page.getByRole('heading', { level: 1, name: 'Dashboard' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'New Request' })).toHaveCount(0);
  await page.goto(`${viewerUrl}/requests/new`);
  await expect(page.getByText('You can look, not request')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Submit request' })).toHaveCount(0);
  await page.goto(`${viewerUrl}/requests`);
  await expect(page.getByRole('link', { name: /^Details of/ }).first()).toBeVisible();
  await expect(page.getByRole('button', { name: /^Cancel TR-/ })).toHaveCount(0);
  await expectAccessible(page, info);
});

test('an unknown address is said to be one', async ({ page }) => {
  await page.goto('/nowhere');
  await expect(page.getByRole('heading', { name: 'No such page' })).toBeVisible();
});
