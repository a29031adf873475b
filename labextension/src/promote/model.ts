// The promotion of the open notebook, from the first stage to the verdict.

import type { PromoteJob } from '../api/schema';
import type { IClient } from '../api/tokens';
import { messageOf, Model } from '../model';
import { Ticker } from '../ticker';

export class PromoteModel extends Model {
  constructor(options: PromoteModel.IOptions) {
    super();
    this._client = options.client;
    this._ticker = new Ticker(() => this._followUp(), options.interval ?? 1000);
  }

  get path(): string | null {
    return this._path;
  }

  /** The promotion of the open notebook, if one was asked for. */
  get job(): PromoteJob | null {
    return this._path === null ? null : (this._jobs.get(this._path) ?? null);
  }

  get isRunning(): boolean {
    return this._isStarting || this.job?.state === 'running';
  }

  get error(): string | null {
    return this._error;
  }

  show(path: string | null): void {
    if (path === this._path) {
      return;
    }
    this._path = path;
    this._error = null;
    this.notify();
  }

  async start(path: string): Promise<void> {
    if (this._isStarting || this._jobs.get(path)?.state === 'running') {
      return;
    }
    this._isStarting = true;
    this._error = null;
    this.notify();
    try {
      this._jobs.set(path, await this._client.promote(path));
      this._ticker.start();
    } catch (reason) {
      this._jobs.delete(path);
      this._error = messageOf(reason);
    }
    this._isStarting = false;
    this.notify();
  }

  async cancel(): Promise<void> {
    const job = this.job;
    const path = this._path;
    if (job?.state !== 'running' || path === null) {
      return;
    }
    try {
      this._jobs.set(path, await this._client.cancelPromotion(job.id));
    } catch (reason) {
      this._error = messageOf(reason);
    }
    this.notify();
  }

  override dispose(): void {
    this._ticker.stop();
    super.dispose();
  }

  /** A promotion is followed also while its notebook is not in front: someone waits for it. */
  private async _followUp(): Promise<boolean> {
    const running = [...this._jobs].filter(([, job]) => job.state === 'running');
    for (const [path, job] of running) {
      try {
        const answer = await this._client.promotion(job.id);
        if (this._jobs.get(path)?.state === 'running') {
          this._jobs.set(path, answer);
          this._error = null;
        }
      } catch (reason) {
        this._lose(path, reason);
      }
    }
    this.notify();
    return [...this._jobs.values()].some(job => job.state === 'running');
  }

  /** A server that does not answer may come back; one that cannot tell of the job will not do so later. */
  private _lose(path: string, reason: unknown): void {
    this._error = messageOf(reason);
    if ((reason as { status?: number }).status) {
      this._jobs.delete(path);
    }
  }

  private readonly _client: IClient;
  private readonly _ticker: Ticker;
  /** By path of the notebook. */
  private readonly _jobs = new Map<string, PromoteJob>();
  private _path: string | null = null;
  private _isStarting = false;
  private _error: string | null = null;
}

export namespace PromoteModel {
  export interface IOptions {
    client: IClient;
    /** Milliseconds between two looks at a promotion under way. */
    interval?: number;
  }
}
