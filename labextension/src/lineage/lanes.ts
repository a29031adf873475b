// A graph as rows with lines at their left, as `git log --graph` draws it: fits where there is little width.

import { type ILink, sorted } from './layout';

/** One row. Lanes count from 0; lines come in at the top, pass by, and leave at the bottom. */
export interface IRow {
  id: string;
  lane: number;
  /** Lanes whose lines end in this node. */
  ends: number[];
  /** Lanes whose lines pass by. */
  passes: number[];
  /** Lanes on which lines leave. */
  leaves: number[];
}

export interface IRows {
  rows: IRow[];
  lanes: number;
}

/** Every node below what led to it. A lane is kept for each node that is still to come. */
export function rowsOf(ids: readonly string[], links: readonly ILink[]): IRows {
  const { order, next } = sorted(ids, links);
  const awaited: (string | null)[] = [];
  let lanes = 1;
  const rows = order.map(id => {
    const ends = awaited.flatMap((each, lane) => (each === id ? [lane] : []));
    ends.forEach(lane => (awaited[lane] = null));
    const passes = awaited.flatMap((each, lane) => (each === null ? [] : [lane]));
    const lane = ends[0] ?? free(awaited, 0);
    const leaves = [...new Set(next.get(id))].map((target, index) => {
      const known = awaited.indexOf(target);
      const own = known >= 0 ? known : index === 0 && !awaited[lane] ? lane : free(awaited, 0);
      awaited[own] = target;
      return own;
    });
    lanes = Math.max(lanes, lane + 1, awaited.length);
    return { id, lane, ends, passes, leaves: [...new Set(leaves)] };
  });
  return { rows, lanes };
}

function free(awaited: readonly (string | null)[], from: number): number {
  const found = awaited.findIndex((each, lane) => lane >= from && !each);
  return found < 0 ? awaited.length : found;
}

/** Without the lines that say nothing new, as longer ways lead there as well; those of the focus stay. */
export function reduced<T extends ILink>(links: readonly T[], focus: string | null): T[] {
  const next = new Map<string, string[]>();
  links.forEach(each => next.set(each.source, [...(next.get(each.source) ?? []), each.target]));
  const isLongWay = ({ source, target }: ILink): boolean => {
    const seen = new Set([source, target]);
    const waiting = (next.get(source) ?? []).filter(each => each !== target && each !== source);
    for (const each of waiting) {
      if (!seen.has(each)) {
        seen.add(each);
        if (next.get(each)?.includes(target)) {
          return true;
        }
        waiting.push(...(next.get(each) ?? []));
      }
    }
    return false;
  };
  return links.filter(each => each.source === focus || each.target === focus || !isLongWay(each));
}
