import type { LogEntry } from './types';

const DEEDS: Record<string, string> = {
  upload: 'uploaded',
  replace: 'replaced',
  refuse: 'was refused',
  download: 'downloaded',
  delete: 'deleted',
  folder: 'made the folder',
  key: 'added the SFTP key',
};

export function deed(entry: LogEntry): string {
  return DEEDS[entry.did] ?? entry.did;
}

/** The folders from the top to a path, each with its own path. */
export function crumbs(path: string): { name: string; path: string }[] {
  const names = path.split('/').filter((name) => name !== '');
  return names.map((name, i) => ({ name, path: names.slice(0, i + 1).join('/') }));
}

/** Bytes in the largest unit that leaves a number above 1. */
export function bytes(size: number): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  let value = size;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toPrecision(3)} ${units[unit]}`;
}

/** Whether a change may be seen in the listing of a folder. */
export function concerns(folder: string, changed: string): boolean {
  return folder === '' || changed === folder || changed.startsWith(`${folder}/`);
}

/** Where a file of a folder lies; segments are encoded, their slashes are not. */
export function address(path: string): string {
  return `/api/models/${path.split('/').map(encodeURIComponent).join('/')}`;
}
