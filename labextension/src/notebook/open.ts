// What is open stays as its file is, also when it was the server that moved or wrote the file.

import { PathExt } from '@jupyterlab/coreutils';
import type { DocumentRegistry } from '@jupyterlab/docregistry';
import type { Contents } from '@jupyterlab/services';
import { type ISignal, Signal } from '@lumino/signaling';
import type { IMove, IOpenDocuments } from './tokens';

export class OpenDocuments implements IOpenDocuments {
  constructor(options: OpenDocuments.IOptions) {
    this._contents = options.contents;
    this._contexts = options.contexts;
    this._close = options.close;
    this._contents.fileChanged.connect(this._onFileChanged, this);
  }

  get moved(): ISignal<this, IMove> {
    return this._moved;
  }

  async save(path: string): Promise<boolean> {
    const context = this._open().find(each => each.localPath === path);
    if (!context?.model.dirty) {
      return true;
    }
    try {
      await context.save();
    } catch {
      return false; // JupyterLab has told the reader why
    }
    return !context.model.dirty;
  }

  async follow(changed: { moves?: readonly IMove[]; gone?: readonly string[] } = {}): Promise<void> {
    const { moves = [], gone = [] } = changed;
    for (const move of moves) {
      await this._tell(move);
    }
    for (const path of gone) {
      await this._closeIfGone(path);
    }
    const moved = new Set(moves.map(each => each.new));
    await Promise.all(
      this._open()
        .filter(each => !each.model.dirty)
        .map(async each => {
          if (moved.has(each.localPath) || (await this._isOlder(each))) {
            await each.revert();
          }
        })
    );
  }

  async rename(move: IMove): Promise<void> {
    await this._contents.rename(move.old, move.new);
  }

  private _open(): DocumentRegistry.Context[] {
    return [...new Set(this._contexts())].filter(each => this._isOnServer(each.path));
  }

  private async _closeIfGone(path: string): Promise<void> {
    const context = this._open().find(each => each.localPath === path);
    if (!context || context.model.dirty) {
      return;
    }
    try {
      await this._contents.get(path, { content: false });
    } catch {
      await this._close(path);
    }
  }

  /** Whether the file was written since the document was read or saved. */
  private async _isOlder(context: DocumentRegistry.Context): Promise<boolean> {
    try {
      const file = await this._contents.get(context.path, { content: false });
      return file.last_modified !== context.contentsModel?.last_modified;
    } catch {
      return false; // the file is gone: what is open is all that there is
    }
  }

  /**
   * Everything that is open follows renames that the contents manager tells of, and only those.
   * This one was made by the server extension, so we tell of it in its stead.
   */
  private async _tell(move: IMove): Promise<void> {
    const signal = this._contents.fileChanged;
    if (!(signal instanceof Signal)) {
      return;
    }
    let file: Partial<Contents.IModel>;
    try {
      file = await this._contents.get(move.new, { content: false });
    } catch {
      return; // it has been moved on
    }
    this._telling = true;
    signal.emit({ type: 'rename', oldValue: { path: move.old }, newValue: file });
    this._telling = false;
  }

  private _onFileChanged(_contents: unknown, change: Contents.IChangedArgs): void {
    const old = change.oldValue?.path;
    const now = change.newValue?.path;
    if (this._telling || change.type !== 'rename' || !old || !now) {
      return;
    }
    if (this._isOnServer(now) && PathExt.normalize(old) !== PathExt.normalize(now)) {
      this._moved.emit({ old, new: now });
    }
  }

  /** Other drives are not the server's: mlnb cannot see their files. */
  private _isOnServer(path: string): boolean {
    return this._contents.driveName(path) === '';
  }

  private readonly _contents: OpenDocuments.IContents;
  private readonly _contexts: () => Iterable<DocumentRegistry.Context>;
  private readonly _close: (path: string) => Promise<void>;
  private readonly _moved = new Signal<this, IMove>(this);
  private _telling = false;
}

export namespace OpenDocuments {
  export type IContents = Pick<Contents.IManager, 'fileChanged' | 'get' | 'rename' | 'driveName'>;

  export interface IOptions {
    contents: IContents;
    /** The contexts of what is open; one may come twice. */
    contexts: () => Iterable<DocumentRegistry.Context>;
    close: (path: string) => Promise<void>;
  }
}
