// A lineage as the server knows it, and what of it is shown: types, text, one node and its family.

import type { LineageEdge, LineageInfo, LineageNode } from '../api/schema';
import type { IClient } from '../api/tokens';
import { messageOf, Model } from '../model';

export type NodeType = LineageNode['type'];

/** In the order of the work. */
export const TYPES: readonly NodeType[] = ['dataset', 'notebook', 'run', 'pipeline'];

export class LineageModel extends Model {
  constructor(options: LineageModel.IOptions) {
    super();
    this._client = options.client;
  }

  get state(): LineageModel.State {
    return this._state;
  }

  /** The newest answer; it stays while the next one is under way. */
  get info(): LineageInfo | null {
    return this._info;
  }

  get error(): string | null {
    return this._error;
  }

  get path(): string | null {
    return this._path;
  }

  get text(): string {
    return this._text;
  }

  get withRuns(): boolean {
    return this._withRuns;
  }

  /** The node that was chosen, as long as it is there. */
  get selected(): LineageNode | null {
    return this.node(this._selected);
  }

  /** The node to which the view is narrowed: only what led to it and what it led to. */
  get only(): LineageNode | null {
    return this.node(this._only);
  }

  /** What is to be drawn, by all filters. */
  get shown(): IShown {
    this._shown ??= shownOf(this._info, {
      types: new Set(TYPES.filter(type => this.shows(type))),
      text: this._text,
      only: this.only?.id ?? null
    });
    return this._shown;
  }

  node(id: string | null): LineageNode | null {
    return this._info?.nodes.find(node => node.id === id) ?? null;
  }

  shows(type: NodeType): boolean {
    return type === 'run' ? this._withRuns : !this._hidden.has(type);
  }

  /** How many nodes of a type there are, whether shown or not. */
  count(type: NodeType): number {
    return this._info?.nodes.filter(node => node.type === type).length ?? 0;
  }

  /** Look at a notebook, a dataset file or a folder; null for none. */
  show(path: string | null): void {
    if (path !== this._path) {
      this._path = path;
      this._turn++;
      this._state = path === null ? 'none' : 'loading';
      this._take(null);
    }
  }

  /** Ask again. What is shown stays until the answer is there. */
  async refresh(): Promise<void> {
    const path = this._path;
    if (path === null) {
      return;
    }
    const turn = ++this._turn;
    try {
      const info = await this._client.lineage(path, this._withRuns);
      if (turn === this._turn) {
        this._state = 'ready';
        this._take(info);
      }
    } catch (reason) {
      if (turn === this._turn) {
        this._state = 'failed';
        this._error = messageOf(reason);
        this.notify();
      }
    }
  }

  /** Show or hide nodes of a type; runs are fetched when they are first wanted. */
  async toggle(type: NodeType): Promise<void> {
    if (type === 'run') {
      this._withRuns = !this._withRuns;
      this._redraw();
      await this.refresh();
      return;
    }
    if (!this._hidden.delete(type)) {
      this._hidden.add(type);
    }
    this._redraw();
  }

  filter(text: string): void {
    this._text = text;
    this._redraw();
  }

  select(id: string | null): void {
    this._selected = id;
    this.notify();
  }

  /** Narrow the view to a node and its family, or widen it again. */
  narrow(id: string | null): void {
    this._only = id;
    this._redraw();
  }

  private _take(info: LineageInfo | null): void {
    this._info = info;
    this._error = null;
    this._redraw();
  }

  private _redraw(): void {
    this._shown = null;
    this.notify();
  }

  private readonly _client: IClient;
  private readonly _hidden = new Set<NodeType>();
  private _path: string | null = null;
  private _state: LineageModel.State = 'none';
  private _info: LineageInfo | null = null;
  private _error: string | null = null;
  private _withRuns = false;
  private _text = '';
  private _selected: string | null = null;
  private _only: string | null = null;
  private _shown: IShown | null = null;
  private _turn = 0;
}

export namespace LineageModel {
  export type State = 'none' | 'loading' | 'failed' | 'ready';

  export interface IOptions {
    client: IClient;
  }
}

/** Nodes, and the edges between them; an edge is `indirect` where it leads over nodes that are not shown. */
export interface IShown {
  nodes: LineageNode[];
  edges: IShownEdge[];
}

export interface IShownEdge extends LineageEdge {
  indirect: boolean;
}

interface IFilter {
  types: ReadonlySet<NodeType>;
  text: string;
  only: string | null;
}

/** What passes the filters. Over nodes that do not pass, what led to what is still told. */
export function shownOf(info: LineageInfo | null, filter: IFilter): IShown {
  if (!info) {
    return { nodes: [], edges: [] };
  }
  const next = new Map<string, LineageEdge[]>();
  info.edges.forEach(edge => next.set(edge.source, [...(next.get(edge.source) ?? []), edge]));
  const family = filter.only === null ? null : familyOf(filter.only, info.edges);
  const words = filter.text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const nodes = info.nodes.filter(
    node =>
      filter.types.has(node.type) && (family?.has(node.id) ?? true) && words.every(word => says(node, word))
  );
  const kept = new Set(nodes.map(node => node.id));
  const edges = new Map<string, IShownEdge>();
  for (const { id } of nodes) {
    const seen = new Set<string>();
    const waiting = (next.get(id) ?? []).map(edge => ({ edge, indirect: false }));
    for (const { edge, indirect } of waiting) {
      const { target, relation } = edge;
      if (kept.has(target)) {
        const key = `${id}\n${target}`;
        const known = edges.get(key);
        if (target !== id && (!known || known.indirect)) {
          edges.set(key, { source: id, target, relation, indirect });
        }
      } else if (!seen.has(target)) {
        seen.add(target);
        waiting.push(...(next.get(target) ?? []).map(onward => ({ edge: onward, indirect: true })));
      }
    }
  }
  return { nodes, edges: [...edges.values()] };
}

function says(node: LineageNode, word: string): boolean {
  return [node.label, node.path, node.kind, node.type, node.state, node.detail].some(text =>
    text?.toLocaleLowerCase().includes(word)
  );
}

/** A node with all that led to it and all that it led to. */
export function familyOf(id: string, edges: readonly Pick<LineageEdge, 'source' | 'target'>[]): Set<string> {
  const family = new Set<string>();
  for (const [from, to] of [
    ['source', 'target'],
    ['target', 'source']
  ] as const) {
    const next = new Map<string, string[]>();
    edges.forEach(edge => next.set(edge[from], [...(next.get(edge[from]) ?? []), edge[to]]));
    const seen = new Set([id]);
    const waiting = [id];
    for (let each = waiting.pop(); each !== undefined; each = waiting.pop()) {
      for (const other of next.get(each) ?? []) {
        if (!seen.has(other)) {
          seen.add(other);
          waiting.push(other);
        }
      }
    }
    seen.forEach(each => family.add(each));
  }
  return family;
}
