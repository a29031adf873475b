// What is in the search box, what was found, and which hit the keyboard is on.

import type { HitInfo, SearchAnswer } from '../api/schema';
import type { IClient } from '../api/tokens';
import { messageOf, Model } from '../model';

/** Fewer characters than this match half of everything; they are searched only on Enter. */
const LIVE_FROM = 3;

export class SearchModel extends Model {
  constructor(options: SearchModel.IOptions) {
    super();
    this._client = options.client;
    this._where = options.where;
    this._delay = options.delay ?? 150;
    this._limit = options.limit ?? 50;
  }

  get query(): string {
    return this._query;
  }

  get state(): SearchModel.State {
    return this._state;
  }

  /** The newest answer; it stays while the next one is under way. */
  get answer(): SearchAnswer | null {
    return this._answer;
  }

  get hits(): readonly HitInfo[] {
    return this._answer?.hits ?? [];
  }

  get error(): string | null {
    return this._error;
  }

  /** The place of the active hit in `hits`, or -1. */
  get active(): number {
    return this._active;
  }

  get activeHit(): HitInfo | null {
    return this.hits[this._active] ?? null;
  }

  /** Whether the answer shown is that of the text in the box. */
  get isSettled(): boolean {
    return this._state === 'answered' && this._asked === this._query.trim();
  }

  /** Text was typed. While an input method composes, nothing is searched. */
  type(query: string): void {
    this._query = query;
    this.notify();
    if (!this._composing) {
      this._searchSoon();
    }
  }

  startComposing(): void {
    this._composing = true;
    clearTimeout(this._timer);
  }

  endComposing(query: string): void {
    this._composing = false;
    this.type(query);
  }

  /** Enter: search now, however short the text is. */
  async submit(): Promise<void> {
    clearTimeout(this._timer);
    await this._search();
  }

  clear(): void {
    this.type('');
  }

  /** Ask again for what is shown, as after the project has changed. */
  async refresh(): Promise<void> {
    await this._search();
  }

  activate(index: number): void {
    const last = this.hits.length - 1;
    this._active = Math.max(-1, Math.min(index, last));
    this.notify();
  }

  override dispose(): void {
    clearTimeout(this._timer);
    super.dispose();
  }

  private _searchSoon(): void {
    clearTimeout(this._timer);
    const length = this._query.trim().length;
    if (length === 0 || length >= LIVE_FROM) {
      this._timer = setTimeout(() => this._search(), length === 0 ? 0 : this._delay);
    }
  }

  private async _search(): Promise<void> {
    const turn = ++this._turn;
    const query = this._query.trim();
    this._state = 'searching';
    this.notify();
    try {
      const answer = await this._client.search(query, this._where(), this._limit);
      if (turn === this._turn) {
        this._take(query, answer);
      }
    } catch (reason) {
      if (turn === this._turn) {
        this._asked = query;
        this._state = 'failed';
        this._error = messageOf(reason);
        this.notify();
      }
    }
  }

  private _take(query: string, answer: SearchAnswer): void {
    const same = query === this._asked;
    const key = this.activeHit && keyOf(this.activeHit);
    this._answer = answer;
    this._asked = query;
    this._state = 'answered';
    this._error = null;
    // Another query starts at its best hit; the same one keeps the place of the reader.
    const kept = same && key !== null ? answer.hits.findIndex(hit => keyOf(hit) === key) : -1;
    this._active = kept >= 0 ? kept : query !== '' && answer.hits.length > 0 ? 0 : -1;
    this.notify();
  }

  private readonly _client: IClient;
  private readonly _where: () => string;
  private readonly _delay: number;
  private readonly _limit: number;
  private _query = '';
  private _asked: string | null = null;
  private _state: SearchModel.State = 'idle';
  private _answer: SearchAnswer | null = null;
  private _error: string | null = null;
  private _active = -1;
  private _composing = false;
  private _turn = 0;
  private _timer: ReturnType<typeof setTimeout> | undefined;
}

export namespace SearchModel {
  export type State = 'idle' | 'searching' | 'answered' | 'failed';

  export interface IOptions {
    client: IClient;
    /** The contents path whose project is searched. */
    where: () => string;
    /** Milliseconds of quiet before typed text is searched. */
    delay?: number;
    /** How many hits are asked for. */
    limit?: number;
  }
}

/** What makes a hit the same hit in two answers. */
export function keyOf(hit: HitInfo): string {
  return [hit.path, hit.run ?? '', hit.cell_id ?? hit.cell ?? ''].join('\n');
}
