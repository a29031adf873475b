// The run form: the declared parameters of a notebook and what the user has put in their place.

import type { Json, ParameterInfo, RunForm } from '../api/schema';
import type { IClient } from '../api/tokens';
import { messageOf, Model } from '../model';

export class RunFormModel extends Model {
  constructor(options: RunFormModel.IOptions) {
    super();
    this._client = options.client;
  }

  get path(): string | null {
    return this._path;
  }

  get state(): RunFormModel.State {
    return this._state;
  }

  get form(): RunForm | null {
    return this._form;
  }

  get error(): string | null {
    return this._error;
  }

  /** One field per parameter, in the order of the notebook. */
  get fields(): readonly RunFormModel.IField[] {
    const edits = this._edits();
    return (this._form?.parameters ?? []).map(parameter => field(parameter, edits.get(parameter.name)));
  }

  /** What differs from the notebook: that alone is sent. */
  get arguments(): Record<string, Json> {
    const changed = this.fields.filter(each => each.isModified && each.value !== undefined);
    return Object.fromEntries(changed.map(each => [each.parameter.name, each.value as Json]));
  }

  get isModified(): boolean {
    return this.fields.some(each => each.isModified);
  }

  get canRun(): boolean {
    return (
      this._state === 'ready' && this._form?.problem === null && this.fields.every(each => !each.isInvalid)
    );
  }

  show(path: string | null): void {
    if (path === this._path) {
      return;
    }
    this._path = path;
    this._form = null;
    this._error = null;
    this._state = path === null ? 'none' : 'loading';
    this._turn++;
    this.notify();
  }

  /** Read the parameters again, as after a save. What the user has typed stays. */
  async refresh(): Promise<void> {
    const path = this._path;
    if (path === null) {
      return;
    }
    const turn = ++this._turn;
    try {
      const form = await this._client.runForm(path);
      if (turn === this._turn) {
        this._form = form;
        this._error = null;
        this._state = 'ready';
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

  /** Put `text` in the place of a parameter, as it is typed. */
  edit(name: string, text: string): void {
    this._edits().set(name, text);
    this.notify();
  }

  reset(name: string): void {
    this._edits().delete(name);
    this.notify();
  }

  resetAll(): void {
    this._edits().clear();
    this.notify();
  }

  /** Fill the form of a notebook with the arguments of a run, also before that notebook is shown. */
  fill(path: string, given: Readonly<Record<string, Json>>): void {
    this._allEdits.set(path, new Map(Object.entries(given).map(([name, value]) => [name, asText(value)])));
    this.notify();
  }

  private _edits(): Map<string, string> {
    const path = this._path ?? '';
    const edits = this._allEdits.get(path) ?? new Map<string, string>();
    this._allEdits.set(path, edits);
    return edits;
  }

  private readonly _client: IClient;
  /** By path of the notebook, so that going to another one and back loses nothing. */
  private readonly _allEdits = new Map<string, Map<string, string>>();
  private _path: string | null = null;
  private _state: RunFormModel.State = 'none';
  private _form: RunForm | null = null;
  private _error: string | null = null;
  private _turn = 0;
}

export namespace RunFormModel {
  export type State = 'none' | 'loading' | 'ready' | 'failed';

  export interface IOptions {
    client: IClient;
  }

  export interface IField {
    parameter: ParameterInfo;
    /** What stands in the field. */
    text: string;
    /** What the text means; undefined where it is no value of the type. */
    value: Json | undefined;
    isModified: boolean;
    isInvalid: boolean;
  }
}

function field(parameter: ParameterInfo, edit: string | undefined): RunFormModel.IField {
  const value = edit === undefined ? (parameter.default as Json) : parse(parameter, edit);
  return {
    parameter,
    text: edit ?? shown(parameter),
    value,
    isModified: edit !== undefined && (value === undefined || !same(value, parameter.default as Json)),
    isInvalid: value === undefined
  };
}

/** The value that `text` stands for, or undefined. The server has the last word on it. */
function parse(parameter: ParameterInfo, text: string): Json | undefined {
  const trimmed = text.trim();
  // An empty field can only mean that there is no value, and only where the notebook says so too.
  if (trimmed === '' && parameter.default === null) {
    return null;
  }
  switch (parameter.type) {
    case 'bool':
      return trimmed === 'true' ? true : trimmed === 'false' ? false : undefined;
    case 'int':
      return /^[+-]?\d+$/.test(trimmed) && Number.isSafeInteger(Number(trimmed))
        ? Number(trimmed)
        : undefined;
    case 'float':
      return trimmed !== '' && Number.isFinite(Number(trimmed)) ? Number(trimmed) : undefined;
    case 'json':
      return parseJson(trimmed);
    default:
      return text;
  }
}

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** JSON writes 1.0 as 1; a float is shown as the notebook writes it. */
function shown(parameter: ParameterInfo): string {
  const text = asText(parameter.default as Json);
  return parameter.type === 'float' && /^-?\d+$/.test(text) ? `${text}.0` : text;
}

function asText(value: Json): string {
  if (value === null) {
    return '';
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function same(one: Json, other: Json): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
