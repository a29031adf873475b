// A plan of an adoption: edited row by row, checked again by the server after each edit, applied, and undone.

import type { AdoptDatasetRow, AdoptPlan, AdoptResult, AdoptRow, Undone } from '../api/schema';
import type { IClient } from '../api/tokens';
import { messageOf, Model } from '../model';
import type { IMove, IOpenDocuments } from '../notebook/tokens';

type Confidence = AdoptRow['confidence'];

export class AdoptModel extends Model {
  constructor(options: AdoptModel.IOptions) {
    super();
    this._client = options.client;
    this._documents = options.documents;
    this._isDirty = options.isDirty;
    this.path = options.path;
    this._delay = options.delay ?? 400;
  }

  /** The folder whose notebooks are adopted. */
  readonly path: string;

  get state(): AdoptModel.State {
    return this._state;
  }

  get plan(): AdoptPlan | null {
    return this._plan;
  }

  /** All notebooks, the surest first; the order stays while rows are edited. */
  get rows(): readonly AdoptRow[] {
    return this._plan?.rows ?? [];
  }

  get datasets(): readonly AdoptDatasetRow[] {
    return this._plan?.datasets ?? [];
  }

  /** The rows that pass the filter. */
  get shownRows(): readonly AdoptRow[] {
    return this.rows.filter(row => this._passes(row, [row.title, row.kind ?? ''], row.confidence));
  }

  get shownDatasets(): readonly AdoptDatasetRow[] {
    return this.datasets.filter(row => this._passes(row, [row.name, row.features], null));
  }

  get text(): string {
    return this._text;
  }

  get narrowed(): AdoptModel.Narrowed {
    return this._narrowed;
  }

  /** Whether edits are still to be checked. */
  get isChecking(): boolean {
    return this._isChecking;
  }

  /** What is wrong with the last request, in a sentence. */
  get error(): string | null {
    return this._error;
  }

  /** How many notebooks, and datasets, would be adopted now. */
  get ready(): { notebooks: number; datasets: number } {
    return {
      notebooks: this.rows.filter(isReady).length,
      datasets: this.datasets.filter(isReady).length
    };
  }

  /** How many chosen rows have a problem, and so are left out. */
  get troubled(): number {
    return [...this.rows, ...this.datasets].filter(row => row.apply && row.problem !== null).length;
  }

  /** What applying came to. */
  get result(): AdoptResult | null {
    return this._result;
  }

  get undone(): Undone | null {
    return this._undone;
  }

  isExpanded(path: string): boolean {
    return this._expanded.has(path);
  }

  /** Read the folder anew; what was edited is lost. */
  async scan(): Promise<void> {
    clearTimeout(this._timer);
    const turn = ++this._turn;
    this._state = 'scanning';
    this._plan = this._result = this._undone = this._error = null;
    this._isChecking = false;
    this._touched.clear();
    this._expanded.clear();
    this.notify();
    try {
      const { initialised } = await this._client.project(this.path);
      const plan = initialised ? await this._client.adoptPlan(this.path) : null;
      if (turn === this._turn) {
        this._plan = plan && { ...plan, rows: surestFirst(plan.rows) };
        this._state = plan ? 'ready' : 'no-project';
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

  /** Make the folder a project, and read it. */
  async initialise(): Promise<void> {
    try {
      await this._client.init(this.path);
    } catch (reason) {
      this._error = messageOf(reason);
      this.notify();
      return;
    }
    await this.scan();
  }

  edit(path: string, changes: Partial<Pick<AdoptRow, 'kind' | 'title' | 'number' | 'apply'>>): void {
    this._editRows(new Set([path]), changes);
  }

  editDataset(
    path: string,
    changes: Partial<Pick<AdoptDatasetRow, 'name' | 'date' | 'features' | 'apply'>>
  ): void {
    if (this._plan) {
      const edited = this._plan.datasets.map(row => (row.path === path ? { ...row, ...changes } : row));
      this._plan = { ...this._plan, datasets: edited };
      this._touched.add(path);
      this._checkSoon();
    }
  }

  /** Choose, or leave out, all notebooks that are shown; without a kind there is no name to give. */
  choose(apply: boolean): void {
    const rows = this.shownRows.filter(row => row.apply !== apply && (row.kind !== null || !apply));
    this._editRows(new Set(rows.map(row => row.path)), { apply });
  }

  /** Choose all notebooks of which the server is sure, and no others. */
  chooseSure(): void {
    const isSure = (row: AdoptRow): boolean => row.confidence === 'high' && row.kind !== null;
    const on = this.rows.filter(row => isSure(row) && !row.apply);
    const off = this.rows.filter(row => !isSure(row) && row.apply);
    this._editRows(new Set(on.map(row => row.path)), { apply: true });
    this._editRows(new Set(off.map(row => row.path)), { apply: false });
  }

  toggleReasons(path: string): void {
    if (!this._expanded.delete(path)) {
      this._expanded.add(path);
    }
    this.notify();
  }

  filter(text: string): void {
    this._text = text;
    this.notify();
  }

  narrow(to: AdoptModel.Narrowed): void {
    this._narrowed = to;
    this.notify();
  }

  /** Carry the plan out, as it is edited. What is open and has changes is saved before. */
  async apply(): Promise<void> {
    if (this._state !== 'ready' || !this._plan) {
      return;
    }
    clearTimeout(this._timer);
    const turn = ++this._turn;
    this._state = 'applying';
    this._error = null;
    this.notify();
    try {
      await this._save();
      const result = await this._client.adopt({ ...this._request(), dry_run: false });
      await this._documents.follow({ moves: movesOf(result) });
      if (turn === this._turn) {
        this._result = result;
        this._state = 'done';
      }
    } catch (reason) {
      if (turn === this._turn) {
        this._state = 'ready';
        this._error = messageOf(reason);
      }
    }
    this._isChecking = false;
    this.notify();
  }

  /** Put everything back as it was before. */
  async undo(): Promise<void> {
    const change = this._result?.change;
    if (!change || this._state !== 'done') {
      return;
    }
    this._state = 'undoing';
    this._error = null;
    this.notify();
    try {
      this._undone = await this._client.undo(this.path, change.id);
      await this._documents.follow({
        moves: this._undone.moved,
        gone: this._undone.change.paths
      });
    } catch (reason) {
      this._error = messageOf(reason);
    }
    this._state = 'done';
    this.notify();
  }

  override dispose(): void {
    clearTimeout(this._timer);
    super.dispose();
  }

  /** Save what is open; a file that this changes is the planned one all the same. */
  private async _save(): Promise<void> {
    const open = this.rows.filter(row => row.apply && this._isDirty(row.path)).map(row => row.path);
    for (const path of open) {
      await this._documents.save(path);
    }
    if (open.length > 0 && this._plan) {
      const { rows } = await this._client.adoptPlan(this.path);
      const now = new Map(rows.map(row => [row.path, row.sha256]));
      const saved = this._plan.rows.map(row =>
        open.includes(row.path) ? { ...row, sha256: now.get(row.path) ?? row.sha256 } : row
      );
      this._plan = { ...this._plan, rows: saved };
    }
  }

  private _editRows(paths: ReadonlySet<string>, changes: Partial<AdoptRow>): void {
    if (this._plan && paths.size > 0) {
      const edited = this._plan.rows.map(row => (paths.has(row.path) ? { ...row, ...changes } : row));
      this._plan = { ...this._plan, rows: edited };
      paths.forEach(path => this._touched.add(path));
      this._checkSoon();
    }
  }

  private _checkSoon(): void {
    clearTimeout(this._timer);
    this._turn++;
    this._isChecking = true;
    this._timer = setTimeout(() => void this._check(), this._delay);
    this.notify();
  }

  /** An answer counts only if nothing was edited since it was asked for. */
  private async _check(): Promise<void> {
    const turn = this._turn;
    try {
      const { plan } = await this._client.adopt({ ...this._request(), dry_run: true });
      if (turn === this._turn && this._plan) {
        this._plan = {
          ...this._plan,
          rows: merged(this._plan.rows, plan.rows),
          datasets: merged(this._plan.datasets, plan.datasets)
        };
        this._error = null;
      }
    } catch (reason) {
      if (turn === this._turn) {
        this._error = messageOf(reason);
      }
    }
    if (turn === this._turn) {
      this._isChecking = false;
      this.notify();
    }
  }

  /** Rows that nobody chose and nobody edited are as the server knows them. */
  private _request(): { path: string; rows: AdoptRow[]; datasets: AdoptDatasetRow[] } {
    const wanted = (row: { path: string; apply: boolean }): boolean =>
      row.apply || this._touched.has(row.path);
    return {
      path: this.path,
      rows: this.rows.filter(wanted).map(row => ({ ...row, problem: null })),
      datasets: this.datasets.filter(wanted).map(row => ({ ...row, problem: null }))
    };
  }

  private _passes(
    row: { path: string; proposed: string | null; apply: boolean; problem: string | null },
    more: readonly string[],
    confidence: Confidence | null
  ): boolean {
    const text = [row.path, row.proposed ?? '', ...more].join('\n').toLocaleLowerCase();
    const words = this._text.toLocaleLowerCase().split(/\s+/);
    const fits: Record<AdoptModel.Narrowed, boolean> = {
      all: true,
      high: confidence === 'high',
      medium: confidence === 'medium',
      low: confidence === 'low',
      chosen: row.apply,
      problem: row.problem !== null
    };
    return fits[this._narrowed] && words.every(word => text.includes(word));
  }

  private readonly _client: IClient;
  private readonly _documents: Pick<IOpenDocuments, 'save' | 'follow'>;
  private readonly _isDirty: (path: string) => boolean;
  private readonly _delay: number;
  private readonly _touched = new Set<string>();
  private readonly _expanded = new Set<string>();
  private _state: AdoptModel.State = 'scanning';
  private _plan: AdoptPlan | null = null;
  private _result: AdoptResult | null = null;
  private _undone: Undone | null = null;
  private _error: string | null = null;
  private _isChecking = false;
  private _text = '';
  private _narrowed: AdoptModel.Narrowed = 'all';
  private _turn = 0;
  private _timer: ReturnType<typeof setTimeout> | undefined;
}

export namespace AdoptModel {
  export type State = 'scanning' | 'failed' | 'no-project' | 'ready' | 'applying' | 'done' | 'undoing';

  /** Which rows are shown, beside those that the text leaves. */
  export type Narrowed = 'all' | Confidence | 'chosen' | 'problem';

  export interface IOptions {
    client: IClient;
    documents: Pick<IOpenDocuments, 'save' | 'follow'>;
    /** Whether a file is open with changes that are not on disk. */
    isDirty: (path: string) => boolean;
    path: string;
    /** Milliseconds of quiet before edits are checked. */
    delay?: number;
  }
}

const ORDER: Record<Confidence, number> = { high: 0, medium: 1, low: 2 };

function surestFirst(rows: readonly AdoptRow[]): AdoptRow[] {
  return [...rows].sort((a, b) => ORDER[a.confidence] - ORDER[b.confidence]);
}

export function isReady(row: AdoptRow | AdoptDatasetRow): boolean {
  return row.apply && row.problem === null && row.proposed !== null;
}

/** What the server makes of rows. A row that stays the same stays the same object, so that it is not drawn again. */
function merged<T extends AdoptRow | AdoptDatasetRow>(rows: readonly T[], checked: readonly T[]): T[] {
  const byPath = new Map(checked.map(row => [row.path, row]));
  return rows.map(row => {
    const now = byPath.get(row.path);
    const isSame = !now || (now.proposed === row.proposed && now.problem === row.problem);
    return isSame ? row : { ...row, proposed: now.proposed, problem: now.problem };
  });
}

/** The files that an adoption has moved. */
export function movesOf({ change, plan, refused }: AdoptResult): IMove[] {
  const left = new Set(refused.map(each => each.path));
  return change === null
    ? []
    : [...plan.rows, ...plan.datasets]
        .filter(row => isReady(row) && !left.has(row.path) && row.proposed !== row.path)
        .map(row => ({ old: row.path, new: row.proposed! }));
}
