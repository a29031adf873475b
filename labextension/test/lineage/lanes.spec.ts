import { describe, expect, it } from 'vitest';
import { reduced, rowsOf } from '../../src/lineage/lanes';
import { lineage } from './nodes';

/** `id@lane`, with the lanes that end, pass and leave. */
function rows(links: string): string[] {
  const { nodes, edges } = lineage(links);
  return rowsOf(
    nodes.map(each => each.id),
    edges
  ).rows.map(row => `${row.id}@${row.lane} ${row.ends}|${row.passes}|${row.leaves}`);
}

describe('reduced', () => {
  it.each([
    ['a>b b>c a>c', null, 'a>b b>c'],
    ['a>b b>c a>c', 'c', 'a>b b>c a>c'],
    ['a>b b>c c>e a>e', 'b', 'a>b b>c c>e'],
    ['a>b b>a', null, 'a>b b>a'],
    ['a>b a>c b>e c>e', null, 'a>b a>c b>e c>e']
  ])('%s around %s', (links, focus, expected) => {
    const left = reduced(lineage(links).edges, focus);
    expect(left.map(each => `${each.source}>${each.target}`).join(' ')).toBe(expected);
  });
});

describe('rowsOf', () => {
  it.each([
    ['a>b b>c', ['a@0 ||0', 'b@0 0||0', 'c@0 0||']],
    ['a>b a>c', ['a@0 ||0,1', 'b@0 0|1|', 'c@1 1||']],
    ['a>c b>c', ['a@0 ||0', 'b@1 |0|0', 'c@0 0||']],
    ['a>a', ['a@0 ||']],
    ['a>b b>a', ['a@0 ||0', 'b@0 0||']]
  ])('%s', (links, expected) => {
    expect(rows(links)).toEqual(expected);
  });

  it('keeps as many lanes as lines run beside each other', () => {
    const { nodes, edges } = lineage('a>b a>c b>e c>e');
    expect(
      rowsOf(
        nodes.map(each => each.id),
        edges
      ).lanes
    ).toBe(2);
  });
});
