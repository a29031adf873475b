// The findings in the open notebook.

import type { CheckReport, DiagnosticInfo, KindName } from '../api/schema';
import type { IClient } from '../api/tokens';
import { messageOf, Model } from '../model';

export class CheckModel extends Model {
  constructor(options: CheckModel.IOptions) {
    super();
    this._client = options.client;
  }

  /** The notebook that is looked at. */
  get path(): string | null {
    return this._path;
  }

  get state(): CheckModel.State {
    return this._state;
  }

  /** The newest report of this notebook; it stays while the next check is under way. */
  get report(): CheckReport | null {
    return this._report;
  }

  get kind(): KindName | null {
    return this._report?.kind ?? null;
  }

  /** Whether it is a temporary notebook, which nobody asks for a name. */
  get isScratch(): boolean {
    return this._report?.scratch ?? false;
  }

  get error(): string | null {
    return this._error;
  }

  /** The findings, worst first; those of the same weight in the order of the notebook. */
  get diagnostics(): readonly DiagnosticInfo[] {
    const found = [...(this._report?.diagnostics ?? [])];
    return found.sort((a, b) => WEIGHT[a.severity] - WEIGHT[b.severity] || (a.cell ?? -1) - (b.cell ?? -1));
  }

  /** Look at another notebook, or at none. What was known of the old one is forgotten. */
  show(path: string | null): void {
    if (path === this._path) {
      return;
    }
    this._path = path;
    this._report = null;
    this._error = null;
    this._state = path === null ? 'none' : 'checking';
    this._turn++;
    this.notify();
  }

  async refresh(): Promise<void> {
    const path = this._path;
    if (path === null) {
      return;
    }
    const turn = ++this._turn;
    this._state = 'checking';
    this.notify();
    try {
      const report = await this._client.check(path);
      if (turn === this._turn) {
        this._report = report;
        this._error = null;
        this._state = 'checked';
        this.notify();
      }
    } catch (reason) {
      if (turn === this._turn) {
        this._error = messageOf(reason);
        this._state = 'failed';
        this.notify();
      }
    }
  }

  private readonly _client: IClient;
  private _path: string | null = null;
  private _state: CheckModel.State = 'none';
  private _report: CheckReport | null = null;
  private _error: string | null = null;
  private _turn = 0;
}

export namespace CheckModel {
  export type State = 'none' | 'checking' | 'checked' | 'failed';

  export interface IOptions {
    client: IClient;
  }
}

const WEIGHT = { error: 0, warn: 1, info: 2 } as const;
