// Renames in the file browser: links follow, and a name that has lost its kind is noticed.

import { Notification } from '@jupyterlab/apputils';
import type { Moved } from '../api/schema';
import type { IClient } from '../api/tokens';
import type { IMove, IOpenDocuments } from '../notebook/tokens';
import type { Text } from '../text';
import { STAYS } from './changes';

export class MoveWatch {
  constructor(options: MoveWatch.IOptions) {
    this._client = options.client;
    this._documents = options.documents;
    this._text = options.text;
    this._name = options.name;
    this._documents.moved.connect(this._onMoved, this);
  }

  /** Folders and data files are named in notebooks as well: the server knows what is. */
  private _onMoved(_documents: unknown, move: IMove): void {
    void this._follow(move);
  }

  private async _follow(move: IMove): Promise<void> {
    const isUndoing = this._undoing.delete(move.new);
    let moved: Moved;
    try {
      moved = await this._client.moved(move.old, move.new);
    } catch {
      return; // outside of any project, or the server is away: the file browser has done its part
    }
    if (moved.references > 0) {
      await this._documents.follow();
    }
    if (!isUndoing) {
      this._tell(move, moved);
    }
  }

  private _tell(move: IMove, moved: Moved): void {
    const { trans } = this._text;
    const undo = { label: trans.__('Undo'), callback: () => void this._undo(move) };
    const links = trans._n(
      '%1 place that names it was rewritten.',
      '%1 places that name it were rewritten.',
      moved.references
    );
    if (moved.lost_kind) {
      const lost = trans.__('“%1” no longer says of which kind it is.', nameOf(move.new));
      Notification.warning(moved.references > 0 ? `${lost} ${links}` : lost, {
        autoClose: STAYS,
        actions: [undo, { label: trans.__('Name it…'), callback: () => this._name(move.new) }]
      });
    } else if (moved.references > 0) {
      Notification.success(trans.__('“%1” was renamed. %2', nameOf(move.old), links), {
        autoClose: STAYS,
        actions: [undo]
      });
    }
  }

  /** The way back is a rename as well, and the links follow it in the same way. */
  private async _undo(move: IMove): Promise<void> {
    this._undoing.add(move.old);
    try {
      await this._documents.rename({ old: move.new, new: move.old });
    } catch {
      this._undoing.delete(move.old);
      Notification.error(
        this._text.trans.__('“%1” could not be renamed back: is there another one?', nameOf(move.new)),
        { autoClose: STAYS }
      );
    }
  }

  private readonly _client: IClient;
  private readonly _documents: IOpenDocuments;
  private readonly _text: Text;
  private readonly _name: (path: string) => void;
  /** The paths that we ask files back to. */
  private readonly _undoing = new Set<string>();
}

export namespace MoveWatch {
  export interface IOptions {
    client: IClient;
    documents: IOpenDocuments;
    text: Text;
    /** Ask for a proper name. */
    name: (path: string) => void;
  }
}

function nameOf(path: string): string {
  return path.split('/').at(-1)!;
}
