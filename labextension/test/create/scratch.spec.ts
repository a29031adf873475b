import { describe, expect, it } from 'vitest';
import { ScratchWatch } from '../../src/create/scratch';

const at = (hour: number) => new Date(Date.UTC(2026, 10, 21, hour));

describe('ScratchWatch', () => {
  it('asks at the tenth cell, once for each notebook', () => {
    const watch = new ScratchWatch();
    const due = (path: string, cells: number) => watch.isDue({ path, cells, since: at(0) }, at(1));
    expect([due('a', 9), due('a', 10), due('a', 11), due('b', 10)]).toEqual([false, true, false, true]);
  });

  it('asks after a day, counted from when it was first known', () => {
    const watch = new ScratchWatch();
    const due = (since: Date | null, now: Date) => watch.isDue({ path: 'a', cells: 2, since }, now);
    // The file was written again in between, and says so.
    expect([due(at(0), at(1)), due(at(22), at(23)), due(at(23), at(24))]).toEqual([false, false, true]);
  });

  it('asks about one that was begun before', () => {
    expect(new ScratchWatch().isDue({ path: 'a', cells: 1, since: at(0) }, at(30))).toBe(true);
    expect(new ScratchWatch().isDue({ path: 'a', cells: 1, since: null }, at(30))).toBe(false);
  });
});
