// The state of the create dialog: what is offered, what is chosen, and what the notebook would be called.

import type {
  CreateOptions,
  CreatePreview,
  CreateRequest,
  DatasetInfo,
  HandoverItem,
  HandoverOffers,
  KindName,
  NotebookInfo,
  TemplateInfo,
  VariableInfo
} from '../api/schema';
import type { IClient } from '../api/tokens';
import { messageOf, Model, Question } from '../model';
import { titleOf } from './handover';

export class CreateModel extends Model {
  constructor(options: CreateModel.IOptions) {
    super();
    this._client = options.client;
    this.kind = options.kind;
    this._cwd = options.cwd;
    this._from = options.from;
    this._continues = options.continues ?? false;
    this._save = options.save ?? (async () => true);
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

  /** The number that was asked for; null leaves it to the server. */
  get number(): number | null {
    return this._number;
  }

  get folder(): string {
    return this._folder ?? this._options?.folder ?? '';
  }

  get folders(): readonly string[] {
    return this._options?.folders ?? [];
  }

  get parents(): readonly NotebookInfo[] {
    return this._options?.parents ?? [];
  }

  get datasets(): readonly DatasetInfo[] {
    return this._options?.datasets ?? [];
  }

  /** The templates of this kind. */
  get templates(): readonly TemplateInfo[] {
    return (this._options?.templates ?? []).filter(each => each.kind === this.kind);
  }

  get template(): TemplateInfo | null {
    const name = this._template ?? this._options?.template;
    return this.templates.find(each => each.name === name) ?? null;
  }

  get variables(): readonly VariableInfo[] {
    return this.template?.variables ?? [];
  }

  /** The items that the parent can hand over to a notebook of this kind. */
  get items(): readonly HandoverItem[] {
    if (!this._offers || this._offers.path !== this._parent) {
      return [];
    }
    return this._offers.items.filter(each => each.kinds.includes(this.kind));
  }

  get item(): HandoverItem | null {
    return this.items.find(each => each.id === this._item) ?? null;
  }

  /** The name of the project, or of the folder that would become one. */
  get place(): string {
    return this._options?.project.name ?? this._cwd;
  }

  /** What the server says about the title that is in the box now; null while it has not said so. */
  get preview(): CreatePreview | null {
    return this._preview.answer;
  }

  /** The path and the sections that were said last, which may be those of a moment ago: they must not flicker. */
  get shown(): { path: string; outline: readonly string[] } | null {
    return this._title.trim() === '' ? null : this._shown;
  }

  get canCreate(): boolean {
    return (
      this._state === 'ready' && this._title.trim() !== '' && !this.preview?.problem && this.missing === null
    );
  }

  /** A value that the template needs and that has not been given. */
  get missing(): VariableInfo | null {
    return this.variables.find(each => this.value(each).trim() === '' && each.default === null) ?? null;
  }

  value(variable: VariableInfo): string {
    return this._values.get(variable.name) ?? variable.default ?? '';
  }

  async load(): Promise<void> {
    this._error = null;
    try {
      [this._options, this._offers] = await Promise.all([
        this._client.createOptions(this._cwd, this.kind, this._from),
        this._continues && this._from !== null ? this._client.handover(this._from) : null
      ]);
    } catch (reason) {
      this._fail('failed', reason);
      return;
    }
    this._parent = this._options.parent;
    this._dataset = this._options.dataset;
    if (this._offers) {
      this._parent = this._from;
      this._dataset = this._offers.dataset ?? this._dataset;
      this._takeAlong(this.items[0] ?? null);
    }
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
    this._isTyped = title !== '';
    this._error = null;
    this._preview.forget();
    this._askPreview(this._delay);
  }

  setParent(parent: string | null): void {
    this._parent = parent;
    this._chosenAnew();
  }

  setDataset(dataset: string | null): void {
    this._dataset = dataset;
    this._chosenAnew();
  }

  setItem(id: string | null): void {
    this._takeAlong(this.items.find(each => each.id === id) ?? null);
    this._chosenAnew();
  }

  setTemplate(name: string): void {
    this._template = name;
    this._chosenAnew();
  }

  setValue(name: string, value: string): void {
    this._values.set(name, value);
    this._chosenAnew(this._delay);
  }

  setNumber(number: number | null): void {
    this._number = number;
    this._chosenAnew(this._delay);
  }

  setFolder(folder: string): void {
    this._folder = folder;
    this._chosenAnew();
  }

  /** Create the notebook and return its path, or null and say why not. */
  async create(): Promise<string | null> {
    if (!this.canCreate) {
      return null;
    }
    this._state = 'creating';
    this._error = null;
    this.notify();
    if (this._parent !== null && !(await this._save(this._parent))) {
      this._state = 'ready';
      this.notify();
      return null;
    }
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
    this._preview.stop();
    super.dispose();
  }

  private _request(): CreateRequest {
    return {
      cwd: this._cwd,
      kind: this.kind,
      title: this._title.trim(),
      parent: this._parent,
      dataset: this._dataset,
      number: this._number,
      folder: this._folder,
      template: this._template,
      variables: Object.fromEntries(this.variables.map(each => [each.name, this.value(each)])),
      handover: this.item?.id ?? null
    };
  }

  /** The title follows what is taken along, until somebody types one. */
  private _takeAlong(item: HandoverItem | null): void {
    this._item = item?.id ?? null;
    if (!this._isTyped) {
      this._title = item ? titleOf(item.text) : '';
    }
  }

  private _chosenAnew(pause = 0): void {
    this._error = null;
    if (this.preview?.problem) {
      this._preview.forget(); // it may be mended: Enter need not wait to hear so
    }
    this.notify();
    this._askPreview(pause);
  }

  private _askPreview(pause: number): void {
    if (this._state !== 'ready' || this._title.trim() === '') {
      return;
    }
    if (this.missing !== null) {
      this._preview.forget();
      return;
    }
    void this._preview.ask(async () => {
      try {
        const preview = await this._client.previewCreate(this._request());
        if (preview.path !== null) {
          this._shown = { path: preview.path, outline: sections(preview.outline ?? []) };
        }
        return preview;
      } catch (reason) {
        return { path: null, problem: messageOf(reason) };
      }
    }, pause);
  }

  private _fail(state: CreateModel.State, reason: unknown): void {
    this._state = state;
    this._error = messageOf(reason);
    this.notify();
  }

  private readonly _client: IClient;
  private readonly _cwd: string;
  private readonly _from: string | null;
  private readonly _continues: boolean;
  private readonly _save: (path: string) => Promise<boolean>;
  private readonly _delay: number;
  private readonly _preview = new Question<CreatePreview>(() => this.notify());
  private readonly _values = new Map<string, string>();
  private _state: CreateModel.State = 'loading';
  private _error: string | null = null;
  private _options: CreateOptions | null = null;
  private _offers: HandoverOffers | null = null;
  private _title = '';
  private _isTyped = false;
  private _parent: string | null = null;
  private _dataset: string | null = null;
  private _item: string | null = null;
  private _template: string | null = null;
  private _number: number | null = null;
  private _folder: string | null = null;
  private _shown: { path: string; outline: readonly string[] } | null = null;
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
    /** Whether the new notebook continues that one, and takes along what it hands over. */
    continues?: boolean;
    /** Saves the parent, if it is open, before its header gets the link; false if it could not be saved. */
    save?: (path: string) => Promise<boolean>;
    /** Milliseconds of quiet before the server is asked about a title. */
    delay?: number;
  }
}

/** The headings of the second level: the first is the title, and those below are details. */
function sections(outline: readonly string[]): string[] {
  return outline.filter(each => each.startsWith('## ')).map(each => each.slice(3).trim());
}
