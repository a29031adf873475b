// The datasets of the project, versions grouped under their name.

import type { DatasetInfo } from '../api/schema';
import type { IClient } from '../api/tokens';
import { messageOf, Model } from '../model';

export class DatasetsModel extends Model {
  constructor(options: DatasetsModel.IOptions) {
    super();
    this._client = options.client;
    this._where = options.where;
  }

  get state(): DatasetsModel.State {
    return this._state;
  }

  get error(): string | null {
    return this._error;
  }

  get groups(): readonly DatasetsModel.IGroup[] {
    return this._groups;
  }

  /** Ask again. The list stays until the answer is there. */
  async refresh(): Promise<void> {
    const turn = ++this._turn;
    try {
      const { datasets } = await this._client.datasets(this._where());
      if (turn === this._turn) {
        this._groups = grouped(datasets);
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

  private readonly _client: IClient;
  private readonly _where: () => string;
  private _state: DatasetsModel.State = 'loading';
  private _error: string | null = null;
  private _groups: DatasetsModel.IGroup[] = [];
  private _turn = 0;
}

export namespace DatasetsModel {
  export type State = 'loading' | 'failed' | 'ready';

  /** The versions of one dataset, in the order of the server: newest first. */
  export interface IGroup {
    name: string;
    versions: DatasetInfo[];
  }

  export interface IOptions {
    client: IClient;
    where: () => string;
  }
}

function grouped(datasets: readonly DatasetInfo[]): DatasetsModel.IGroup[] {
  const groups = new Map<string, DatasetInfo[]>();
  for (const each of datasets) {
    groups.set(each.name, [...(groups.get(each.name) ?? []), each]);
  }
  return [...groups].map(([name, versions]) => ({ name, versions }));
}

/** The statement that loads a dataset version in a notebook. */
export function loadStatement(ref: string): string {
  return `df = mlnb.load(${JSON.stringify(ref)})`;
}
