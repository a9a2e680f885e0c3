import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, type TestInfo } from '@playwright/test';

/** Opens a page of the menu and waits for its heading. */
export async function open(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible();
}

export async function expectLive(page: Page): Promise<void> {
  await expect(page.getByText('Live', { exact: true }).first()).toBeVisible({ timeout: 20_000 });
}

/** No finding of axe-core of WCAG 2.2 A and AA on what is shown. */
export async function expectAccessible(page: Page, info: TestInfo): Promise<void> {
  const found = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  const words = found.violations.map(
    (one) => `${one.id} (${one.impact ?? '?'}): ${one.help} at ${one.nodes.slice(0, 4).map((n) => n.target.join(' ') + ' ' + (n.any[0]?.message ?? '')).join(' | ')}`,
  );
  await info.attach('axe', { body: JSON.stringify(found.violations, null, 2), contentType: 'application/json' });
  expect(words, `accessibility of ${page.url()}`).toEqual([]);
}

/** Nothing is wider than the window. */
export async function expectNoSideScroll(page: Page): Promise<void> {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(over, `width of ${page.url()}`).toBeLessThanOrEqual(0);
}

/** Pictures at both widths, when VOLTWIN_SCREENSHOTS names a folder. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['VOLTWIN_SCREENSHOTS'];
  if (folder === undefined || folder === '') {
    return;
  }
  mkdirSync(folder, { recursive: true });
  for (const [width, height] of [
    [1280, 800],
    [1920, 1080],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.waitForTimeout(400);
    await page.screenshot({ path: join(folder, `${name}-${width}.png`) });
  }
  await page.setViewportSize({ width: 1280, height: 800 });
}

export interface Wanted {
  uut: string;
  useCase: string;
  standard: string;
  test: string;
  bench: 'Virtual' | 'Physical';
}

/** The next full minute that is at least ten seconds away, as the form takes it (UTC). */
function soon(): string {
  const minute = 60_000;
  return new Date(Math.ceil((Date.now() + 10_000) / minute) * minute).toISOString().slice(0, 16);
}

/** Fills the form of New Request and submits it; gives the id of the filed request. */
export async function fileRequest(page: Page, wanted: Wanted): Promise<{ id: string; uuid: string }> {
  await open(page, 'New Request');
  await page.getByRole('combobox', { name: 'Unit under test' }).selectOption(wanted.uut);
  await page.getByRole('combobox', { name: 'Use case' }).selectOption(wanted.useCase);
  await page.getByRole('combobox', { name: 'Standard' }).selectOption(wanted.standard);
  await page.getByRole('radio', { name: wanted.bench }).check();
  const test = page.getByRole('combobox', { name: 'Test', exact: true });
  await expect(test.locator('option', { hasText: wanted.test }).first()).toBeAttached({ timeout: 15_000 });
  await test.selectOption(wanted.test);
  await page.getByLabel('Preferred date and time').fill(soon());
  await page.getByRole('button', { name: 'Submit request' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Test Requests' })).toBeVisible({ timeout: 15_000 });
  const link = page.getByRole('link', { name: /^Open TR-/ });
  await expect(link).toBeVisible();
  const id = ((await link.textContent()) ?? '').replace('Open ', '');
  const uuid = ((await link.getAttribute('href')) ?? '').replace('/tests/', '');
  return { id, uuid };
}

/** The stages a row of Test Requests shows from now until it ends, in order, without repetitions. */
export async function followStages(page: Page, uuid: string, timeoutMs: number): Promise<string[]> {
  const row = page.locator(`tr[data-uuid="${uuid}"]`);
  const seen: string[] = [];
  await expect
    .poll(
      async () => {
        const stage = (await row.getAttribute('data-stage')) ?? '';
        if (stage !== '' && seen.at(-1) !== stage) {
          seen.push(stage);
        }
        return stage;
      },
      { timeout: timeoutMs, intervals: [50] },
    )
    .toMatch(/^(completed|failed|cancelled)$/);
  return seen;
}

/** How many points the charts show. */
export async function drawnPoints(page: Page): Promise<number> {
  const counts = await page.locator('figure[data-points]').evaluateAll((all) => all.map((one) => Number(one.getAttribute('data-points'))));
  return counts.reduce((a, b) => a + b, 0);
}
