import { describe, expect, it } from 'vitest';
import { address, bytes, concerns, crumbs } from './words';

describe('words of the models exchange', () => {
  it('gives every folder above a path', () => {
    expect(crumbs('')).toEqual([]);
    expect(crumbs('a/b/c').map((c) => c.path)).toEqual(['a', 'a/b', 'a/b/c']);
  });

  it('writes sizes as people do', () => {
    expect(bytes(17)).toBe('17 B');
    expect(bytes(1000)).toBe('1.00 kB');
    expect(bytes(23_456_789)).toBe('23.5 MB');
  });

  it('knows which changes a folder shows', () => {
    expect(concerns('', 'a/b')).toBe(true);
    expect(concerns('a', 'a/b/c.fmu')).toBe(true);
    expect(concerns('a', 'ab/c.fmu')).toBe(false);
  });

  it('keeps the slashes of a path', () => {
    expect(address('a b/c+d.fmu')).toBe('/api/models/a%20b/c%2Bd.fmu');
  });
});
