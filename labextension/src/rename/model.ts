// The state of the rename dialog: kind and title, what the notebook would be called, and what goes with it.

import type { KindName, Moved, NameGuess, RenamePreview } from '../api/schema';
import type { IClient } from '../api/tokens';
import { messageOf, Model, Question } from '../model';

export class RenameModel extends Model {
  constructor(options: RenameModel.IOptions) {
    super();
    this._client = options.client;
    this.path = options.path;
    this._delay = options.delay ?? 150;
  }

  /** The notebook as it is called now. */
  readonly path: string;

  get state(): RenameModel.State {
    return this._isRenaming ? 'renaming' : STATES[this._guess.state];
  }

  /** Why there is no guess, or why renaming was refused. */
  get error(): string | null {
    return this._error ?? this._guess.error;
  }

  get guess(): NameGuess | null {
    return this._guess.answer;
  }

  get kind(): KindName | null {
    return this._kind;
  }

  get title(): string {
    return this._title;
  }

  get preview(): RenamePreview | null {
    return this._preview.answer;
  }

  /** Whether the notebook is named by its kind already. */
  get isNamed(): boolean {
    return this._isNamed;
  }

  /** Whether that name has not been edited. */
  get isAsBefore(): boolean {
    return this._isNamed && !this._isEdited;
  }

  /** What was said last, which may be of a moment ago: it must not flicker. */
  get shown(): RenamePreview | null {
    return this._kind === null || this._title.trim() === '' ? null : this._shown;
  }

  get canRename(): boolean {
    return (
      this.state === 'ready' && this._kind !== null && this._title.trim() !== '' && !this.preview?.problem
    );
  }

  async load(): Promise<void> {
    this._error = null;
    let named: { kind: KindName | null; title: string } | null = null;
    const isAnswered = await this._guess.ask(async () => {
      const [guess, report] = await Promise.all([
        this._client.nameGuess(this.path),
        this._client.check(this.path).catch(() => null)
      ]);
      named = report && report.kind !== null && !report.scratch ? report : null;
      return guess;
    });
    if (isAnswered) {
      this._isNamed = named !== null;
      // What the name says now is a better start than what the content suggests.
      const { kind, title } = named ?? this.guess!;
      this._kind ??= kind;
      this._title ||= title;
      this._askPreview(0);
      this.notify();
    }
  }

  setKind(kind: KindName): void {
    this._kind = kind;
    this._chosenAnew(0);
  }

  setTitle(title: string): void {
    this._title = title;
    this._chosenAnew(this._delay);
  }

  /** Rename, and say what followed from it; null where it was refused. */
  async rename(): Promise<Moved | null> {
    if (!this.canRename) {
      return null;
    }
    this._isRenaming = true;
    this._error = null;
    this.notify();
    let moved: Moved | null = null;
    try {
      moved = await this._client.rename(this._request());
    } catch (reason) {
      this._error = messageOf(reason);
    }
    this._isRenaming = false;
    this.notify();
    return moved;
  }

  override dispose(): void {
    this._guess.stop();
    this._preview.stop();
    super.dispose();
  }

  private _request() {
    return { path: this.path, kind: this._kind!, title: this._title.trim(), number: null, folder: null };
  }

  private _chosenAnew(pause: number): void {
    this._isEdited = true;
    this._error = null;
    this._preview.forget();
    this._askPreview(pause);
  }

  private _askPreview(pause: number): void {
    if (this._kind === null || this._title.trim() === '') {
      return;
    }
    void this._preview.ask(async () => {
      try {
        const preview = await this._client.previewRename(this._request());
        this._shown = preview.problem === null ? preview : this._shown;
        return preview;
      } catch (reason) {
        return { path: null, problem: messageOf(reason), references: [], runs: 0 };
      }
    }, pause);
  }

  private readonly _client: IClient;
  private readonly _delay: number;
  private readonly _guess = new Question<NameGuess>(() => this.notify());
  private readonly _preview = new Question<RenamePreview>(() => this.notify());
  private _kind: KindName | null = null;
  private _title = '';
  private _shown: RenamePreview | null = null;
  private _isNamed = false;
  private _isEdited = false;
  private _isRenaming = false;
  private _error: string | null = null;
}

export namespace RenameModel {
  export type State = 'loading' | 'failed' | 'ready' | 'renaming';

  export interface IOptions {
    client: IClient;
    path: string;
    /** Milliseconds of quiet before the server is asked about a title. */
    delay?: number;
  }
}

const STATES: Record<Question.State, RenameModel.State> = {
  idle: 'loading',
  asking: 'loading',
  answered: 'ready',
  failed: 'failed'
};
