// The state of the create dialog: what is offered, what is chosen, and what the notebook would be called.

import type { CreateOptions, CreatePreview, DatasetInfo, KindName, NotebookInfo } from '../api/schema';
import type { IClient } from '../api/tokens';
import { messageOf, Model } from '../model';

export class CreateModel extends Model {
  constructor(options: CreateModel.IOptions) {
    super();
    this._client = options.client;
    this.kind = options.kind;
    this._cwd = options.cwd;
    this._from = options.from;
    this._delay = options.delay ?? 150;
  }

  readonly kind: KindName;

  get state(): CreateModel.State {
    return this._state;
  }

  /** One sentence: why loading, initialising or creating did not work. */
  get error(): string | null {
    return this._error;
  }

  get title(): string {
    return this._title;
  }

  get parent(): string | null {
    return this._parent;
  }

  get dataset(): string | null {
    return this._dataset;
  }

  get parents(): readonly NotebookInfo[] {
    return this._options?.parents ?? [];
  }

  get datasets(): readonly DatasetInfo[] {
    return this._options?.datasets ?? [];
  }

  /** The folder that is, or would become, the project. */
  get folder(): string {
    return this._options?.project.name ?? this._cwd;
  }

  /** What the server says about the title that is in the box now; null while it has not said so. */
  get preview(): CreatePreview | null {
    return this._preview;
  }

  get canCreate(): boolean {
    return this._state === 'ready' && this._title.trim() !== '' && !this._preview?.problem;
  }

  async load(): Promise<void> {
    this._error = null;
    try {
      this._options = await this._client.createOptions(this._cwd, this.kind, this._from);
    } catch (reason) {
      this._fail('failed', reason);
      return;
    }
    this._parent = this._options.parent;
    this._dataset = this._options.dataset;
    this._state = this._options.project.initialised ? 'ready' : 'no-project';
    this.notify();
    this._askPreview(0);
  }

  /** Make the folder a project, and go on with the dialog. */
  async initialise(): Promise<void> {
    this._state = 'loading';
    this._error = null;
    this.notify();
    try {
      await this._client.init(this._cwd);
    } catch (reason) {
      this._fail('no-project', reason);
      return;
    }
    await this.load();
  }

  setTitle(title: string): void {
    this._title = title;
    this._error = null;
    this._preview = null;
    this.notify();
    this._askPreview(this._delay);
  }

  setParent(parent: string | null): void {
    this._parent = parent;
    this.notify();
    this._askPreview(0);
  }

  setDataset(dataset: string | null): void {
    this._dataset = dataset;
    this.notify();
    this._askPreview(0);
  }

  /** Create the notebook and return its path, or null and say why not. */
  async create(): Promise<string | null> {
    if (!this.canCreate) {
      return null;
    }
    this._state = 'creating';
    this._error = null;
    this.notify();
    try {
      const { path } = await this._client.create(this._request());
      this._state = 'created';
      this.notify();
      return path;
    } catch (reason) {
      this._fail('ready', reason);
      return null;
    }
  }

  override dispose(): void {
    clearTimeout(this._timer);
    super.dispose();
  }

  private _request() {
    return {
      cwd: this._cwd,
      kind: this.kind,
      title: this._title.trim(),
      parent: this._parent,
      dataset: this._dataset
    };
  }

  private _askPreview(delay: number): void {
    clearTimeout(this._timer);
    const turn = ++this._turn;
    if (this._state !== 'ready' || this._title.trim() === '') {
      return;
    }
    this._timer = setTimeout(async () => {
      let preview: CreatePreview | null;
      try {
        preview = await this._client.previewCreate(this._request());
      } catch (reason) {
        preview = { path: null, problem: messageOf(reason) };
      }
      if (turn === this._turn) {
        this._preview = preview;
        this.notify();
      }
    }, delay);
  }

  private _fail(state: CreateModel.State, reason: unknown): void {
    this._state = state;
    this._error = messageOf(reason);
    this.notify();
  }

  private readonly _client: IClient;
  private readonly _cwd: string;
  private readonly _from: string | null;
  private readonly _delay: number;
  private _state: CreateModel.State = 'loading';
  private _error: string | null = null;
  private _options: CreateOptions | null = null;
  private _title = '';
  private _parent: string | null = null;
  private _dataset: string | null = null;
  private _preview: CreatePreview | null = null;
  private _turn = 0;
  private _timer: ReturnType<typeof setTimeout> | undefined;
}

export namespace CreateModel {
  export type State = 'loading' | 'failed' | 'no-project' | 'ready' | 'creating' | 'created';

  export interface IOptions {
    client: IClient;
    kind: KindName;
    /** The folder in which the dialog was asked for. */
    cwd: string;
    /** The notebook from which it was asked for. */
    from: string | null;
    /** Milliseconds of quiet before the server is asked about a title. */
    delay?: number;
  }
}
