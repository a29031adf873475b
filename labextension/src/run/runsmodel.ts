// The runs of the open notebook, followed while any of them goes on.

import type { Json, RunInfo } from '../api/schema';
import type { IClient } from '../api/tokens';
import { messageOf, Model } from '../model';
import { Ticker } from '../ticker';

export class RunsModel extends Model {
  constructor(options: RunsModel.IOptions) {
    super();
    this._client = options.client;
    this._ticker = new Ticker(() => this._followUp(), options.interval ?? 1000);
  }

  get path(): string | null {
    return this._path;
  }

  get state(): RunsModel.State {
    return this._state;
  }

  /** Newest first. */
  get runs(): readonly RunInfo[] {
    return this._runs;
  }

  get error(): string | null {
    return this._error;
  }

  /** Whether a run is just being handed to the server. */
  get isStarting(): boolean {
    return this._isStarting;
  }

  /** Runs are followed only while someone can see them. */
  set isVisible(visible: boolean) {
    if (visible === this._isVisible) {
      return;
    }
    this._isVisible = visible;
    if (visible) {
      void this.refresh();
    } else {
      this._ticker.stop();
    }
  }

  show(path: string | null): void {
    if (path === this._path) {
      return;
    }
    this._path = path;
    this._runs = [];
    this._error = null;
    this._state = path === null ? 'none' : 'loading';
    this._turn++;
    this._ticker.stop();
    this.notify();
  }

  async refresh(): Promise<void> {
    await this._load();
    this._follow();
  }

  /** Start a run and return it, or null and say why not. */
  async start(path: string, given: Record<string, Json>): Promise<RunInfo | null> {
    this._isStarting = true;
    this._error = null;
    this.notify();
    try {
      const run = await this._client.startRun({ path, arguments: given });
      this._take(run, path);
      return run;
    } catch (reason) {
      this._error = messageOf(reason);
      return null;
    } finally {
      this._isStarting = false;
      this.notify();
      this._follow();
    }
  }

  async cancel(run: RunInfo): Promise<void> {
    const path = this._path;
    try {
      const answer = await this._client.cancelRun(run.id, run.notebook);
      this._error = null;
      this._take(answer, path);
    } catch (reason) {
      this._error = messageOf(reason);
    }
    this.notify();
  }

  override dispose(): void {
    this._ticker.stop();
    super.dispose();
  }

  private async _load(): Promise<void> {
    const path = this._path;
    if (path === null) {
      return;
    }
    const turn = ++this._turn;
    try {
      const { runs } = await this._client.runs(path);
      if (turn === this._turn) {
        this._runs = runs;
        this._state = 'ready';
        this._error = null;
        this.notify();
      }
    } catch (reason) {
      if (turn === this._turn) {
        this._state = 'failed';
        this._error = messageOf(reason);
        this.notify();
      }
    }
  }

  private _follow(): void {
    if (this._isVisible && this._runs.some(isGoingOn)) {
      this._ticker.start();
    }
  }

  private async _followUp(): Promise<boolean> {
    await this._load();
    // After a failed answer the list is the old one: the server may come back, so asking goes on.
    return this._isVisible && this._runs.some(isGoingOn);
  }

  /** Put a new or changed run in its place, unless another notebook is shown by now. */
  private _take(run: RunInfo, path: string | null): void {
    if (path !== this._path) {
      return;
    }
    this._turn++; // a list under way may be older than this answer
    this._state = 'ready';
    const known = this._runs.some(each => each.id === run.id);
    this._runs = known ? this._runs.map(each => (each.id === run.id ? run : each)) : [run, ...this._runs];
  }

  private readonly _client: IClient;
  private readonly _ticker: Ticker;
  private _path: string | null = null;
  private _state: RunsModel.State = 'none';
  private _runs: readonly RunInfo[] = [];
  private _error: string | null = null;
  private _isStarting = false;
  private _isVisible = false;
  private _turn = 0;
}

export namespace RunsModel {
  export type State = 'none' | 'loading' | 'ready' | 'failed';

  export interface IOptions {
    client: IClient;
    /** Milliseconds between two looks at a run that goes on. */
    interval?: number;
  }
}

export function isGoingOn(run: RunInfo): boolean {
  return run.state === 'queued' || run.state === 'running';
}
