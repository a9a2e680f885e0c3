import { type User, UserManager, WebStorageStateStore } from 'oidc-client-ts';
import type { TokenSource } from '../api/client';
import type { BrowserConfig } from '../api/types';

export const SIGNED_IN_PATH = '/signed-in';
export const SIGNED_OUT_PATH = '/signed-out';

/** Who is signed in and how to sign out. */
export interface Identity extends TokenSource {
  /** The user's name as typed at sign-in, for the requester id. */
  readonly userName: string;
  readonly fullName: string;
  signIn(returnTo: string): Promise<void>;
  signOut(): Promise<void>;
}

/** No sign-in at all: only when config.json names no issuer, which only the development fake server does. */
class NoIdentity implements Identity {
  readonly userName = 'developer';
  readonly fullName = 'Dev Developer';
  token(): Promise<string | null> {
    return Promise.resolve(null);
  }
  renew(): Promise<boolean> {
    return Promise.resolve(false);
  }
  signIn(returnTo: string): Promise<void> {
    window.location.assign(returnTo);
    return Promise.resolve();
  }
  signOut(): Promise<void> {
    window.location.assign(SIGNED_OUT_PATH);
    return Promise.resolve();
  }
}

class OidcIdentity implements Identity {
  private renewing: Promise<boolean> | null = null;

  constructor(
    private readonly manager: UserManager,
    private user: User | null,
  ) {
    manager.events.addUserLoaded((loaded) => {
      this.user = loaded;
    });
    manager.events.addUserUnloaded(() => {
      this.user = null;
    });
  }

  get userName(): string {
    return this.user?.profile.preferred_username ?? '';
  }

  get fullName(): string {
    return this.user?.profile.name ?? this.userName;
  }

  async token(): Promise<string | null> {
    if (this.user?.expired === true) {
      await this.renew();
    }
    return this.user?.access_token ?? '';
  }

  /** With the refresh token; when the session is over, goes to the sign-in page. */
  renew(): Promise<boolean> {
    this.renewing ??= this.renewOnce().finally(() => {
      this.renewing = null;
    });
    return this.renewing;
  }

  private async renewOnce(): Promise<boolean> {
    try {
      this.user = await this.manager.signinSilent();
      if (this.user !== null) {
        return true;
      }
    } catch {
      // The refresh token has ended too; the sign-in page is the way on.
    }
    await this.manager.removeUser();
    await this.signIn(window.location.pathname + window.location.search);
    return false;
  }

  signIn(returnTo: string): Promise<void> {
    return this.manager.signinRedirect({ state: { returnTo } });
  }

  signOut(): Promise<void> {
    return this.manager.signoutRedirect();
  }
}

function managerOf(config: BrowserConfig, issuer: string): UserManager {
  const origin = window.location.origin;
  return new UserManager({
    authority: issuer,
    client_id: config.clientId,
    redirect_uri: origin + SIGNED_IN_PATH,
    post_logout_redirect_uri: origin + SIGNED_OUT_PATH,
    response_type: 'code',
    scope: 'openid profile email',
    automaticSilentRenew: true,
    // Only for this tab, and gone with it.
    userStore: new WebStorageStateStore({ store: window.sessionStorage }),
  });
}

/** A path of this application from the state of a sign-in; anything else leads to the front page. */
export function safeReturn(state: unknown): string {
  if (typeof state === 'object' && state !== null && 'returnTo' in state && typeof state.returnTo === 'string') {
    const path = state.returnTo;
    if (/^\/(?![/\\])/.test(path) && !path.startsWith(SIGNED_IN_PATH) && !path.startsWith(SIGNED_OUT_PATH)) {
      return path;
    }
  }
  return '/';
}

async function readConfig(): Promise<BrowserConfig> {
  const response = await fetch('/config.json', { headers: { Accept: 'application/json' }, cache: 'no-store' });
  if (!response.ok) {
    throw new Error(`config.json was answered with status ${response.status}`);
  }
  return (await response.json()) as BrowserConfig;
}

export type Started = { kind: 'signed-in'; identity: Identity } | { kind: 'signed-out'; identity: Identity } | { kind: 'leaving' };

/** Finds out who is signed in; goes to the identity provider when nobody is. */
export async function startSession(): Promise<Started> {
  const config = await readConfig();
  const path = window.location.pathname;
  if (config.issuer === null) {
    const identity = new NoIdentity();
    return { kind: path === SIGNED_OUT_PATH ? 'signed-out' : 'signed-in', identity };
  }
  const manager = managerOf(config, config.issuer);
  if (path === SIGNED_OUT_PATH) {
    await manager.removeUser();
    window.history.replaceState(null, '', SIGNED_OUT_PATH);
    return { kind: 'signed-out', identity: new OidcIdentity(manager, null) };
  }
  if (path === SIGNED_IN_PATH && new URLSearchParams(window.location.search).has('state')) {
    const user = await manager.signinCallback();
    window.history.replaceState(null, '', safeReturn(user?.state));
    if (user !== undefined) {
      return { kind: 'signed-in', identity: new OidcIdentity(manager, user) };
    }
  }
  const known = await manager.getUser();
  if (known !== null && (!known.expired || known.refresh_token !== undefined)) {
    return { kind: 'signed-in', identity: new OidcIdentity(manager, known) };
  }
  await manager.signinRedirect({ state: { returnTo: path + window.location.search } });
  return { kind: 'leaving' };
}
