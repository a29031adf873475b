// The one place that talks to the server extension.

import { URLExt } from '@jupyterlab/coreutils';
import { ServerConnection } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';
import type {
  AddDatasetRequest,
  AdoptApply,
  AdoptPlan,
  AdoptResult,
  ChangeList,
  CheckReport,
  Created,
  CreateOptions,
  CreatePreview,
  CreateRequest,
  DatasetInfo,
  DatasetList,
  HandoverOffers,
  KindName,
  LineageInfo,
  Moved,
  NameGuess,
  ProjectInfo,
  PromoteJob,
  RenamePreview,
  RenameRequest,
  RunForm,
  RunInfo,
  RunList,
  SearchAnswer,
  SplitJob,
  SplitOffers,
  SplitRequest,
  StartRun,
  Undone
} from './schema';
import type { IClient } from './tokens';

/** The server said no; the message is one sentence for the reader. */
export class Refused extends Error {
  constructor(message: string, status: number, reason: string) {
    super(message);
    this.name = 'Refused';
    this.status = status;
    this.reason = reason;
  }

  readonly status: number;
  /** What kind of refusal it is, as the server calls it; empty where it did not come from mlnb. */
  readonly reason: string;
}

export class Client implements IClient {
  constructor(options: Client.IOptions) {
    this._settings = options.settings;
    this._trans = options.trans;
    this._request = options.request ?? ServerConnection.makeRequest;
  }

  project(path: string): Promise<ProjectInfo> {
    return this._get('project', { path });
  }

  init(path: string): Promise<ProjectInfo> {
    return this._post('init', { path });
  }

  createOptions(cwd: string, kind: KindName, from: string | null): Promise<CreateOptions> {
    return this._get('create/options', from === null ? { cwd, kind } : { cwd, kind, from });
  }

  previewCreate(request: CreateRequest): Promise<CreatePreview> {
    return this._post('create/preview', request);
  }

  create(request: CreateRequest): Promise<Created> {
    return this._post('create', request);
  }

  createScratch(cwd: string): Promise<Created> {
    return this._post('create/scratch', { cwd });
  }

  handover(path: string): Promise<HandoverOffers> {
    return this._get('handover', { path });
  }

  nameGuess(path: string): Promise<NameGuess> {
    return this._get('rename/guess', { path });
  }

  previewRename(request: RenameRequest): Promise<RenamePreview> {
    return this._post('rename/preview', request);
  }

  rename(request: RenameRequest): Promise<Moved> {
    return this._post('rename', request);
  }

  moved(oldPath: string, newPath: string): Promise<Moved> {
    return this._post('rename/moved', { old: oldPath, new: newPath });
  }

  changes(path: string): Promise<ChangeList> {
    return this._get('changes', { path });
  }

  undo(path: string, id: string | null): Promise<Undone> {
    return this._post('changes/undo', { path, id });
  }

  splitOffers(path: string): Promise<SplitOffers> {
    return this._get('split', { path });
  }

  split(request: SplitRequest): Promise<SplitJob> {
    return this._post('split', request);
  }

  splitJob(id: string): Promise<SplitJob> {
    return this._get(`split/${encodeURIComponent(id)}`, {});
  }

  cancelSplit(id: string): Promise<SplitJob> {
    return this._post(`split/${encodeURIComponent(id)}/cancel`, {});
  }

  adoptPlan(path: string): Promise<AdoptPlan> {
    return this._post('adopt/plan', { path });
  }

  adopt(request: AdoptApply): Promise<AdoptResult> {
    return this._post('adopt', request);
  }

  lineage(path: string, runs: boolean): Promise<LineageInfo> {
    return this._get('lineage', runs ? { path, runs: '1' } : { path });
  }

  check(path: string): Promise<CheckReport> {
    return this._get('check', { path });
  }

  datasets(path: string): Promise<DatasetList> {
    return this._get('data', { path });
  }

  addDataset(request: AddDatasetRequest): Promise<DatasetInfo> {
    return this._post('data', request);
  }

  runForm(path: string): Promise<RunForm> {
    return this._get('run/form', { path });
  }

  startRun(request: StartRun): Promise<RunInfo> {
    return this._post('run', request);
  }

  runs(path: string): Promise<RunList> {
    return this._get('runs', { path });
  }

  run(id: string, path: string): Promise<RunInfo> {
    return this._get(`runs/${encodeURIComponent(id)}`, { path });
  }

  cancelRun(id: string, path: string): Promise<RunInfo> {
    return this._post(`runs/${encodeURIComponent(id)}/cancel`, {}, { path });
  }

  search(query: string, path: string, limit: number): Promise<SearchAnswer> {
    return this._get('search', { q: query, path, limit: String(limit) });
  }

  promote(path: string): Promise<PromoteJob> {
    return this._post('promote', { path });
  }

  promotion(id: string): Promise<PromoteJob> {
    return this._get(`promote/${encodeURIComponent(id)}`, {});
  }

  cancelPromotion(id: string): Promise<PromoteJob> {
    return this._post(`promote/${encodeURIComponent(id)}/cancel`, {});
  }

  private _get<T>(route: string, query: Record<string, string>): Promise<T> {
    // A stored answer would show what was true before the last save.
    return this._ask(route, query, { method: 'GET', cache: 'no-store' });
  }

  private _post<T>(route: string, body: object, query: Record<string, string> = {}): Promise<T> {
    return this._ask(route, query, { method: 'POST', body: JSON.stringify(body) });
  }

  private async _ask<T>(route: string, query: Record<string, string>, init: RequestInit): Promise<T> {
    const asked = new URLSearchParams(query).toString();
    const url = URLExt.join(this._settings.baseUrl, 'mlnb', route) + (asked && `?${asked}`);
    let response: Response;
    let text: string;
    try {
      response = await this._request(url, init, this._settings);
      text = await response.text();
    } catch {
      throw new Refused(this._trans.__('The Jupyter server does not answer.'), 0, '');
    }
    const answer = parsed(text);
    if (!response.ok) {
      throw this._refusal(response.status, answer);
    }
    if (answer === undefined) {
      throw new Refused(
        this._trans.__('The Jupyter server gave an answer that is not JSON.'),
        response.status,
        ''
      );
    }
    return answer as T;
  }

  private _refusal(status: number, answer: unknown): Refused {
    const { message, reason } = (answer ?? {}) as { message?: unknown; reason?: unknown };
    const ours = typeof message === 'string' && message !== '' && typeof reason === 'string' && reason !== '';
    if (ours) {
      return new Refused(message, status, reason);
    }
    if (status === 404) {
      return new Refused(
        this._trans.__('The server part of mlnb is not running: see “jupyter server extension list”.'),
        status,
        ''
      );
    }
    if (status === 401 || status === 403) {
      return new Refused(this._trans.__('The Jupyter server asks you to log in again.'), status, '');
    }
    return new Refused(
      typeof message === 'string' && message !== ''
        ? message
        : this._trans.__('The server failed (%1).', status),
      status,
      ''
    );
  }

  private readonly _settings: ServerConnection.ISettings;
  private readonly _trans: TranslationBundle;
  private readonly _request: typeof ServerConnection.makeRequest;
}

export namespace Client {
  export interface IOptions {
    settings: ServerConnection.ISettings;
    trans: TranslationBundle;
    /** Sends a request; given by tests. */
    request?: typeof ServerConnection.makeRequest;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
