import { describe, expect, it } from 'vitest';
import { apart, crossings, type ILink, layersOf, layout, sorted } from '../../src/lineage/layout';
import { lineage } from './nodes';

const SIZE = { width: 100, height: 20, gapX: 40, gapY: 10 };

function parts(links: string): [string[], ILink[]] {
  const { nodes, edges } = lineage(links);
  return [nodes.map(each => each.id), edges];
}

const layers = (links: string) => Object.fromEntries(layersOf(...parts(links)));

describe('layersOf', () => {
  it.each([
    ['a>b b>c', { a: 0, b: 1, c: 2 }],
    ['a>b b>c a>c', { a: 0, b: 1, c: 2 }],
    ['a>b b>c d>c', { a: 0, b: 1, c: 2, d: 1 }], // a source stands close to what it led to
    ['a>b b>a', { a: 0, b: 1 }],
    ['a>b b>c c>a c>e', { a: 0, b: 1, c: 2, e: 3 }]
  ])('%s', (links, expected) => {
    expect(layers(links)).toEqual(expected);
  });
});

describe('sorted', () => {
  it('puts every node after what led to it', () => {
    const [ids, links] = parts('c>e a>b b>c a>e x>b');
    const at = new Map(sorted(ids, links).order.map((id, index) => [id, index]));
    expect(links.filter(each => at.get(each.source)! >= at.get(each.target)!)).toEqual([]);
  });

  it('does not use up the stack', () => {
    const ids = Array.from({ length: 20_000 }, (_, index) => `n${index}`);
    const links = ids.slice(1).map((target, index) => ({ source: ids[index]!, target }));
    expect(sorted(ids, links).order).toEqual(ids);
  });
});

describe('crossings', () => {
  it.each([
    ['a>x b>y', 0],
    ['a>y b>x', 1],
    ['a>x a>y b>x b>y', 1],
    ['a>z b>y c>x', 3]
  ])('%s: %i', (links, count) => {
    const [, edges] = parts(links);
    expect(
      crossings(
        [
          ['a', 'b', 'c'],
          ['x', 'y', 'z']
        ],
        edges
      )
    ).toBe(count);
  });
});

describe('apart', () => {
  it.each([
    [
      [0, 10, 20],
      [0, 5, 10],
      [0, 10, 20]
    ],
    [
      [5, 5],
      [0, 10],
      [0, 10]
    ], // together as close to their wishes as the gap allows
    [
      [20, 0],
      [0, 10],
      [5, 15]
    ]
  ])('%j', (wished, offsets, expected) => {
    expect(apart(wished, offsets)).toEqual(expected);
  });
});

describe('layout', () => {
  const overlaps = (links: string) => {
    const made = layout(...parts(links), SIZE);
    const all = [...made.places];
    return all.flatMap(([id, a], index) =>
      all
        .slice(index + 1)
        .filter(([, b]) => Math.abs(a.x - b.x) < SIZE.width && Math.abs(a.y - b.y) < SIZE.height)
        .map(([other]) => `${id} ${other}`)
    );
  };

  it('is empty for nothing', () => {
    expect(layout([], [], SIZE)).toMatchObject({ width: 0, height: 0, segments: [] });
  });

  it('goes from left to right', () => {
    const { places } = layout(...parts('a>b b>c'), SIZE);
    expect([...places.values()].map(each => each.x)).toEqual([0, 140, 280]);
    expect(new Set([...places.values()].map(each => each.y)).size).toBe(1);
  });

  it('lets no box cover another', () => {
    expect(overlaps('a>b a>c a>d b>e c>e d>e a>e x>e y>e m>n o')).toEqual([]);
  });

  it('puts groups below each other, and nodes without links last', () => {
    const { places, height } = layout(...parts('a>b m>n o p'), SIZE);
    const y = (id: string) => places.get(id)!.y;
    expect(y('m')).toBeGreaterThan(y('a') + SIZE.height);
    expect(y('o')).toBeGreaterThan(y('m') + SIZE.height);
    expect([y('o') === y('p'), height]).toEqual([true, y('o') + SIZE.height]);
  });

  it('crosses no lines where it need not', () => {
    const [ids, links] = parts('a>y b>x c>z a>q b>q');
    const { places } = layout(ids, links, SIZE);
    const at = (id: string) => places.get(id)!.y;
    const inverted = links.flatMap((one, index) =>
      links
        .slice(index + 1)
        .filter(two => (at(one.source) - at(two.source)) * (at(one.target) - at(two.target)) < 0)
    );
    expect(inverted).toEqual([]);
  });

  it('draws an edge over several layers past the boxes between, and edges of one node together', () => {
    const [ids, links] = parts('a>b b>c c>e a>e a>c');
    const { segments, places } = layout(ids, links, SIZE);
    const through = segments.filter(each => each.links.includes('a\ne'));
    expect(through.map(each => [each.from.x, each.to.x]).sort((a, b) => a[0]! - b[0]!)).toEqual([
      [100, 140],
      [140, 240],
      [240, 280],
      [280, 380],
      [380, 420]
    ]);
    const bend = through.find(each => each.from.x === 140)!;
    expect(Math.abs(bend.from.y - (places.get('b')!.y + 10))).toBeGreaterThan(10);
    expect(bend.links).toEqual(expect.arrayContaining(['a\nc', 'a\ne']));
  });

  it('is quick with a thousand nodes', () => {
    const ids = Array.from({ length: 1000 }, (_, index) => `n${index}`);
    const links = ids.slice(1).flatMap((target, index) => [
      { source: ids[Math.floor(index / 3)]!, target },
      { source: 'n0', target }
    ]);
    const start = performance.now();
    layout(ids, links, SIZE);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
