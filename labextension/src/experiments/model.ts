// Which project the left panel shows, and whether there is one.

import type { ProjectInfo } from '../api/schema';
import type { IClient } from '../api/tokens';
import { messageOf, Model } from '../model';

export class ProjectModel extends Model {
  constructor(options: ProjectModel.IOptions) {
    super();
    this._client = options.client;
    this._where = options.where;
  }

  get state(): ProjectModel.State {
    return this._state;
  }

  get info(): ProjectInfo | null {
    return this._info;
  }

  get error(): string | null {
    return this._error;
  }

  /** The contents path that stands for the project in requests. */
  get path(): string {
    return this._info?.root ?? this._where();
  }

  /** Look again at where the user is. The state changes only once the answer is there, so nothing flickers. */
  async refresh(): Promise<void> {
    const turn = ++this._turn;
    try {
      const info = await this._client.project(this._where());
      if (turn === this._turn) {
        this._take(info);
      }
    } catch (reason) {
      if (turn === this._turn) {
        this._state = 'failed';
        this._info = null;
        this._error = messageOf(reason);
        this.notify();
      }
    }
  }

  /** Make the folder in which the user is a project. */
  async initialise(): Promise<void> {
    const turn = ++this._turn;
    try {
      const info = await this._client.init(this._where());
      if (turn === this._turn) {
        this._take(info);
      }
    } catch (reason) {
      this._error = messageOf(reason);
      this.notify();
    }
  }

  private _take(info: ProjectInfo): void {
    this._info = info;
    this._error = null;
    this._state = info.initialised ? 'ready' : 'no-project';
    this.notify();
  }

  private readonly _client: IClient;
  private readonly _where: () => string;
  private _state: ProjectModel.State = 'loading';
  private _info: ProjectInfo | null = null;
  private _error: string | null = null;
  private _turn = 0;
}

export namespace ProjectModel {
  export type State = 'loading' | 'failed' | 'no-project' | 'ready';

  export interface IOptions {
    client: IClient;
    /** The contents path of the notebook or folder that the user looks at. */
    where: () => string;
  }
}
