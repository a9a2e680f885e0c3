/** How much of a resource a permission covers. */
export type Extent = 'ALL' | 'PARTIAL' | 'NONE';

export interface PolicySummary {
  policyId: string;
  things: number;
  /** Whether entries of it are part of Voltwin's configuration. */
  declared: boolean;
}

export interface PolicyEntry {
  subjects: Record<string, { type: string; expiry?: string }>;
  resources: Record<string, { grant: string[]; revoke: string[] }>;
  importable?: string;
}

export interface Policy {
  policyId: string;
  entries: Record<string, PolicyEntry>;
  imports?: Record<string, unknown>;
}

export interface PolicyRight {
  subject: string;
  resource: string;
  read: Extent;
  write: Extent;
}

export interface PolicyDetail {
  policyId: string;
  revision: number;
  policy: Policy;
  declaredEntries: string[];
  rights: PolicyRight[];
  mayChange: boolean;
}

/** A place in a policy that speaks of a permission. */
export interface Mention {
  entry: string;
  subject: string;
  resource: string;
  granted: boolean;
}

export interface AccessAnswer {
  extent: Extent;
  because: Mention[];
}

export interface Access {
  policyId: string;
  subjects: string[];
  resource: string;
  read: AccessAnswer;
  write: AccessAnswer;
}

/** What a change of a policy does to one subject, permission and resource. */
export interface Shift {
  subject: string;
  resource: string;
  permission: string;
  before: Extent;
  after: Extent;
}

export interface PolicyTemplate {
  name: string;
  title: string;
  description: string;
  parameters: Record<string, { title: string; example: string; pattern: string }>;
}

export interface Person {
  id: string;
  userName: string;
  name: string;
  enabled: boolean;
  groups: string[];
  roles: string[];
}
