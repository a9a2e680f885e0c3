import { expect, test } from '@playwright/test';
import { expectAccessible, expectLive, expectNoSideScroll, open, picture } from '../steps';

const FOLDER = 'performance-ageing/cell/gen3b/physics-based/LgM50_1.1.0';

test('the models page shows folders and metadata, and changes by itself when a model arrives', async ({ page, request }, info) => {
  await page.goto('/');
  await open(page, 'Models');
  await expectLive(page);
  const table = page.getByRole('region', { name: 'Table of models' });
  for (const name of FOLDER.split('/')) {
    await table.getByRole('link', { name, exact: true }).click();
  }
  await expect(table.getByRole('row', { name: /battery\.fmu LgM50Battery.* 1\.1\.0, FMI 3\.0/ })).toBeVisible();
  await expectAccessible(page, info);
  await expectNoSideScroll(page);
  await picture(page, 'models');

  const put = await request.put(`/api/models/${FOLDER}/newcomer.fmu`, { data: 'a model' });
  expect(put.status()).toBe(201);
  await expect(table.getByRole('row', { name: /newcomer\.fmu/ })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Log of the models exchange' }).getByText(/newcomer\.fmu/)).toBeVisible();

  expect((await request.put(`/api/models/${FOLDER}/broken.fmu`, { data: 'bad' })).status()).toBe(400);
  await expect(page.getByRole('region', { name: 'Table of refused uploads' }).getByText(/no ZIP archive/)).toBeVisible();
  await expect(table.getByRole('row', { name: /broken\.fmu/ })).toHaveCount(0);
});

test('who is no author is offered no upload', async ({ page }) => {
  await page.goto('/models');
  await expect(page.getByRole('heading', { name: 'Folders and files' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Share a model' })).toHaveCount(0);
});
