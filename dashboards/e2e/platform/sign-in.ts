import { expect, type Page } from '@playwright/test';

export function needed(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') {
    throw new Error(`Set ${name}; ./voltwin up prints the address and the demonstration users.`);
  }
  return value;
}

/** Through Keycloak's own page. */
export async function signIn(page: Page, user: string, password: string): Promise<void> {
  await page.goto('/');
  // Keycloak's own page, on another origin.
  await page.locator('#username').fill(user);
  await page.locator('#password').fill(password);
  await page.locator('#kc-login').click();
  await expect(page.getByRole('heading', { level: 1, name: 'Dashboard' })).toBeVisible({ timeout: 30_000 });
}
