// Places a graph in layers from left to right: what led to something stands left of it.
//
// 1. Edges that close a ring are turned round for the time being.
// 2. Each node gets a layer: one right of what led to it, and sources stand close to what they led to.
// 3. An edge over several layers gets a bend in each; edges of one node share their bends, and so run together.
// 4. Sweeps from left to right and back put the nodes of a layer in an order with few crossings.
// 5. Sweeps move each node towards its neighbours, as far as the order and the gaps between nodes allow.

export interface ILink {
  source: string;
  target: string;
}

export interface ISize {
  width: number;
  height: number;
  /** Between two layers, and between two nodes of one. */
  gapX: number;
  gapY: number;
}

export interface IPlace {
  x: number;
  y: number;
  layer: number;
}

/** A curve from one point to the next; `links` are the edges that run over it, as `source\ntarget`. */
export interface ISegment {
  from: { x: number; y: number };
  to: { x: number; y: number };
  links: string[];
}

export interface ILayout {
  places: Map<string, IPlace>;
  segments: ISegment[];
  width: number;
  height: number;
}

const SWEEPS = 8;
const BEND_HEIGHT = 6;

export function keyOfLink(link: ILink): string {
  return `${link.source}\n${link.target}`;
}

/** Groups of linked nodes stand one below the other, nodes without links in rows at the end. */
export function layout(ids: readonly string[], links: readonly ILink[], size: ISize): ILayout {
  const groups = components(ids, links);
  const places = new Map<string, IPlace>();
  const segments: ISegment[] = [];
  let [width, height] = [0, 0];
  for (const group of groups.filter(each => each.ids.length > 1)) {
    const made = layoutGroup(group.ids, group.links, size);
    const top = height === 0 ? 0 : height + size.gapY * 2;
    made.places.forEach((place, id) => places.set(id, { ...place, y: place.y + top }));
    for (const each of made.segments) {
      segments.push({
        ...each,
        from: { ...each.from, y: each.from.y + top },
        to: { ...each.to, y: each.to.y + top }
      });
    }
    height = top + made.height;
    width = Math.max(width, made.width);
  }
  const alone = groups.filter(each => each.ids.length === 1).map(each => each.ids[0]!);
  const columns = Math.max(4, Math.round((width + size.gapX) / (size.width + size.gapX)));
  const top = height === 0 || alone.length === 0 ? height : height + size.gapY * 3;
  alone.forEach((id, index) => {
    const [row, column] = [Math.floor(index / columns), index % columns];
    const place = { x: column * (size.width + size.gapX), y: top + row * (size.height + size.gapY) };
    places.set(id, { ...place, layer: column });
    width = Math.max(width, place.x + size.width);
    height = Math.max(height, place.y + size.height);
  });
  return { places, segments, width, height };
}

interface IGroup {
  ids: string[];
  links: ILink[];
}

function components(ids: readonly string[], links: readonly ILink[]): IGroup[] {
  const leader = new Map(ids.map(id => [id, id]));
  const find = (id: string): string => {
    let top = id;
    while (leader.get(top) !== top) {
      top = leader.get(top)!;
    }
    leader.set(id, top);
    return top;
  };
  const real = links.filter(
    each => each.source !== each.target && leader.has(each.source) && leader.has(each.target)
  );
  real.forEach(each => leader.set(find(each.target), find(each.source)));
  const groups = new Map<string, IGroup>();
  for (const id of ids) {
    const group = groups.get(find(id)) ?? { ids: [], links: [] };
    group.ids.push(id);
    groups.set(find(id), group);
  }
  real.forEach(each => groups.get(find(each.source))!.links.push(each));
  return [...groups.values()];
}

function layoutGroup(ids: readonly string[], links: readonly ILink[], size: ISize): ILayout {
  const layers = layersOf(ids, links);
  const { rows, steps, bends } = withBends(ids, links, layers);
  const ordered = untangle(rows, steps);
  const heightOf = (id: string): number => (bends.has(id) ? BEND_HEIGHT : size.height);
  const middles = settle(ordered, steps, heightOf, size.gapY);
  const places = new Map<string, IPlace>();
  const x = (layer: number): number => layer * (size.width + size.gapX);
  let height = 0;
  ordered.forEach((row, layer) =>
    row.forEach(id => {
      if (!bends.has(id)) {
        const y = middles.get(id)! - size.height / 2;
        places.set(id, { x: x(layer), y, layer });
        height = Math.max(height, y + size.height);
      }
    })
  );
  const layerOf = new Map(ordered.flatMap((row, layer) => row.map(id => [id, layer] as const)));
  const segments = steps.map(({ source, target, links: carried }) => ({
    from: { x: x(layerOf.get(source)!) + size.width, y: middles.get(source)! },
    to: { x: x(layerOf.get(target)!), y: middles.get(target)! },
    links: carried
  }));
  for (const bend of bends) {
    const at = x(layerOf.get(bend)!);
    const y = middles.get(bend)!;
    const carried = [...new Set(steps.filter(each => each.target === bend).flatMap(each => each.links))];
    segments.push({ from: { x: at, y }, to: { x: at + size.width, y }, links: carried });
  }
  return { places, segments, width: x(ordered.length - 1) + size.width, height };
}

/** The layer of each node, from 0. */
export function layersOf(ids: readonly string[], links: readonly ILink[]): Map<string, number> {
  const { order, next } = sorted(ids, links);
  const layers = new Map(ids.map(id => [id, 0]));
  const hasParent = new Set<string>();
  for (const id of order) {
    for (const target of next.get(id) ?? []) {
      layers.set(target, Math.max(layers.get(target)!, layers.get(id)! + 1));
      hasParent.add(target);
    }
  }
  for (const id of order) {
    const targets = next.get(id) ?? [];
    if (!hasParent.has(id) && targets.length > 0) {
      layers.set(id, Math.min(...targets.map(each => layers.get(each)!)) - 1);
    }
  }
  return layers;
}

/** The nodes, each after what led to it, and the edges; those that close a ring are turned round. */
export function sorted(
  ids: readonly string[],
  links: readonly ILink[]
): { order: string[]; next: Map<string, string[]> } {
  const steps = new Map<string, string[]>(ids.map(id => [id, []]));
  links.forEach(each => each.source !== each.target && steps.get(each.source)?.push(each.target));
  const next = new Map<string, string[]>(ids.map(id => [id, []]));
  walk(ids, steps, (id, target, isRing) => next.get(isRing ? target : id)!.push(isRing ? id : target));
  // Walked backwards, among equals the order stays as it was.
  const backwards = new Map([...next].map(([id, targets]) => [id, [...targets].reverse()]));
  return { order: walk([...ids].reverse(), backwards).reverse(), next };
}

/** Walk in depth, and return the nodes in the order in which all below them is done. */
function walk(
  ids: readonly string[],
  steps: ReadonlyMap<string, readonly string[]>,
  onStep: (id: string, target: string, isRing: boolean) => void = () => {}
): string[] {
  const isOpen = new Map<string, boolean>();
  const done: string[] = [];
  for (const start of ids) {
    const stack = isOpen.has(start) ? [] : [{ id: start, at: 0 }];
    isOpen.set(start, isOpen.get(start) ?? true);
    while (stack.length > 0) {
      const top = stack.at(-1)!;
      const target = steps.get(top.id)![top.at++];
      if (target === undefined) {
        isOpen.set(top.id, false);
        done.push(top.id);
        stack.pop();
        continue;
      }
      onStep(top.id, target, isOpen.get(target) ?? false);
      if (!isOpen.has(target)) {
        isOpen.set(target, true);
        stack.push({ id: target, at: 0 });
      }
    }
  }
  return done;
}

interface IStep extends ILink {
  links: string[];
}

/** Every edge as steps from one layer to the next. */
function withBends(
  ids: readonly string[],
  links: readonly ILink[],
  layers: ReadonlyMap<string, number>
): { rows: string[][]; steps: IStep[]; bends: Set<string> } {
  const rows: string[][] = Array.from({ length: Math.max(...layers.values()) + 1 }, () => []);
  ids.forEach(id => rows[layers.get(id)!]!.push(id));
  const bends = new Set<string>();
  const steps = new Map<string, IStep>();
  for (const link of links) {
    const [left, right] =
      layers.get(link.source)! < layers.get(link.target)!
        ? [link.source, link.target]
        : [link.target, link.source];
    let before = left;
    for (let layer = layers.get(left)! + 1; layer <= layers.get(right)!; layer++) {
      const isLast = layer === layers.get(right)!;
      const after = isLast ? right : `${left}\n${layer}`;
      if (!isLast && !bends.has(after)) {
        bends.add(after);
        rows[layer]!.push(after);
      }
      const step = steps.get(`${before}\t${after}`) ?? { source: before, target: after, links: [] };
      step.links.push(keyOfLink(link));
      steps.set(`${before}\t${after}`, step);
      before = after;
    }
  }
  return { rows, steps: [...steps.values()], bends };
}

/** The rows in the order with the fewest crossings of those that the sweeps come by. */
function untangle(rows: string[][], steps: readonly ILink[]): string[][] {
  const [before, after] = neighbours(steps);
  let current = rows;
  let best = rows;
  let fewest = crossings(rows, steps);
  for (let sweep = 0; sweep < SWEEPS && fewest > 0; sweep++) {
    const isForward = sweep % 2 === 0;
    const beside = isForward ? before : after;
    const turned = isForward ? [...current] : [...current].reverse();
    for (let layer = 1; layer < turned.length; layer++) {
      const at = new Map(turned[layer - 1]!.map((id, index) => [id, index]));
      const weight = new Map(
        turned[layer]!.map((id, index) => {
          const places = (beside.get(id) ?? []).map(each => at.get(each)!);
          return [id, places.length > 0 ? mean(places) : index];
        })
      );
      turned[layer] = [...turned[layer]!].sort((a, b) => weight.get(a)! - weight.get(b)!);
    }
    current = isForward ? turned : turned.reverse();
    const count = crossings(current, steps);
    if (count < fewest) {
      [best, fewest] = [current, count];
    }
  }
  return best;
}

/** How often edges between neighbouring layers cross, counted as inversions with a Fenwick tree. */
export function crossings(rows: readonly (readonly string[])[], steps: readonly ILink[]): number {
  const at = new Map(rows.flatMap(row => row.map((id, index) => [id, index] as const)));
  const layer = new Map(rows.flatMap((row, index) => row.map(id => [id, index] as const)));
  let count = 0;
  const byLayer: [number, number][][] = rows.map(() => []);
  steps.forEach(each => byLayer[layer.get(each.source)!]!.push([at.get(each.source)!, at.get(each.target)!]));
  byLayer.forEach((pairs, index) => {
    pairs.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    const size = (rows[index + 1]?.length ?? 0) + 1;
    const tree = new Array<number>(size + 1).fill(0);
    pairs.forEach(([, target], seen) => {
      let upTo = 0;
      for (let place = target + 1; place > 0; place -= place & -place) {
        upTo += tree[place]!;
      }
      count += seen - upTo;
      for (let place = target + 1; place <= size; place += place & -place) {
        tree[place]!++;
      }
    });
  });
  return count;
}

/** The middle of each node: as close to its neighbours as order and gaps allow, from 0 downwards. */
function settle(
  rows: readonly (readonly string[])[],
  steps: readonly ILink[],
  heightOf: (id: string) => number,
  gap: number
): Map<string, number> {
  const [before, after] = neighbours(steps);
  const middles = new Map<string, number>();
  const offsets = rows.map(row => {
    let top = 0;
    return row.map(id => {
      const middle = top + heightOf(id) / 2;
      top += heightOf(id) + gap;
      return middle;
    });
  });
  rows.forEach((row, layer) => row.forEach((id, index) => middles.set(id, offsets[layer]![index]!)));
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const isForward = sweep % 2 === 0;
    const order = rows.map((_row, layer) => (isForward ? layer : rows.length - 1 - layer));
    for (const layer of order) {
      const wished = rows[layer]!.map(id => {
        const near = [...((isForward ? before : after).get(id) ?? [])];
        const beside = near.length > 0 ? near : [...(before.get(id) ?? []), ...(after.get(id) ?? [])];
        return mean(beside.map(each => middles.get(each)!));
      });
      const spread = apart(wished, offsets[layer]!);
      rows[layer]!.forEach((id, index) => middles.set(id, spread[index]!));
    }
  }
  const top = Math.min(...rows.flat().map(id => middles.get(id)! - heightOf(id) / 2));
  middles.forEach((middle, id) => middles.set(id, middle - top));
  return middles;
}

/**
 * Numbers as close as can be to those wished for, in order, and as far apart as the offsets are:
 * neighbours that would come too close are moved together, by the pool-adjacent-violators algorithm.
 */
export function apart(wished: readonly number[], offsets: readonly number[]): number[] {
  const pools: { sum: number; count: number }[] = [];
  wished.forEach((each, index) => {
    let pool = { sum: each - offsets[index]!, count: 1 };
    while (pools.length > 0 && pools.at(-1)!.sum / pools.at(-1)!.count > pool.sum / pool.count) {
      const last = pools.pop()!;
      pool = { sum: pool.sum + last.sum, count: pool.count + last.count };
    }
    pools.push(pool);
  });
  const shifts = pools.flatMap(pool => new Array<number>(pool.count).fill(pool.sum / pool.count));
  return shifts.map((shift, index) => shift + offsets[index]!);
}

function neighbours(steps: readonly ILink[]): [Map<string, string[]>, Map<string, string[]>] {
  const [before, after] = [new Map<string, string[]>(), new Map<string, string[]>()];
  for (const { source, target } of steps) {
    before.set(target, [...(before.get(target) ?? []), source]);
    after.set(source, [...(after.get(source) ?? []), target]);
  }
  return [before, after];
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
}
