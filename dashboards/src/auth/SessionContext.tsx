import { createContext, useContext } from 'react';
import type { ApiClient } from '../api/client';
import type { Me } from '../api/types';
import type { Identity } from './session';

export interface Session {
  api: ApiClient;
  identity: Identity;
  me: Me;
}

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) {
    throw new Error('used outside a session');
  }
  return session;
}

/** Whether these roles may file and cancel requests; the server checks it again. */
export function mayRequest(roles: readonly string[]): boolean {
  return roles.includes('test-engineer') || roles.includes('lab-admin');
}

/** Whether these roles may share and delete models; the server checks it again. */
export function mayAuthor(roles: readonly string[]): boolean {
  return roles.includes('model-author') || roles.includes('lab-admin');
}

/** Whether these roles may look at and change policies; the server checks it again. */
export function mayAdminister(roles: readonly string[]): boolean {
  return roles.includes('lab-admin');
}
