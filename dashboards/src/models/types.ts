/** An entry of a listing of the models exchange. */
export interface ModelItem {
  name: string;
  path: string;
  type: 'folder' | 'file';
  modifiedAt: string;
  sizeBytes?: number;
  sha256?: string;
  /** What an FMU says of itself. */
  fmu?: {
    modelName?: string;
    fmiVersion?: string;
    version?: string;
    description?: string;
    author?: string;
    generationTool?: string;
  };
}

export interface Listing {
  path: string;
  items: ModelItem[];
}

export interface LogEntry {
  at: string;
  who: string;
  door?: string;
  did: string;
  path: string;
  sha256?: string;
  sizeBytes?: number;
  code?: string;
}

export interface Refusal {
  id: string;
  at: string;
  who: string;
  door: string;
  path: string;
  sizeBytes: number;
  code: string;
  cause: string;
  remedy: string;
}

export interface SftpKey {
  id: string;
  fingerprint: string;
  line: string;
  addedAt: string;
}
