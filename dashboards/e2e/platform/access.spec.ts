import { expect, test } from '@playwright/test';
import { expectAccessible, expectNoSideScroll, open, picture } from '../steps';
import { needed, signIn } from './sign-in';

/** What an administrator does with policies, on a running platform with the real Keycloak. */
test('an administrator asks why, sees what a change shifts, and makes it', async ({ page }, info) => {
  await signIn(page, needed('VOLTWIN_ADMIN'), needed('VOLTWIN_ADMIN_PASSWORD'));
  await open(page, 'Access');
  await expect(page.getByRole('region', { name: 'Table of people' }).getByRole('row').filter({ hasText: 'erin' })).toContainText('test-engineer');
  const rights = page.getByRole('region', { name: 'Table of rights' });
  await expect(rights.getByRole('row').filter({ hasText: 'voltwin:viewer' })).toContainText('read');
  await expectAccessible(page, info);
  await expectNoSideScroll(page);

  await page.getByLabel('Person').selectOption('vic');
  await page.getByLabel('Thing', { exact: true }).fill('org.voltwin:bench-virtual-01');
  await page.getByLabel('Resource').fill('thing:/attributes/speed');
  await page.getByRole('button', { name: 'Ask' }).click();
  await expect(page.getByText('Entry viewer grants it to voltwin:viewer at thing:/')).toBeVisible();
  await expect(page.getByText('No entry speaks of it: what is not granted is refused.')).toBeVisible();
  await expectAccessible(page, info);
  await picture(page, 'access');

  const id = `org.voltwin:browser-${Date.now()}`;
  await page.getByRole('button', { name: 'New policy' }).click();
  await page.getByLabel('Template').selectOption('owned-unit');
  await page.getByLabel('Policy id').fill(id);
  await page.getByLabel('Subject of the owner').fill('acme');
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(page.getByText('The policy was not created')).toBeVisible();
  await page.getByLabel('Subject of the owner').fill('voltwin:acme');
  await page.getByRole('button', { name: 'Create' }).click();
  const entries = page.getByLabel('Further entries (JSON)');
  await expect(entries).toHaveValue(/voltwin:acme/);
  await expect(rights.getByRole('row').filter({ hasText: 'voltwin:acme' })).toContainText('read, write');

  const before = JSON.parse(await entries.inputValue()) as Record<string, unknown>;
  const guests = { subjects: { 'voltwin:guest': { type: 'test' } }, resources: { 'thing:/attributes': { grant: ['READ'], revoke: [] } } };
  await entries.fill(JSON.stringify({ ...before, guests }, null, 2));
  await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled();
  await page.getByRole('button', { name: 'Show what changes' }).click();
  const changes = page.getByRole('region', { name: 'Table of what would change' });
  await expect(changes.getByRole('row').filter({ hasText: 'voltwin:guest' }).first()).toContainText('gains');
  await expectAccessible(page, info);
  await picture(page, 'access-change');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(rights.getByRole('row').filter({ hasText: 'voltwin:guest' })).toBeVisible();
});

test('who is no administrator finds no way to policies', async ({ page }) => {
  let token = '';
  page.on('request', (request) => {
    token = request.headers()['authorization'] ?? token;
  });
  await signIn(page, needed('VOLTWIN_USER'), needed('VOLTWIN_PASSWORD'));
  await expect(page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Access' })).toHaveCount(0);
  await page.goto('/access');
  await expect(page.getByText('Only a lab administrator may look at policies.')).toBeVisible();
  for (const path of ['/api/policies', '/api/policies/org.voltwin:lab', '/api/people', '/api/policy-templates']) {
    const answer = await page.request.get(path, { headers: { Authorization: token } });
    expect(answer.status(), path).toBe(403);
  }
});
